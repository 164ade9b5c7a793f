/** Networks, exploration, preprocessing and algorithms on DJL. */
package dev.relive.agents;

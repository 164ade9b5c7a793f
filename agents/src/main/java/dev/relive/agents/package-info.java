/** Networks, exploration, preprocessing and algorithms on DJL. */
@NullMarked
package dev.relive.agents;

import org.jspecify.annotations.NullMarked;

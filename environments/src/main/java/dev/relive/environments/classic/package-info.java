/** Gymnasium's classic control environments. */
package dev.relive.environments.classic;

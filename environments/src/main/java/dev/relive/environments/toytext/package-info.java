/** Gymnasium's toy text environments. */
package dev.relive.environments.toytext;

/** Environments, spaces, random streams, vector lanes. */
package dev.relive.environments;

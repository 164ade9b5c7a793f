/** The five MinAtar games. */
package dev.relive.environments.minatar;

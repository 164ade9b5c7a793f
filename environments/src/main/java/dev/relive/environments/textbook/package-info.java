/** Small environments of the textbooks. */
package dev.relive.environments.textbook;

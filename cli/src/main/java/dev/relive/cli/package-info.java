/** The relive command. */
package dev.relive.cli;

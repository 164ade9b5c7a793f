/** The relive command: everything in one process, or one service. */
package dev.relive.cli;

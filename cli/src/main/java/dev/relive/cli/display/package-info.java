/** What is shown while work goes on: drawn in place on a terminal, plain lines elsewhere. */
package dev.relive.cli.display;

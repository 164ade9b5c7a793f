/** The page at the program's own HTTP port: how a run goes on, in a browser. */
package dev.relive.cli.page;

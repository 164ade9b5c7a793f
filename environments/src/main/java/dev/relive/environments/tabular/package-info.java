/** Finite Markov decision processes as tables, and pictures of their states. */
package dev.relive.environments.tabular;

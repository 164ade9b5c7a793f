/** Reward curves: how the mean return of runs rose over their steps, as text, picture and table. */
package dev.relive.cli.curve;

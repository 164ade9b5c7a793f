/** The evaluator service: greedy returns of snapshots. */
package dev.relive.evaluator;

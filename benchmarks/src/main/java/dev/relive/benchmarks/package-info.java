/** Benchmarks: ours beside its limit or peer in the same run. */
package dev.relive.benchmarks;

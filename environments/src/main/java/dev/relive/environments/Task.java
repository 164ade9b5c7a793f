package dev.relive.environments;

import java.util.List;
import java.util.function.IntFunction;

/**
 * An environment with its options chosen.
 *
 * @param resetOptions what can be chosen at a reset
 * @param dynamics makes its rules for a number of lanes
 */
public record Task(
    Space observationSpace,
    Space actionSpace,
    List<Option> resetOptions,
    IntFunction<Dynamics> dynamics) {
  public Task {
    resetOptions = List.copyOf(resetOptions);
  }
}

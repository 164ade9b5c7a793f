package dev.relive.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long it took each time until work went on. */
final class Recoveries {
  private static final double NANOS_PER_SECOND = 1e9;

  private final List<Double> seconds = new ArrayList<>();

  void add(long fromNanos, long toNanos) {
    seconds.add((toNanos - fromNanos) / NANOS_PER_SECOND);
  }

  int times() {
    return seconds.size();
  }

  double median() {
    List<Double> sorted = seconds.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  double worst() {
    return Collections.max(seconds);
  }
}

package dev.relive.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * Measures contenders in turns, so that a machine that slows down slows all of them. Every round
 * runs each once, in the opposite order of the round before.
 */
final class RoundRobin {
  private static final double NANOS_PER_SECOND = 1e9;

  private RoundRobin() {}

  /** Some work that takes a while and times itself. */
  interface Work {
    /** Does it and says how many units a second it did. */
    double unitsPerSecond() throws Exception;
  }

  /** The speed of each contender in the rounds that count. */
  static List<Series> measure(Effort effort, List<Work> contenders) throws Exception {
    List<List<Double>> speeds = new ArrayList<>();
    contenders.forEach(contender -> speeds.add(new ArrayList<>()));
    for (int round = 0; round < effort.warmUps() + effort.rounds(); round++) {
      for (int turn = 0; turn < contenders.size(); turn++) {
        int index = round % 2 == 0 ? turn : contenders.size() - 1 - turn;
        double speed = contenders.get(index).unitsPerSecond();
        if (round >= effort.warmUps()) {
          speeds.get(index).add(speed);
        }
      }
    }
    return speeds.stream().map(Series::new).toList();
  }

  /**
   * Units a second from a moment until now.
   *
   * @param startNanos the moment, of {@link System#nanoTime}
   */
  static double perSecond(long units, long startNanos) {
    return units * NANOS_PER_SECOND / (System.nanoTime() - startNanos);
  }
}

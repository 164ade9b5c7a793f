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

  /** Some work that takes a while and measures itself. */
  interface Turn<T> {
    /** Does it and says what it measured. */
    T take() throws Exception;
  }

  /** The speed of each contender, in units a second, in the rounds that count. */
  static List<Series> measure(Effort effort, List<Turn<Double>> contenders) throws Exception {
    return turns(effort, contenders).stream().map(Series::new).toList();
  }

  /** What each contender measured in the rounds that count. */
  static <T> List<List<T>> turns(Effort effort, List<Turn<T>> contenders) throws Exception {
    List<List<T>> measured = new ArrayList<>();
    contenders.forEach(contender -> measured.add(new ArrayList<>()));
    for (int round = 0; round < effort.warmUps() + effort.rounds(); round++) {
      for (int turn = 0; turn < contenders.size(); turn++) {
        int index = round % 2 == 0 ? turn : contenders.size() - 1 - turn;
        T result = contenders.get(index).take();
        if (round >= effort.warmUps()) {
          measured.get(index).add(result);
        }
      }
    }
    return measured;
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

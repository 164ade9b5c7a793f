package dev.relive.cli;

import static java.util.Comparator.comparingInt;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what a mistyped word most likely meant. */
final class Suggestion {

  private Suggestion() {}

  /**
   * "; did you mean X?" with the candidate nearest to the word, or a full stop where none is near:
   * the end of a sentence about an unknown word.
   */
  static String ending(String word, Collection<String> candidates) {
    return nearest(word, candidates)
        .map(candidate -> "; did you mean " + candidate + "?")
        .orElse(".");
  }

  /** The candidate nearest to the word, should one be near. */
  static Optional<String> nearest(String word, Collection<String> candidates) {
    int limit = Math.max(1, word.length() / 3);
    return candidates.stream()
        .filter(candidate -> distance(word, candidate) <= limit || isStart(word, candidate))
        .min(comparingInt(candidate -> distance(word, candidate)));
  }

  private static boolean isStart(String word, String candidate) {
    return word.length() >= 3
        && candidate.toLowerCase(Locale.ROOT).startsWith(word.toLowerCase(Locale.ROOT));
  }

  /**
   * How many letters have to be put in, left out, exchanged or swapped with their neighbour, upper
   * and lower case being the same (optimal string alignment).
   */
  static int distance(String from, String to) {
    String source = from.toLowerCase(Locale.ROOT);
    String target = to.toLowerCase(Locale.ROOT);
    int[][] cost = new int[source.length() + 1][target.length() + 1];
    for (int i = 0; i <= source.length(); i++) {
      for (int j = 0; j <= target.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, source, target, i, j);
      }
    }
    return cost[source.length()][target.length()];
  }

  private static int cheapest(int[][] cost, String source, String target, int i, int j) {
    boolean same = source.charAt(i - 1) == target.charAt(j - 1);
    int cheapest = cost[i - 1][j - 1] + (same ? 0 : 1);
    cheapest = Math.min(cheapest, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && source.charAt(i - 1) == target.charAt(j - 2)
            && source.charAt(i - 2) == target.charAt(j - 1);
    return swapped ? Math.min(cheapest, cost[i - 2][j - 2] + 1) : cheapest;
  }
}

package dev.relive.environments.toytext;

import java.util.StringJoiner;

/** A hand of cards for each lane: aces are 1, pictures 10. */
final class Hands {
  /** Even of aces alone, one more than 21 goes above it. */
  private static final int MOST_CARDS = 22;

  private final int[] cards;
  private final int[] count;
  private final int[] hardSum;
  private final boolean[] ace;

  Hands(int lanes) {
    cards = new int[Math.multiplyExact(lanes, MOST_CARDS)];
    count = new int[lanes];
    hardSum = new int[lanes];
    ace = new boolean[lanes];
  }

  void clear(int lane) {
    count[lane] = 0;
    hardSum[lane] = 0;
    ace[lane] = false;
  }

  void add(int lane, int card) {
    cards[lane * MOST_CARDS + count[lane]++] = card;
    hardSum[lane] += card;
    ace[lane] |= card == 1;
  }

  int count(int lane) {
    return count[lane];
  }

  int card(int lane, int index) {
    return cards[lane * MOST_CARDS + index];
  }

  /** Whether an ace can count 11. */
  boolean usableAce(int lane) {
    return ace[lane] && hardSum[lane] + 10 <= 21;
  }

  int sum(int lane) {
    return usableAce(lane) ? hardSum[lane] + 10 : hardSum[lane];
  }

  /** The sum, and 0 above 21. */
  int score(int lane) {
    return sum(lane) > 21 ? 0 : sum(lane);
  }

  /** An ace and a ten. */
  boolean natural(int lane) {
    return count[lane] == 2 && sum(lane) == 21;
  }

  /** The first cards of a hand. */
  String text(int lane, int shown) {
    StringJoiner text = new StringJoiner(" ");
    for (int i = 0; i < count[lane]; i++) {
      int card = card(lane, i);
      text.add(i >= shown ? "?" : card == 1 ? "A" : String.valueOf(card));
    }
    return text.toString();
  }
}

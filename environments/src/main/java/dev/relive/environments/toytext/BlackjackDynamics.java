package dev.relive.environments.toytext;

import dev.relive.environments.IntegerDynamics;
import dev.relive.environments.InternalState;
import dev.relive.environments.Options;
import dev.relive.environments.random.Generator;
import dev.relive.environments.random.LaneGenerators;

/**
 * Blackjack's rules. The dealer draws below 17. The reward is 1 for winning, 0 for a draw, -1 for
 * losing, and comes with the end. The reference also draws a suit, and a picture for a ten, for its
 * images; these draws are done here too, so that the random stream is the same.
 */
final class BlackjackDynamics implements IntegerDynamics, InternalState {
  private static final int RANKS = 13;
  private static final int SUITS = 4;
  private static final int PICTURES = 3;
  private static final int DEALER_STANDS = 17;

  private final boolean suttonBarto;
  private final boolean natural;
  private final LaneGenerators generators;
  private final Hands player;
  private final Hands dealer;

  /** Whether the player is done, so that all cards are shown. */
  private final boolean[] over;

  BlackjackDynamics(int lanes, boolean suttonBarto, boolean natural) {
    this.suttonBarto = suttonBarto;
    this.natural = natural;
    generators = new LaneGenerators(lanes);
    player = new Hands(lanes);
    dealer = new Hands(lanes);
    over = new boolean[lanes];
  }

  @Override
  public void seed(int lane, long seed) {
    generators.seed(lane, seed);
  }

  @Override
  public void reset(int lane, Options options, float[] observations) {
    Generator random = generators.of(lane);
    dealer.clear(lane);
    player.clear(lane);
    over[lane] = false;
    draw(dealer, lane);
    draw(dealer, lane);
    draw(player, lane);
    draw(player, lane);
    random.integers(SUITS);
    if (dealer.card(lane, 0) == 10) {
      random.integers(PICTURES);
    }
    observe(lane, observations);
  }

  @Override
  public void step(
      int from,
      int to,
      int[] actions,
      float[] observations,
      double[] rewards,
      boolean[] terminated) {
    for (int lane = from; lane < to; lane++) {
      if (actions[lane] == 1) {
        draw(player, lane);
        over[lane] = player.score(lane) == 0;
        rewards[lane] = over[lane] ? -1 : 0;
      } else {
        while (dealer.sum(lane) < DEALER_STANDS) {
          draw(dealer, lane);
        }
        over[lane] = true;
        rewards[lane] = outcome(lane);
      }
      terminated[lane] = over[lane];
      observe(lane, observations);
    }
  }

  private void draw(Hands hands, int lane) {
    hands.add(lane, Math.min(generators.of(lane).integers(RANKS) + 1, 10));
  }

  private double outcome(int lane) {
    double won = Integer.compare(player.score(lane), dealer.score(lane));
    if (!player.natural(lane)) {
      return won;
    }
    if (suttonBarto) {
      return dealer.natural(lane) ? won : 1;
    }
    return natural && won == 1 ? 1.5 : won;
  }

  private void observe(int lane, float[] observations) {
    observations[3 * lane] = player.sum(lane);
    observations[3 * lane + 1] = dealer.card(lane, 0);
    observations[3 * lane + 2] = player.usableAce(lane) ? 1 : 0;
  }

  /** Both hands; the dealer's second card is hidden until the player is done. */
  @Override
  public String text(int lane) {
    return "Dealer: %s\nPlayer: %s = %d\n"
        .formatted(
            dealer.text(lane, over[lane] ? Integer.MAX_VALUE : 1),
            player.text(lane, Integer.MAX_VALUE),
            player.sum(lane));
  }

  /** The number of the player's cards and they, then the dealer's. */
  @Override
  public double[] state(int lane) {
    int cards = player.count(lane);
    double[] state = new double[2 + cards + dealer.count(lane)];
    state[0] = cards;
    for (int i = 0; i < cards; i++) {
      state[1 + i] = player.card(lane, i);
    }
    state[1 + cards] = dealer.count(lane);
    for (int i = 0; i < dealer.count(lane); i++) {
      state[2 + cards + i] = dealer.card(lane, i);
    }
    return state;
  }

  @Override
  public void restore(int lane, double[] state) {
    player.clear(lane);
    dealer.clear(lane);
    int cards = (int) state[0];
    for (int i = 0; i < cards; i++) {
      player.add(lane, (int) state[1 + i]);
    }
    for (int i = 2 + cards; i < state.length; i++) {
      dealer.add(lane, (int) state[i]);
    }
    over[lane] = player.score(lane) == 0;
  }

  @Override
  public double peek(int lane) {
    return generators.peek(lane);
  }
}

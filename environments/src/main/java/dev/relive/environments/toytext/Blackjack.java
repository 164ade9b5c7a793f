package dev.relive.environments.toytext;

import dev.relive.environments.Composite;
import dev.relive.environments.Discrete;
import dev.relive.environments.Option;
import dev.relive.environments.Options;
import dev.relive.environments.Registration;
import dev.relive.environments.Task;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Gymnasium's Blackjack: get closer to 21 than the dealer without going above it, drawing a card
 * (1) or not (0), from an infinite deck. An observation is the player's sum, the dealer's open card
 * and whether the player has an ace that counts 11.
 *
 * <p>Source: R. Sutton and A. Barto, "Reinforcement Learning: An Introduction", 2nd edition, 2018,
 * example 5.1.
 */
final class Blackjack {
  private static final Option SUTTON_BARTO =
      Option.flag(
          "sab", true, "the book's rules: a natural wins, unless the dealer has one; not natural");
  private static final Option NATURAL =
      Option.flag("natural", false, "a natural that wins brings 1.5; only without sab");

  static final Registration REGISTRATION =
      new Registration(
          "Blackjack-v1",
          "Get closer to 21 than the dealer.",
          0,
          OptionalDouble.empty(),
          List.of(SUTTON_BARTO, NATURAL),
          Blackjack::task);

  private Blackjack() {}

  private static Task task(Options options) {
    boolean suttonBarto = options.flag(SUTTON_BARTO.name());
    boolean natural = options.flag(NATURAL.name());
    return new Task(
        new Composite(
            List.of(
                new Composite.Part("player", new Discrete(32)),
                new Composite.Part("dealer", new Discrete(11)),
                new Composite.Part("ace", new Discrete(2)))),
        new Discrete(2),
        List.of(),
        lanes -> new BlackjackDynamics(lanes, suttonBarto, natural));
  }
}

package dev.relive.cli.display;

/**
 * A number by its name.
 *
 * @param name one of those below
 * @param shown the number as it is shown
 */
public record Measurement(String name, double value, String shown) {

  /** The probability of an action at random. */
  public static final String EPSILON = "ε";

  /** How undecided a policy is, in nats. */
  public static final String ENTROPY = "entropy";

  /** What the last update made smaller. */
  public static final String LOSS = "loss";

  String words() {
    return name + " " + shown;
  }
}

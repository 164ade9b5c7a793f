package dev.relive.cli;

/** Pushes CartPole's cart to the side to which its pole leans. */
final class AnglePolicy implements PlayPolicy {

  private static final int ANGLE = 2;
  private static final Action LEFT = new Action.Integers(0);
  private static final Action RIGHT = new Action.Integers(1);

  /** Whether it can play an environment. */
  static boolean plays(String environment) {
    return environment.matches("(.*:)?CartPole-v\\d+");
  }

  @Override
  public Action choose(float[] observation) {
    return observation[ANGLE] < 0 ? LEFT : RIGHT;
  }

  @Override
  public String name() {
    return "angle";
  }
}

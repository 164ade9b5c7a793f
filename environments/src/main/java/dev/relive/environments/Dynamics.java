package dev.relive.environments;

import java.awt.image.BufferedImage;

/**
 * The rules of a task for a number of lanes, in structure-of-arrays form: how a lane begins and how
 * an action changes it. The order of calls, checked actions, longest episodes, wrappers and
 * automatic resets are not its concern.
 */
public sealed interface Dynamics permits IntegerDynamics, FloatDynamics {
  /** Starts a lane's random stream anew, {@code SeedSequence(seed)}. */
  void seed(int lane, long seed);

  /**
   * Puts a lane in a first state and writes its row of observations.
   *
   * @param options the reset options that {@link Task} declares
   * @param observations lanes × observation size
   */
  void reset(int lane, Options options, float[] observations);

  /** A lane's state as a picture of some lines of text. */
  String text(int lane);

  /** A lane's state as an image. */
  default BufferedImage image(int lane) {
    return TextImage.of(text(lane));
  }
}

package dev.relive.environments.tabular;

import dev.relive.environments.IntegerDynamics;
import dev.relive.environments.InternalState;
import dev.relive.environments.Options;
import dev.relive.environments.random.LaneGenerators;
import java.awt.image.BufferedImage;

/** Lanes of a Markov decision process; an observation is the number of the state. */
public final class TabularDynamics implements IntegerDynamics, InternalState {
  private final MarkovDecisionProcess process;
  private final int firstNumber;
  private final StatePicture picture;
  private final LaneGenerators generators;
  private final int[] state;

  /**
   * @param firstNumber what state 0 is called in observations; the others count on from there
   */
  public TabularDynamics(
      int lanes, MarkovDecisionProcess process, int firstNumber, StatePicture picture) {
    this.process = process;
    this.firstNumber = firstNumber;
    this.picture = picture;
    generators = new LaneGenerators(lanes);
    state = new int[lanes];
  }

  @Override
  public void seed(int lane, long seed) {
    generators.seed(lane, seed);
  }

  @Override
  public void reset(int lane, Options options, float[] observations) {
    state[lane] = process.drawStart(generators.of(lane));
    observations[lane] = state[lane] + firstNumber;
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
      int outcome = process.draw(generators.of(lane), state[lane], actions[lane]);
      state[lane] = process.next(outcome);
      observations[lane] = state[lane] + firstNumber;
      rewards[lane] = process.reward(outcome);
      terminated[lane] = process.terminated(outcome);
    }
  }

  @Override
  public String text(int lane) {
    return picture.text(state[lane]);
  }

  @Override
  public BufferedImage image(int lane) {
    BufferedImage image = picture.image(state[lane]);
    return image == null ? IntegerDynamics.super.image(lane) : image;
  }

  /** The number of the state, counted from 0. */
  @Override
  public double[] state(int lane) {
    return new double[] {state[lane]};
  }

  @Override
  public void restore(int lane, double[] numbers) {
    state[lane] = (int) numbers[0];
  }

  @Override
  public double peek(int lane) {
    return generators.peek(lane);
  }
}

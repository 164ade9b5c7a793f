package dev.relive.agents;

import java.util.Arrays;

/**
 * Brings each number x of an observation to (x − mean) / deviation, kept within ±{@value #LIMIT}.
 *
 * @param mean of each number of a raw observation
 * @param deviation of each, above 0
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Normalisation(float[] mean, float[] deviation) {

  /** The farthest from 0 that a number comes to lie; as OpenAI's Baselines have it. */
  static final float LIMIT = 10;

  /** Leaves numbers within the limit as they are. */
  public static Normalisation none(int size) {
    float[] ones = new float[size];
    Arrays.fill(ones, 1);
    return new Normalisation(new float[size], ones);
  }

  float of(int element, float value) {
    float scaled = (value - mean[element]) / deviation[element];
    return Math.max(-LIMIT, Math.min(LIMIT, scaled));
  }
}

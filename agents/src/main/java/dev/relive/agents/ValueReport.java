package dev.relive.agents;

import java.nio.FloatBuffer;

/**
 * What one update of action values saw.
 *
 * @param loss mean Huber loss of the batch
 * @param meanValue mean of q(o_tm1, a_tm1)
 * @param meanAbsoluteTdError mean of |target − value|
 * @param gradientNorm the gradient's global norm before clipping
 */
public record ValueReport(
    double loss, double meanValue, double meanAbsoluteTdError, double gradientNorm)
    implements UpdateReport {

  static ValueReport of(FloatBuffer values, FloatBuffer tdErrors, double delta, double norm) {
    double loss = 0;
    double value = 0;
    double absolute = 0;
    int size = values.capacity();
    for (int i = 0; i < size; i++) {
      double error = Math.abs(tdErrors.get(i));
      loss += error <= delta ? error * error / 2 : delta * (error - delta / 2);
      value += values.get(i);
      absolute += error;
    }
    return new ValueReport(loss / size, value / size, absolute / size, norm);
  }
}

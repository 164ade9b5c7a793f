package dev.relive.agents;

/**
 * Mean and variance of each number of the observations seen so far. B. P. Welford, "Note on a
 * Method for Calculating Corrected Sums of Squares and Products", 1962:
 *
 * <pre>
 *   mean_n = mean_(n-1) + (x_n - mean_(n-1)) / n
 *   S_n    = S_(n-1) + (x_n - mean_(n-1)) (x_n - mean_n)       variance_n = S_n / n
 * </pre>
 *
 * Rows are added one by one, so what comes of them depends on their order alone.
 */
public final class RunningMoments {

  /** Keeps the deviation of what never changes above 0; as OpenAI's Baselines have it. */
  private static final double EPSILON = 1e-8;

  private final double[] mean;
  private final double[] squares;
  private long count;

  /**
   * Nothing seen yet.
   *
   * @param size numbers of an observation
   */
  public RunningMoments(int size) {
    mean = new double[size];
    squares = new double[size];
  }

  /**
   * Goes on where these numbers were taken.
   *
   * @throws IllegalArgumentException when they are of observations of another size
   */
  public void restore(long seen, double[] means, double[] sumsOfSquares) {
    if (means.length != mean.length || sumsOfSquares.length != mean.length || seen < 0) {
      throw new IllegalArgumentException(
          "Moments of %d and %d numbers after %d observations are not those of observations of %d numbers."
              .formatted(means.length, sumsOfSquares.length, seen, mean.length));
    }
    count = seen;
    System.arraycopy(means, 0, mean, 0, mean.length);
    System.arraycopy(sumsOfSquares, 0, squares, 0, mean.length);
  }

  /**
   * Adds observations.
   *
   * @param rows observations one behind the other
   * @param number how many
   */
  public void add(float[] rows, int number) {
    int size = mean.length;
    for (int row = 0; row < number; row++) {
      double weight = 1.0 / ++count;
      for (int i = 0, next = row * size; i < size; i++, next++) {
        double difference = rows[next] - mean[i];
        mean[i] += difference * weight;
        squares[i] += difference * (rows[next] - mean[i]);
      }
    }
  }

  /** What brings the observations so far to mean 0 and deviation 1; nothing before the second. */
  public Normalisation normalisation() {
    if (count < 2) {
      return Normalisation.none(mean.length);
    }
    float[] means = new float[mean.length];
    float[] deviations = new float[mean.length];
    for (int i = 0; i < mean.length; i++) {
      means[i] = (float) mean[i];
      deviations[i] = (float) Math.sqrt(squares[i] / count + EPSILON);
    }
    return new Normalisation(means, deviations);
  }

  /** Observations seen. */
  public long count() {
    return count;
  }

  /** A copy of the means. */
  public double[] mean() {
    return mean.clone();
  }

  /** A copy of the sums of squared differences from the mean. */
  public double[] squares() {
    return squares.clone();
  }
}

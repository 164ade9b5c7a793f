package dev.relive.agents;

/**
 * What a learner makes of rewards: r becomes scale · r, kept within ±limit.
 *
 * @param scale multiplies each reward
 * @param limit the largest absolute value; 0: there is none
 */
public record RewardProcessing(double scale, double limit) {

  /** Rewards as they are. */
  public static final RewardProcessing NONE = new RewardProcessing(1, 0);

  /** Processes rewards in their place. */
  public void apply(float[] rewards, int from, int count) {
    if (equals(NONE)) {
      return;
    }
    double most = limit == 0 ? Double.POSITIVE_INFINITY : limit;
    for (int i = from; i < from + count; i++) {
      rewards[i] = (float) Math.max(-most, Math.min(most, scale * rewards[i]));
    }
  }
}

package dev.relive.agents;

/**
 * Returns of one trajectory as the papers write them, in loops over its steps t = 0 … T − 1.
 *
 * @param values v(o_0), …, v(o_T)
 * @param rewards r_1, …, r_T
 * @param discounts γ_1, …, γ_T, 0 after a terminal step
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PlainReturns(double[] values, double[] rewards, double[] discounts) {

  int length() {
    return rewards.length;
  }

  private double tdError(int t) {
    return rewards[t] + discounts[t] * values[t + 1] - values[t];
  }

  /** Schulman et al. 2016: A_t = δ_t + γ λ A_(t+1). */
  double[] generalizedAdvantages(double lambda) {
    double[] advantages = new double[length()];
    double next = 0;
    for (int t = length() - 1; t >= 0; t--) {
      next = tdError(t) + discounts[t] * lambda * next;
      advantages[t] = next;
    }
    return advantages;
  }

  /**
   * The λ-return by its definition: (1 − λ) Σ λ^(n−1) G_t^(n), the weight that is left on the
   * longest, where G_t^(n) sums n rewards and bootstraps.
   */
  double lambdaReturn(int t, double lambda) {
    double sum = 0;
    double weight = 1;
    double rewardSum = 0;
    double discount = 1;
    for (int k = t; k < length(); k++) {
      rewardSum += discount * rewards[k];
      discount *= discounts[k];
      double share = k == length() - 1 ? weight : weight * (1 - lambda);
      sum += share * (rewardSum + discount * values[k + 1]);
      weight *= lambda;
    }
    return sum;
  }

  /**
   * Espeholt et al. 2018, Remark 1: v_s = V(x_s) + δ_s V + γ_s c_s (v_(s+1) − V(x_(s+1))), as v_0,
   * …, v_T, where v_T = V(x_T).
   */
  double[] vTraceTargets(double[] ratios, double lambda, double maxRho, double maxC) {
    double[] targets = values.clone();
    for (int s = length() - 1; s >= 0; s--) {
      double rho = Math.min(maxRho, ratios[s]);
      double c = lambda * Math.min(maxC, ratios[s]);
      targets[s] =
          values[s] + rho * tdError(s) + discounts[s] * c * (targets[s + 1] - values[s + 1]);
    }
    return targets;
  }

  /** ρ_s (r_s + γ_s q_(s+1) − V(x_s)), where q mixes target and value by λ. */
  double[] vTraceAdvantages(double[] ratios, double lambda, double maxRho, double maxC) {
    double[] targets = vTraceTargets(ratios, lambda, maxRho, maxC);
    double[] advantages = new double[length()];
    for (int s = 0; s < length(); s++) {
      double bootstrap = lambda * targets[s + 1] + (1 - lambda) * values[s + 1];
      advantages[s] =
          Math.min(maxRho, ratios[s]) * (rewards[s] + discounts[s] * bootstrap - values[s]);
    }
    return advantages;
  }
}

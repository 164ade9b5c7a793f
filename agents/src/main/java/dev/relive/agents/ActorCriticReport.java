package dev.relive.agents;

/**
 * What one update of an actor and its critic saw. Means are over the batch's steps.
 *
 * @param loss what the update lowers: policy loss + value weight × value loss − entropy weight ×
 *     entropy
 * @param policyLoss mean of −log π(a_tm1 | o_tm1) A
 * @param valueLoss mean of ½ (target − v(o_tm1))²
 * @param entropy mean of H(π(· | o_tm1)), in nats
 * @param meanValue mean of v(o_tm1)
 * @param explainedVariance 1 − Var(target − v) / Var(target): 1 for a critic that says the targets
 *     beforehand, 0 for one that says nothing; NaN where all targets are equal
 * @param meanAbsoluteAdvantage mean of |A|
 * @param meanRatio mean of π(a_tm1 | o_tm1) / μ(a_tm1 | o_tm1), not truncated: 1 where the batch
 *     was made by the weights that it changes
 * @param gradientNorm the gradient's global norm before clipping
 */
public record ActorCriticReport(
    double loss,
    double policyLoss,
    double valueLoss,
    double entropy,
    double meanValue,
    double explainedVariance,
    double meanAbsoluteAdvantage,
    double meanRatio,
    double gradientNorm)
    implements UpdateReport {}

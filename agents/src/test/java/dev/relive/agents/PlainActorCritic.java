package dev.relive.agents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A second, plain implementation of {@code ActorCritic.py}, in double: the loss as the papers write
 * it, and its gradient by central differences, so that nothing of ours is differentiated by hand.
 */
final class PlainActorCritic {
  private static final double DIFFERENCE = 1e-5;

  private final NetworkSpec network;
  private final ActorCriticSettings settings;
  private final PlainNetwork plain;
  private final PlainAdam adam;

  /** A step with what its loss takes as constants. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Step(
      float[] observation, int action, double ratio, double advantage, double target) {}

  PlainActorCritic(NetworkSpec network, ActorCriticSettings settings, float[] initial) {
    this.network = network;
    this.settings = settings;
    plain = new PlainNetwork(network);
    adam = new PlainAdam(settings.adam(), initial);
  }

  PlainAdam adam() {
    return adam;
  }

  ActorCriticReport update(List<PlainTrajectory> pieces) {
    double[] parameters = adam.parameters();
    List<Step> steps = pieces.stream().flatMap(piece -> steps(piece).stream()).toList();
    double policyLoss = mean(steps, step -> policyLoss(parameters, step));
    double valueLoss = mean(steps, step -> valueLoss(parameters, step));
    double entropy = mean(steps, step -> entropy(policy(parameters, step.observation)));
    double meanValue = mean(steps, step -> value(parameters, step.observation));
    double explained =
        1
            - variance(steps, step -> step.target - value(parameters, step.observation))
                / variance(steps, Step::target);
    return new ActorCriticReport(
        loss(parameters, steps),
        policyLoss,
        valueLoss,
        entropy,
        meanValue,
        explained,
        mean(steps, step -> Math.abs(step.advantage)),
        mean(steps, Step::ratio),
        adam.clipAndStep(gradient(steps)));
  }

  private List<Step> steps(PlainTrajectory piece) {
    double[] parameters = adam.parameters();
    int length = piece.length();
    double[] values = new double[length + 1];
    Arrays.setAll(values, t -> value(parameters, piece.observations()[t]));
    double[] discounts = new double[length];
    Arrays.fill(discounts, settings.discount());
    if (piece.terminated()) {
      discounts[length - 1] = 0;
    }
    PlainReturns returns =
        new PlainReturns(values, PlainNetwork.doubles(piece.rewards()), discounts);
    double[] ratios = new double[length];
    Arrays.setAll(
        ratios,
        t ->
            policy(parameters, piece.observations()[t])[piece.actions()[t]]
                / piece.probabilities()[t]);
    double lambda = settings.lambda();
    double[] advantages;
    double[] targets = new double[length];
    if (settings.corrects()) {
      advantages = returns.vTraceAdvantages(ratios, lambda, settings.maxRho(), settings.maxC());
      targets = returns.vTraceTargets(ratios, lambda, settings.maxRho(), settings.maxC());
    } else {
      advantages = returns.generalizedAdvantages(lambda);
      Arrays.setAll(targets, t -> returns.lambdaReturn(t, lambda));
    }
    List<Step> steps = new ArrayList<>();
    for (int t = 0; t < length; t++) {
      steps.add(
          new Step(
              piece.observations()[t], piece.actions()[t], ratios[t], advantages[t], targets[t]));
    }
    return steps;
  }

  private double loss(double[] parameters, List<Step> steps) {
    return mean(
        steps,
        step ->
            policyLoss(parameters, step)
                + settings.valueWeight() * valueLoss(parameters, step)
                - settings.entropyWeight() * entropy(policy(parameters, step.observation)));
  }

  private double policyLoss(double[] parameters, Step step) {
    return -Math.log(policy(parameters, step.observation)[step.action]) * step.advantage;
  }

  private double valueLoss(double[] parameters, Step step) {
    return Math.pow(step.target - value(parameters, step.observation), 2) / 2;
  }

  private static double entropy(double[] policy) {
    return -Arrays.stream(policy).map(p -> p * Math.log(p)).sum();
  }

  private double[] gradient(List<Step> steps) {
    double[] gradient = new double[adam.parameters().length];
    double[] moved = adam.parameters().clone();
    for (int i = 0; i < gradient.length; i++) {
      double here = moved[i];
      moved[i] = here + DIFFERENCE;
      double above = loss(moved, steps);
      moved[i] = here - DIFFERENCE;
      double below = loss(moved, steps);
      moved[i] = here;
      gradient[i] = (above - below) / (2 * DIFFERENCE);
    }
    return gradient;
  }

  private double[] policy(double[] parameters, float[] observation) {
    double[] outputs = plain.outputs(parameters, observation);
    double[] policy = new double[network.actionCount()];
    Arrays.setAll(policy, action -> Math.exp(outputs[action]));
    double sum = Arrays.stream(policy).sum();
    Arrays.setAll(policy, action -> policy[action] / sum);
    return policy;
  }

  private double value(double[] parameters, float[] observation) {
    return plain.outputs(parameters, observation)[network.actionCount()];
  }

  private static double mean(List<Step> steps, ToDoubleFunction<Step> number) {
    return steps.stream().mapToDouble(number).average().orElseThrow();
  }

  private static double variance(List<Step> steps, ToDoubleFunction<Step> number) {
    double mean = mean(steps, number);
    return mean(steps, step -> Math.pow(number.applyAsDouble(step) - mean, 2));
  }
}

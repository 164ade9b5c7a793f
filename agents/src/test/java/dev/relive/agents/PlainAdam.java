package dev.relive.agents;

/** A second, plain implementation of {@code Adam.py}, in double. */
final class PlainAdam {

  private final AdamSettings settings;
  private final double[] parameters;
  private final double[] firstMoment;
  private final double[] secondMoment;
  private int updates;

  PlainAdam(AdamSettings settings, float[] initial) {
    this.settings = settings;
    parameters = PlainNetwork.doubles(initial);
    firstMoment = new double[initial.length];
    secondMoment = new double[initial.length];
  }

  /** The parameters themselves, not a copy. */
  double[] parameters() {
    return parameters;
  }

  double[] firstMoment() {
    return firstMoment;
  }

  double[] secondMoment() {
    return secondMoment;
  }

  int updates() {
    return updates;
  }

  /** Returns the norm before clipping. */
  double clipAndStep(double[] gradient) {
    double squares = 0;
    for (double g : gradient) {
      squares += g * g;
    }
    double norm = Math.sqrt(squares);
    double scale = Math.min(1, settings.maxGradientNorm() / (norm + 1e-6));
    updates++;
    double correction1 = 1 - Math.pow(settings.beta1(), updates);
    double correction2 = 1 - Math.pow(settings.beta2(), updates);
    for (int i = 0; i < gradient.length; i++) {
      double g = gradient[i] * scale;
      firstMoment[i] = settings.beta1() * firstMoment[i] + (1 - settings.beta1()) * g;
      secondMoment[i] = settings.beta2() * secondMoment[i] + (1 - settings.beta2()) * g * g;
      double root = Math.sqrt(secondMoment[i] / correction2) + settings.epsilon();
      parameters[i] -= settings.learningRate() * firstMoment[i] / correction1 / root;
    }
    return norm;
  }
}

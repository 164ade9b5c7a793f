package dev.relive.agents;

/** A second, plain implementation of {@code DoubleDqn.py} and {@code Adam.py}. */
final class PlainDoubleDqn {

  private final NetworkSpec network;
  private final DoubleDqnSettings settings;
  private final PlainMlp mlp;
  private final float[] parameters;
  private final float[] target;
  private final float[] firstMoment;
  private final float[] secondMoment;
  private int updates;

  PlainDoubleDqn(NetworkSpec network, DoubleDqnSettings settings, float[] initial) {
    this.network = network;
    this.settings = settings;
    mlp = new PlainMlp(network);
    parameters = initial.clone();
    target = initial.clone();
    firstMoment = new float[initial.length];
    secondMoment = new float[initial.length];
  }

  float[] parameters() {
    return parameters;
  }

  float[] target() {
    return target;
  }

  float[] firstMoment() {
    return firstMoment;
  }

  float[] secondMoment() {
    return secondMoment;
  }

  ValueReport update(PlainBatch batch) {
    float[] gradient = new float[parameters.length];
    double loss = 0;
    double values = 0;
    double absolute = 0;
    for (int b = 0; b < batch.size(); b++) {
      float[][] layers = mlp.layers(parameters, batch.observation(b));
      float value = layers[layers.length - 1][batch.actions()[b]];
      float error = target(batch, b) - value;
      loss += huber(error);
      values += value;
      absolute += Math.abs(error);
      float delta = (float) settings.huberDelta();
      float[] gradientOfValues = new float[network.actionCount()];
      gradientOfValues[batch.actions()[b]] =
          -Math.max(-delta, Math.min(delta, error)) / batch.size();
      mlp.backward(parameters, layers, gradientOfValues, gradient);
    }
    double norm = clipAndStep(gradient);
    if (updates % settings.targetUpdateInterval() == 0) {
      updateTarget();
    }
    return new ValueReport(
        loss / batch.size(), values / batch.size(), absolute / batch.size(), norm);
  }

  private float target(PlainBatch batch, int b) {
    float[] selector = mlp.values(parameters, batch.nextObservation(b));
    float[] value = mlp.values(target, batch.nextObservation(b));
    int best = 0;
    for (int action = 1; action < selector.length; action++) {
      best = selector[action] > selector[best] ? action : best;
    }
    return batch.rewards()[b] + batch.discounts()[b] * value[best];
  }

  private double huber(double error) {
    double size = Math.abs(error);
    double delta = settings.huberDelta();
    return size <= delta ? size * size / 2 : delta * (size - delta / 2);
  }

  private double clipAndStep(float[] gradient) {
    double squares = 0;
    for (float g : gradient) {
      squares += g * g;
    }
    double norm = Math.sqrt(squares);
    double scale = Math.min(1, settings.adam().maxGradientNorm() / (norm + 1e-6));
    updates++;
    double correction1 = 1 - Math.pow(settings.adam().beta1(), updates);
    double correction2 = 1 - Math.pow(settings.adam().beta2(), updates);
    for (int i = 0; i < gradient.length; i++) {
      double g = gradient[i] * scale;
      firstMoment[i] =
          (float) (settings.adam().beta1() * firstMoment[i] + (1 - settings.adam().beta1()) * g);
      secondMoment[i] =
          (float)
              (settings.adam().beta2() * secondMoment[i] + (1 - settings.adam().beta2()) * g * g);
      double root = Math.sqrt(secondMoment[i] / correction2) + settings.adam().epsilon();
      parameters[i] -=
          (float) (settings.adam().learningRate() * firstMoment[i] / correction1 / root);
    }
    return norm;
  }

  private void updateTarget() {
    for (int i = 0; i < target.length; i++) {
      target[i] += (float) (settings.targetUpdateFraction() * (parameters[i] - target[i]));
    }
  }
}

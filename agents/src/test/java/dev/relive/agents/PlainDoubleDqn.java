package dev.relive.agents;

/** A second, plain implementation of {@code DoubleDqn.py}, in double. */
final class PlainDoubleDqn {

  private final NetworkSpec network;
  private final DoubleDqnSettings settings;
  private final PlainNetwork plain;
  private final PlainAdam adam;
  private final double[] target;

  PlainDoubleDqn(NetworkSpec network, DoubleDqnSettings settings, float[] initial) {
    this.network = network;
    this.settings = settings;
    plain = new PlainNetwork(network);
    adam = new PlainAdam(settings.adam(), initial);
    target = PlainNetwork.doubles(initial);
  }

  PlainAdam adam() {
    return adam;
  }

  double[] target() {
    return target;
  }

  ValueReport update(PlainBatch batch) {
    double[] parameters = adam.parameters();
    double[] gradient = new double[parameters.length];
    double loss = 0;
    double values = 0;
    double absolute = 0;
    for (int b = 0; b < batch.size(); b++) {
      PlainNetwork.Layers layers = plain.layers(parameters, batch.observation(b));
      double value = layers.outputs()[batch.actions()[b]];
      double error = target(batch, b) - value;
      loss += huber(error);
      values += value;
      absolute += Math.abs(error);
      double delta = settings.huberDelta();
      double[] gradientOfValues = new double[network.actionCount()];
      gradientOfValues[batch.actions()[b]] =
          -Math.max(-delta, Math.min(delta, error)) / batch.size();
      plain.backward(parameters, layers, gradientOfValues, gradient);
    }
    double norm = adam.clipAndStep(gradient);
    if (adam.updates() % settings.targetUpdateInterval() == 0) {
      updateTarget();
    }
    return new ValueReport(
        loss / batch.size(), values / batch.size(), absolute / batch.size(), norm);
  }

  private double target(PlainBatch batch, int b) {
    double[] selector = plain.outputs(adam.parameters(), batch.nextObservation(b));
    double[] value = plain.outputs(target, batch.nextObservation(b));
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

  private void updateTarget() {
    for (int i = 0; i < target.length; i++) {
      target[i] += settings.targetUpdateFraction() * (adam.parameters()[i] - target[i]);
    }
  }
}

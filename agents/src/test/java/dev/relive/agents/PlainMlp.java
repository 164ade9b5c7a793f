package dev.relive.agents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A second, plain implementation of {@code Mlp.py}: loops over doubles, one sample at a time. */
final class PlainMlp {

  private final NetworkSpec network;
  private final int[] sizes;

  PlainMlp(NetworkSpec network) {
    this.network = network;
    List<Integer> all = new ArrayList<>(List.of(network.observationSize()));
    all.addAll(network.hiddenSizes());
    all.add(network.outputCount());
    sizes = all.stream().mapToInt(Integer::intValue).toArray();
  }

  /** [x, h_1, …, y] of one observation. */
  double[][] layers(double[] parameters, float[] x) {
    double[][] h = new double[sizes.length][];
    h[0] = doubles(x);
    int offset = 0;
    for (int layer = 1; layer < sizes.length; layer++) {
      int inputs = sizes[layer - 1];
      int outputs = sizes[layer];
      h[layer] = new double[outputs];
      for (int o = 0; o < outputs; o++) {
        double sum = parameters[offset + outputs * inputs + o];
        for (int i = 0; i < inputs; i++) {
          sum += parameters[offset + o * inputs + i] * h[layer - 1][i];
        }
        h[layer][o] = layer == sizes.length - 1 ? sum : activate(sum);
      }
      offset += outputs * inputs + outputs;
    }
    return h;
  }

  double[] outputs(double[] parameters, float[] x) {
    return layers(parameters, x)[sizes.length - 1];
  }

  /** Adds dL/dθ of one sample to {@code gradient}, given its dL/dy. */
  void backward(double[] parameters, double[][] h, double[] gradientOfOutputs, double[] gradient) {
    double[] delta = gradientOfOutputs;
    int end = parameters.length;
    for (int layer = sizes.length - 1; layer > 0; layer--) {
      int inputs = sizes[layer - 1];
      int outputs = sizes[layer];
      int offset = end - outputs * inputs - outputs;
      double[] next = new double[inputs];
      for (int o = 0; o < outputs; o++) {
        gradient[offset + outputs * inputs + o] += delta[o];
        for (int i = 0; i < inputs; i++) {
          gradient[offset + o * inputs + i] += delta[o] * h[layer - 1][i];
          next[i] += delta[o] * parameters[offset + o * inputs + i];
        }
      }
      for (int i = 0; i < inputs; i++) {
        next[i] *= derivative(h[layer - 1][i]);
      }
      delta = next;
      end = offset;
    }
  }

  private double activate(double z) {
    return network.activation() == Activation.TANH ? Math.tanh(z) : Math.max(0, z);
  }

  /** f'(z) from f(z). */
  private double derivative(double h) {
    return network.activation() == Activation.TANH ? 1 - h * h : h > 0 ? 1 : 0;
  }

  static float[] row(float[] rows, int row, int size) {
    return Arrays.copyOfRange(rows, row * size, (row + 1) * size);
  }

  static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}

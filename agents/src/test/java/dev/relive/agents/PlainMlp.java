package dev.relive.agents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A second, plain implementation of {@code Mlp.py}: loops over float arrays, one sample at a time.
 */
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
  float[][] layers(float[] parameters, float[] x) {
    float[][] h = new float[sizes.length][];
    h[0] = x;
    int offset = 0;
    for (int layer = 1; layer < sizes.length; layer++) {
      int inputs = sizes[layer - 1];
      int outputs = sizes[layer];
      h[layer] = new float[outputs];
      for (int o = 0; o < outputs; o++) {
        float sum = parameters[offset + outputs * inputs + o];
        for (int i = 0; i < inputs; i++) {
          sum += parameters[offset + o * inputs + i] * h[layer - 1][i];
        }
        h[layer][o] = layer == sizes.length - 1 ? sum : activate(sum);
      }
      offset += outputs * inputs + outputs;
    }
    return h;
  }

  float[] values(float[] parameters, float[] x) {
    return layers(parameters, x)[sizes.length - 1];
  }

  /** Adds dL/dθ of one sample to {@code gradient}, given its dL/dy. */
  void backward(float[] parameters, float[][] h, float[] gradientOfOutputs, float[] gradient) {
    float[] delta = gradientOfOutputs;
    int end = parameters.length;
    for (int layer = sizes.length - 1; layer > 0; layer--) {
      int inputs = sizes[layer - 1];
      int outputs = sizes[layer];
      int offset = end - outputs * inputs - outputs;
      float[] next = new float[inputs];
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

  private float activate(float z) {
    return network.activation() == Activation.TANH ? (float) Math.tanh(z) : Math.max(0, z);
  }

  /** f'(z) from f(z). */
  private float derivative(float h) {
    return network.activation() == Activation.TANH ? 1 - h * h : h > 0 ? 1 : 0;
  }

  static float[] row(float[] rows, int row, int size) {
    return Arrays.copyOfRange(rows, row * size, (row + 1) * size);
  }
}

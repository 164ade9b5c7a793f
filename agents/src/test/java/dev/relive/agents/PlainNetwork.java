package dev.relive.agents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A second, plain implementation of {@code Mlp.py} and {@code Cnn.py}: loops over doubles, one
 * sample at a time.
 */
final class PlainNetwork {

  private final PlainActivation activation;
  private final @Nullable PlainConvolutions convolutions;
  private final int[] sizes;
  private final int firstDense;

  /**
   * What the layers made of one observation.
   *
   * @param images of the convolutions, if there are any
   * @param dense [x, h_1, …, y] of the fully connected layers
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Layers(double[][][][] images, double[][] dense) {
    double[] outputs() {
      return dense[dense.length - 1];
    }
  }

  PlainNetwork(NetworkSpec network) {
    activation = new PlainActivation(network.activation());
    Convolutions spec = network.convolutions();
    convolutions = spec == null ? null : new PlainConvolutions(spec, activation);
    firstDense = convolutions == null ? 0 : convolutions.parameterCount();
    List<Integer> all =
        new ArrayList<>(List.of(spec == null ? network.observationSize() : spec.outputSize()));
    all.addAll(network.hiddenSizes());
    all.add(network.outputCount());
    sizes = all.stream().mapToInt(Integer::intValue).toArray();
  }

  Layers layers(double[] parameters, float[] x) {
    if (convolutions == null) {
      return new Layers(new double[0][][][], dense(parameters, doubles(x)));
    }
    double[][][][] images = convolutions.images(parameters, x);
    double[] flat =
        Arrays.stream(images[images.length - 1])
            .flatMap(Arrays::stream)
            .flatMapToDouble(Arrays::stream)
            .toArray();
    return new Layers(images, dense(parameters, flat));
  }

  private double[][] dense(double[] parameters, double[] x) {
    double[][] h = new double[sizes.length][];
    h[0] = x;
    int offset = firstDense;
    for (int layer = 1; layer < sizes.length; layer++) {
      int inputs = sizes[layer - 1];
      int outputs = sizes[layer];
      h[layer] = new double[outputs];
      for (int o = 0; o < outputs; o++) {
        double sum = parameters[offset + outputs * inputs + o];
        for (int i = 0; i < inputs; i++) {
          sum += parameters[offset + o * inputs + i] * h[layer - 1][i];
        }
        h[layer][o] = layer == sizes.length - 1 ? sum : activation.of(sum);
      }
      offset += outputs * inputs + outputs;
    }
    return h;
  }

  double[] outputs(double[] parameters, float[] x) {
    return layers(parameters, x).outputs();
  }

  /** Adds dL/dθ of one sample to {@code gradient}, given its dL/dy. */
  void backward(double[] parameters, Layers layers, double[] gradientOfOutputs, double[] gradient) {
    double[][] h = layers.dense();
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
      for (int i = 0; i < inputs && layer > 1; i++) {
        next[i] *= activation.derivative(h[layer - 1][i]);
      }
      delta = next;
      end = offset;
    }
    if (convolutions != null) {
      double[][][][] images = layers.images();
      convolutions.backward(parameters, images, shaped(delta, images[images.length - 1]), gradient);
    }
  }

  private static double[][][] shaped(double[] flat, double[][][] like) {
    double[][][] shaped = new double[like.length][like[0].length][like[0][0].length];
    int next = 0;
    for (double[][] channel : shaped) {
      for (double[] row : channel) {
        for (int column = 0; column < row.length; column++) {
          row[column] = flat[next++];
        }
      }
    }
    return shaped;
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

package dev.relive.agents;

/**
 * A second, plain implementation of the convolutions of {@code Cnn.py}: loops over doubles, one
 * sample at a time. Images are [channel][row][column].
 */
final class PlainConvolutions {
  private static final int KERNEL = 3;

  private final Convolutions spec;
  private final PlainActivation activation;

  PlainConvolutions(Convolutions spec, PlainActivation activation) {
    this.spec = spec;
    this.activation = activation;
  }

  /** Length of the parameters before those of the fully connected layers. */
  int parameterCount() {
    return spec.tensors().stream().mapToInt(TensorSpec::size).sum();
  }

  /** The image that an observation is, and that of each layer. */
  double[][][][] images(double[] parameters, float[] x) {
    double[][][][] images = new double[spec.filters().size() + 1][][][];
    images[0] = image(x);
    int offset = 0;
    for (int layer = 1; layer < images.length; layer++) {
      double[][][] in = images[layer - 1];
      double[][][] out = empty(spec.filters().get(layer - 1), in);
      int biases = offset + out.length * in.length * KERNEL * KERNEL;
      int kernels = offset;
      each(
          out,
          in.length,
          (o, row, column, weight, i, fromRow, fromColumn) ->
              out[o][row][column] += parameters[kernels + weight] * in[i][fromRow][fromColumn]);
      for (int o = 0; o < out.length; o++) {
        for (double[] row : out[o]) {
          for (int column = 0; column < row.length; column++) {
            row[column] = activation.of(row[column] + parameters[biases + o]);
          }
        }
      }
      images[layer] = out;
      offset = biases + out.length;
    }
    return images;
  }

  /** Adds dL/dθ of one sample to {@code gradient}, given dL/dc of the last image. */
  void backward(
      double[] parameters, double[][][][] images, double[][][] gradientOfImage, double[] gradient) {
    double[][][] delta = gradientOfImage;
    int end = parameterCount();
    for (int layer = images.length - 1; layer > 0; layer--) {
      double[][][] in = images[layer - 1];
      double[][][] out = images[layer];
      double[][][] next = new double[in.length][in[0].length][in[0][0].length];
      int biases = end - out.length;
      int kernels = biases - out.length * in.length * KERNEL * KERNEL;
      double[][][] z = delta;
      for (int o = 0; o < out.length; o++) {
        for (int row = 0; row < out[o].length; row++) {
          for (int column = 0; column < out[o][row].length; column++) {
            z[o][row][column] *= activation.derivative(out[o][row][column]);
            gradient[biases + o] += z[o][row][column];
          }
        }
      }
      each(
          out,
          in.length,
          (o, row, column, weight, i, fromRow, fromColumn) -> {
            gradient[kernels + weight] += z[o][row][column] * in[i][fromRow][fromColumn];
            next[i][fromRow][fromColumn] += z[o][row][column] * parameters[kernels + weight];
          });
      delta = next;
      end = kernels;
    }
  }

  private interface Term {
    void visit(int o, int row, int column, int weight, int i, int fromRow, int fromColumn);
  }

  /** Every product of a weight and an element that an element of the result is the sum of. */
  private static void each(double[][][] out, int inputs, Term term) {
    for (int o = 0; o < out.length; o++) {
      for (int row = 0; row < out[o].length; row++) {
        for (int column = 0; column < out[o][row].length; column++) {
          for (int i = 0; i < inputs; i++) {
            for (int r = 0; r < KERNEL; r++) {
              for (int c = 0; c < KERNEL; c++) {
                int weight = ((o * inputs + i) * KERNEL + r) * KERNEL + c;
                term.visit(o, row, column, weight, i, row + r, column + c);
              }
            }
          }
        }
      }
    }
  }

  private double[][][] image(float[] x) {
    double[][][] image = new double[spec.frames() * spec.channels()][spec.rows()][spec.columns()];
    int next = 0;
    for (int frame = 0; frame < spec.frames(); frame++) {
      for (int row = 0; row < spec.rows(); row++) {
        for (int column = 0; column < spec.columns(); column++) {
          for (int channel = 0; channel < spec.channels(); channel++) {
            image[frame * spec.channels() + channel][row][column] = x[next++];
          }
        }
      }
    }
    return image;
  }

  private static double[][][] empty(int channels, double[][][] before) {
    return new double[channels][before[0].length - KERNEL + 1][before[0][0].length - KERNEL + 1];
  }
}

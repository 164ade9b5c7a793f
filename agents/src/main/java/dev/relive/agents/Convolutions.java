package dev.relive.agents;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The convolutions that a network begins with: kernels of 3 by 3 with stride 1 and no padding, so
 * that each layer's image is 2 rows and 2 columns smaller than the one before.
 *
 * <p>An observation is a number of frames one behind the other, each {@code
 * [row][column][channel]}. PyTorch takes channels first: {@code x.view(-1, frames, rows, columns,
 * channels).permute(0, 1, 4, 2, 3).flatten(1, 2)}.
 *
 * @param frames images of an observation
 * @param rows of an image
 * @param columns of an image
 * @param channels of an image
 * @param filters channels that each layer makes, one layer or more
 */
public record Convolutions(int frames, int rows, int columns, int channels, List<Integer> filters) {

  /** Rows and columns of a kernel. */
  private static final int KERNEL = 3;

  /**
   * @throws IllegalArgumentException when a size is not positive, or the layers leave no image
   */
  public Convolutions {
    filters = List.copyOf(filters);
    NetworkSpec.requirePositive("number of frames", frames);
    NetworkSpec.requirePositive("number of rows", rows);
    NetworkSpec.requirePositive("number of columns", columns);
    NetworkSpec.requirePositive("number of channels", channels);
    NetworkSpec.requirePositive("number of convolutions", filters.size());
    filters.forEach(
        count -> NetworkSpec.requirePositive("number of a convolution's channels", count));
    if (Math.min(rows, columns) <= lost(filters)) {
      throw new IllegalArgumentException(
          "Images of %d rows and %d columns are too small for %d convolutions, each of which takes away %d of both."
              .formatted(rows, columns, filters.size(), KERNEL - 1));
    }
  }

  private static int lost(List<Integer> filters) {
    return filters.size() * (KERNEL - 1);
  }

  /** Numbers of an observation. */
  int inputSize() {
    return Math.multiplyExact(
        Math.multiplyExact(frames, channels), Math.multiplyExact(rows, columns));
  }

  /** Numbers of the last layer's image. */
  int outputSize() {
    int lost = lost(filters);
    return Math.multiplyExact(
        filters.get(filters.size() - 1), Math.multiplyExact(rows - lost, columns - lost));
  }

  /** Its parameters, named as {@code torch.nn.Sequential(Conv2d, ReLU, Conv2d, ReLU, …)} does. */
  List<TensorSpec> tensors() {
    List<TensorSpec> tensors = new ArrayList<>();
    int inputs = frames * channels;
    for (int layer = 0; layer < filters.size(); layer++) {
      int outputs = filters.get(layer);
      tensors.add(TensorSpec.of(2 * layer + ".weight", outputs, inputs, KERNEL, KERNEL));
      tensors.add(TensorSpec.of(2 * layer + ".bias", outputs));
      inputs = outputs;
    }
    return tensors;
  }

  /** Layers of the {@code Sequential} that are before the first {@code Linear}: one flattens. */
  int sequentialLayers() {
    return 2 * filters.size() + 1;
  }

  /** What {@code Cnn.py} reads from {@code self}. */
  Map<String, ?> scriptAttributes() {
    return Map.of(
        "convolutions", filters.size(),
        "frames", frames,
        "rows", rows,
        "columns", columns,
        "channels", channels);
  }
}

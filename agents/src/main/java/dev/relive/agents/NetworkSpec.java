package dev.relive.agents;

import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.TorchScript;
import dev.relive.environments.random.Generator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A network from an observation to one number per action, and where it has a value head to one
 * more: a multi-layer perceptron, or one behind convolutions, with the same activation between all
 * layers and none after the last.
 *
 * <p>Its parameters are one flat float32 vector, cut into {@code 0.weight [outputs, inputs]},
 * {@code 0.bias [outputs]}, {@code 2.weight}, … as {@code torch.nn.Sequential(Linear, ReLU, Linear,
 * …)} or {@code Sequential(Conv2d, ReLU, Flatten, Linear, ReLU, Linear)} names them, so that an
 * exported file loads there as it is.
 *
 * @param observationSize number of float32 in an observation
 * @param convolutions what an observation goes through first; null in a multi-layer perceptron
 * @param hiddenSizes units of each hidden layer; may be empty
 * @param actionCount number of discrete actions
 * @param heads what its outputs mean
 */
public record NetworkSpec(
    int observationSize,
    @Nullable Convolutions convolutions,
    List<Integer> hiddenSizes,
    int actionCount,
    Heads heads,
    Activation activation) {

  /**
   * A policy head starts this much smaller than the rest, so that the first policy is close to
   * uniform whatever the observation. Andrychowicz et al., "What Matters in On-Policy Reinforcement
   * Learning?", 2021.
   */
  private static final double INITIAL_POLICY_SCALE = 0.01;

  /**
   * @throws IllegalArgumentException when a size is not positive, or the convolutions are for
   *     observations of another size
   */
  public NetworkSpec {
    hiddenSizes = List.copyOf(hiddenSizes);
    requirePositive("observation size", observationSize);
    requirePositive("action count", actionCount);
    hiddenSizes.forEach(size -> requirePositive("hidden size", size));
    if (convolutions != null && convolutions.inputSize() != observationSize) {
      throw new IllegalArgumentException(
          "Convolutions of images of together %d numbers cannot be applied to observations of %d."
              .formatted(convolutions.inputSize(), observationSize));
    }
  }

  /** A multi-layer perceptron. */
  public NetworkSpec(
      int observationSize,
      List<Integer> hiddenSizes,
      int actionCount,
      Heads heads,
      Activation activation) {
    this(observationSize, null, hiddenSizes, actionCount, heads, activation);
  }

  /** A network that begins with convolutions. */
  public NetworkSpec(
      Convolutions convolutions,
      List<Integer> hiddenSizes,
      int actionCount,
      Heads heads,
      Activation activation) {
    this(convolutions.inputSize(), convolutions, hiddenSizes, actionCount, heads, activation);
  }

  static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "The " + name + " of a network is " + value + "; it must be 1 or more.");
    }
  }

  /** Numbers that the last layer gives. */
  public int outputCount() {
    return heads == Heads.POLICY_AND_VALUE ? actionCount + 1 : actionCount;
  }

  /**
   * Makes sure that the outputs mean what is expected of them.
   *
   * @throws IllegalArgumentException when they do not
   */
  NetworkSpec requireHeads(Heads expected) {
    if (heads != expected) {
      throw new IllegalArgumentException(
          "A network with the heads "
              + heads
              + " cannot be used where "
              + expected
              + " is needed.");
    }
    return this;
  }

  /** The tensors that the parameter vector consists of, in its order. */
  public List<TensorSpec> tensors() {
    List<TensorSpec> tensors = new ArrayList<>();
    int inputs = observationSize;
    int first = 0;
    if (convolutions != null) {
      tensors.addAll(convolutions.tensors());
      inputs = convolutions.outputSize();
      first = convolutions.sequentialLayers();
    }
    for (int layer = 0; layer <= hiddenSizes.size(); layer++) {
      int outputs = layer < hiddenSizes.size() ? hiddenSizes.get(layer) : outputCount();
      tensors.add(TensorSpec.of(first + 2 * layer + ".weight", outputs, inputs));
      tensors.add(TensorSpec.of(first + 2 * layer + ".bias", outputs));
      inputs = outputs;
    }
    return List.copyOf(tensors);
  }

  /** Length of the parameter vector. */
  public int parameterCount() {
    return tensors().stream().mapToInt(TensorSpec::size).reduce(0, Math::addExact);
  }

  /**
   * Parameters to begin with: weights and biases of a layer uniform in ±1/√n, where n inputs decide
   * an output, as {@code torch.nn.Linear} and {@code Conv2d} start; those of a policy head a
   * hundredth of that.
   */
  public float[] initialParameters(Generator random) {
    float[] parameters = new float[parameterCount()];
    int next = 0;
    double bound = 0;
    for (TensorSpec tensor : tensors()) {
      if (tensor.shape().size() > 1) {
        bound = 1 / Math.sqrt((double) tensor.size() / tensor.shape().get(0));
      }
      for (int i = 0; i < tensor.size(); i++) {
        parameters[next++] = (float) random.uniform(-bound, bound);
      }
    }
    if (heads == Heads.POLICY_AND_VALUE) {
      shrinkPolicyHead(parameters);
    }
    return parameters;
  }

  /** The last layer is its weights, a row per output, then its biases; the value's are last. */
  private void shrinkPolicyHead(float[] parameters) {
    List<TensorSpec> tensors = tensors();
    TensorSpec weight = tensors.get(tensors.size() - 2);
    int inputs = weight.shape().get(1);
    int firstBias = parameters.length - outputCount();
    int firstWeight = firstBias - weight.size();
    for (int i = 0; i < actionCount * inputs; i++) {
      parameters[firstWeight + i] *= (float) INITIAL_POLICY_SCALE;
    }
    for (int i = 0; i < actionCount; i++) {
      parameters[firstBias + i] *= (float) INITIAL_POLICY_SCALE;
    }
  }

  /**
   * A script that can compute this network: {@code layers} and {@code backward} are its methods.
   *
   * @param owner the class beside which the sources lie
   * @param settings what the sources read from {@code self} besides
   */
  TorchScript script(Compute compute, Class<?> owner, Map<String, ?> settings, String... sources) {
    Map<String, Object> attributes = new HashMap<>(settings);
    attributes.put("tanh", activation == Activation.TANH);
    if (convolutions != null) {
      attributes.putAll(convolutions.scriptAttributes());
    }
    return TorchScript.compile(
        compute,
        owner,
        attributes,
        Stream.concat(
                Stream.of("Dense.py", convolutions == null ? "Mlp.py" : "Cnn.py"),
                Stream.of(sources))
            .toArray(String[]::new));
  }

  /** The tensors' shapes. */
  List<long[]> shapes() {
    return tensors().stream().map(TensorSpec::extents).toList();
  }
}

package dev.relive.agents;

import dev.relive.environments.random.Generator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A multi-layer perceptron from an observation to one number per action, and where it has a value
 * head to one more, with the same activation between all layers and none after the last.
 *
 * <p>Its parameters are one flat float32 vector, cut into {@code 0.weight [outputs, inputs]},
 * {@code 0.bias [outputs]}, {@code 2.weight}, … as {@code torch.nn.Sequential(Linear, ReLU, Linear,
 * …)} names them, so that an exported file loads there as it is.
 *
 * @param observationSize number of float32 in an observation
 * @param hiddenSizes units of each hidden layer; may be empty
 * @param actionCount number of discrete actions
 * @param heads what its outputs mean
 */
public record NetworkSpec(
    int observationSize,
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
   * @throws IllegalArgumentException when a size is not positive
   */
  public NetworkSpec {
    hiddenSizes = List.copyOf(hiddenSizes);
    requirePositive("observation size", observationSize);
    requirePositive("action count", actionCount);
    hiddenSizes.forEach(size -> requirePositive("hidden size", size));
  }

  private static void requirePositive(String name, int value) {
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
    for (int layer = 0; layer <= hiddenSizes.size(); layer++) {
      int outputs = layer < hiddenSizes.size() ? hiddenSizes.get(layer) : outputCount();
      tensors.add(TensorSpec.of(2 * layer + ".weight", outputs, inputs));
      tensors.add(TensorSpec.of(2 * layer + ".bias", outputs));
      inputs = outputs;
    }
    return List.copyOf(tensors);
  }

  /** Length of the parameter vector. */
  public int parameterCount() {
    return tensors().stream().mapToInt(TensorSpec::size).reduce(0, Math::addExact);
  }

  /**
   * Parameters to begin with: weights and biases of a layer with n inputs uniform in ±1/√n, as
   * {@code torch.nn.Linear} starts; those of a policy head a hundredth of that.
   */
  public float[] initialParameters(Generator random) {
    float[] parameters = new float[parameterCount()];
    int next = 0;
    double bound = 0;
    for (TensorSpec tensor : tensors()) {
      if (tensor.shape().size() == 2) {
        bound = 1 / Math.sqrt(tensor.shape().get(1));
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
    int firstBias = parameters.length - outputCount();
    int inputs = hiddenSizes.isEmpty() ? observationSize : hiddenSizes.get(hiddenSizes.size() - 1);
    int firstWeight = firstBias - outputCount() * inputs;
    for (int i = 0; i < actionCount * inputs; i++) {
      parameters[firstWeight + i] *= (float) INITIAL_POLICY_SCALE;
    }
    for (int i = 0; i < actionCount; i++) {
      parameters[firstBias + i] *= (float) INITIAL_POLICY_SCALE;
    }
  }

  /** What {@code Mlp.py} reads from {@code self}. */
  Map<String, ?> scriptAttributes() {
    return Map.of("tanh", activation == Activation.TANH);
  }

  /** The tensors' shapes. */
  List<long[]> shapes() {
    return tensors().stream().map(TensorSpec::extents).toList();
  }
}

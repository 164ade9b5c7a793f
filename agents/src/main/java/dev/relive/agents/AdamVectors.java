package dev.relive.agents;

import ai.djl.pytorch.jni.IValue;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceVector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A network's parameters and what {@code Adam.py} needs to change them: a vector each. */
final class AdamVectors implements AutoCloseable {

  /** Adam counts its steps in a float32, which is exact up to here and stands still beyond. */
  private static final long LARGEST_STEP = 1 << 24;

  private final NetworkSpec network;
  private final DeviceVector parameters;
  private final DeviceVector gradient;
  private final DeviceVector firstMoment;
  private final DeviceVector secondMoment;
  private final DeviceVector step;

  AdamVectors(Compute compute, NetworkSpec network, float[] initialParameters) {
    this.network = network;
    List<long[]> shapes = network.shapes();
    parameters = new DeviceVector(compute, shapes);
    gradient = new DeviceVector(compute, shapes);
    firstMoment = new DeviceVector(compute, shapes);
    secondMoment = new DeviceVector(compute, shapes);
    step = new DeviceVector(compute, List.of(new long[] {1}));
    parameters.write(initialParameters);
  }

  /** theta, gradient, flat_theta, flat_gradient, m, v, step, as scripts take them. */
  List<IValue> inputs() {
    return List.of(
        parameters.tensors(),
        gradient.tensors(),
        parameters.whole(),
        gradient.whole(),
        firstMoment.whole(),
        secondMoment.whole(),
        step.whole());
  }

  /** A copy of the parameters by the network's names. */
  Tensors weights() {
    return Tensors.of(network.tensors(), parameters.read());
  }

  /** Copies of the vectors that live from one update to the next, by name. */
  Map<String, float[]> state() {
    Map<String, float[]> state = new LinkedHashMap<>();
    state.put("parameters", parameters.read());
    state.put("first_moment", firstMoment.read());
    state.put("second_moment", secondMoment.read());
    return state;
  }

  /** Takes the vectors of a state that was made after so many updates. */
  void restore(Tensors state, long updates) {
    parameters.write(state.tensor("parameters"));
    firstMoment.write(state.tensor("first_moment"));
    secondMoment.write(state.tensor("second_moment"));
    step.write(new float[] {Math.min(updates, LARGEST_STEP)});
  }

  /**
   * The gradient's norm, which tells whether learning goes on.
   *
   * @param update the update's number, from 1
   * @throws DivergedException when the gradient is not finite
   */
  static double requireFinite(float gradientNorm, long update) {
    if (!Float.isFinite(gradientNorm)) {
      throw new DivergedException(
          "Learning diverged: the gradient's norm in update "
              + update
              + " is "
              + gradientNorm
              + ".");
    }
    return gradientNorm;
  }

  @Override
  public void close() {
    parameters.close();
    gradient.close();
    firstMoment.close();
    secondMoment.close();
    step.close();
  }
}

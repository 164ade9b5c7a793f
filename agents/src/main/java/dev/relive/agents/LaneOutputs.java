package dev.relive.agents;

import ai.djl.ndarray.types.DataType;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceVector;
import dev.relive.agents.torch.HostTensor;
import dev.relive.agents.torch.TorchScript;
import java.nio.FloatBuffer;
import java.util.Map;

/** A network's outputs for the observations of all lanes, in one native call. */
final class LaneOutputs implements AutoCloseable {

  private final int lanes;
  private final int outputCount;
  private final int observationSize;
  private final TorchScript script;
  private final DeviceVector parameters;
  private final HostTensor observationTensor;
  private final HostTensor outputTensor;
  private final FloatBuffer observationBuffer;
  private final FloatBuffer outputBuffer;

  LaneOutputs(Compute compute, NetworkSpec network, int lanes) {
    this.lanes = lanes;
    outputCount = network.outputCount();
    observationSize = network.observationSize();
    script = network.script(compute, LaneOutputs.class, Map.of(), "LaneOutputs.py");
    parameters = new DeviceVector(compute, network.shapes());
    observationTensor = compute.hostTensor(DataType.FLOAT32, lanes, observationSize);
    outputTensor = compute.hostTensor(DataType.FLOAT32, lanes, outputCount);
    observationBuffer = observationTensor.floats();
    outputBuffer = outputTensor.floats();
  }

  /** Exchanges the weights, which are zero at first. */
  void load(float[] weights) {
    parameters.write(weights);
  }

  /** Computes the outputs: [lanes, outputs], overwritten by the next call. */
  FloatBuffer of(float[] observations) {
    if (observations.length != lanes * observationSize) {
      throw new IllegalArgumentException(
          "Observations of "
              + lanes
              + " lanes are "
              + lanes * observationSize
              + " numbers, not "
              + observations.length
              + ".");
    }
    observationBuffer.put(0, observations);
    script.run("outputs", parameters.tensors(), observationTensor.value(), outputTensor.value());
    return outputBuffer;
  }

  /** Finds in every lane the highest of its first {@code count} outputs, the first of several. */
  void greedy(float[] observations, int count, int[] actions) {
    FloatBuffer outputs = of(observations);
    for (int lane = 0; lane < lanes; lane++) {
      actions[lane] = EpsilonGreedy.greedy(outputs, lane * outputCount, count);
    }
  }

  /** What was computed last. */
  FloatBuffer newest() {
    return outputBuffer;
  }

  @Override
  public void close() {
    script.close();
    parameters.close();
    observationTensor.close();
    outputTensor.close();
  }
}

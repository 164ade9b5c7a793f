package dev.relive.agents;

import ai.djl.ndarray.types.DataType;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceVector;
import dev.relive.agents.torch.HostTensor;
import dev.relive.agents.torch.TorchScript;
import dev.relive.environments.random.Generator;
import java.nio.FloatBuffer;

/**
 * Acts for a number of lanes at once by the action values of a network, q(s, ·): one native call
 * and no allocation per step.
 *
 * <p>Not for use by several threads. Weights may be exchanged between two steps.
 */
public final class QPolicy implements AutoCloseable {

  private final int lanes;
  private final int actionCount;
  private final int observationSize;
  private final TorchScript script;
  private final DeviceVector parameters;
  private final HostTensor observationTensor;
  private final HostTensor valueTensor;
  private final FloatBuffer observationBuffer;
  private final FloatBuffer valueBuffer;

  /**
   * A policy whose weights are all zero until they are loaded.
   *
   * @param lanes how many observations come at once
   */
  public QPolicy(Compute compute, NetworkSpec network, int lanes) {
    this.lanes = lanes;
    actionCount = network.actionCount();
    observationSize = network.observationSize();
    script =
        TorchScript.compile(
            compute, QPolicy.class, network.scriptAttributes(), "Mlp.py", "QPolicy.py");
    parameters = new DeviceVector(compute, network.shapes());
    observationTensor = compute.hostTensor(DataType.FLOAT32, lanes, observationSize);
    valueTensor = compute.hostTensor(DataType.FLOAT32, lanes, actionCount);
    observationBuffer = observationTensor.floats();
    valueBuffer = valueTensor.floats();
  }

  /**
   * Acts by these weights from now on.
   *
   * @param weights the network's parameter vector
   * @throws IllegalArgumentException when its length is not the network's
   */
  public void load(float[] weights) {
    parameters.write(weights);
  }

  /**
   * Chooses ε-greedily, with two draws per lane.
   *
   * @param observations [lanes, observation size], row-major
   * @param actions [lanes], receives the choices
   * @param probabilities [lanes], receives with which probability each choice was made
   */
  public void act(
      float[] observations,
      double epsilon,
      Generator random,
      int[] actions,
      float[] probabilities) {
    evaluate(observations);
    EpsilonGreedy.choose(valueBuffer, actionCount, epsilon, random, actions, probabilities);
  }

  /**
   * Chooses in every lane the action of the highest value.
   *
   * @param observations [lanes, observation size], row-major
   * @param actions [lanes], receives the choices
   */
  public void actGreedily(float[] observations, int[] actions) {
    evaluate(observations);
    for (int lane = 0; lane < lanes; lane++) {
      actions[lane] = EpsilonGreedy.greedy(valueBuffer, lane * actionCount, actionCount);
    }
  }

  /** The values that the last choice was made by: [lanes, actions], overwritten by the next. */
  public FloatBuffer values() {
    return valueBuffer;
  }

  private void evaluate(float[] observations) {
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
    script.run("values", parameters.tensors(), observationTensor.value(), valueTensor.value());
  }

  @Override
  public void close() {
    script.close();
    parameters.close();
    observationTensor.close();
    valueTensor.close();
  }
}

package dev.relive.agents;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.IValue;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.HostTensor;
import dev.relive.agents.torch.TorchScript;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The learner of advantage actor-critic: one network for policy and value, its optimiser, and the
 * update, which is one native call. The maths stands in {@code ActorCritic.py}, {@code VTrace.py},
 * {@code Adam.py} and the network's script.
 */
public final class ActorCritic implements Agent {

  /** Numbers that an update reports, in the order of {@code out_report}. */
  private static final int REPORTED = 8;

  private final ActorCriticSettings settings;
  private final TorchScript script;
  private final AdamVectors vectors;
  private final HostTensor reportTensor;
  private final FloatBuffer reported;
  private long updates;

  /**
   * A learner before its first update.
   *
   * @param initialParameters the network's parameter vector
   */
  public ActorCritic(
      Compute compute,
      NetworkSpec network,
      ActorCriticSettings settings,
      float[] initialParameters) {
    network.requireHeads(Heads.POLICY_AND_VALUE);
    this.settings = settings;
    script =
        network.script(
            compute,
            ActorCritic.class,
            settings.scriptAttributes(),
            "Adam.py",
            "VTrace.py",
            "ActorCritic.py");
    vectors = new AdamVectors(compute, network, initialParameters);
    reportTensor = compute.hostTensor(DataType.FLOAT32, REPORTED);
    reported = reportTensor.floats();
  }

  /**
   * Learns from the steps in a batch, be it full or not.
   *
   * @throws IllegalArgumentException when there are none
   * @throws DivergedException when learning has diverged
   */
  public ActorCriticReport update(TrajectoryBatch batch) {
    if (batch.size() == 0) {
      throw new IllegalArgumentException("A batch without steps cannot be learned from.");
    }
    updates++;
    List<IValue> inputs = new ArrayList<>(vectors.inputs());
    inputs.addAll(batch.tensors());
    try (IValue rows = IValue.from((long) batch.rows());
        IValue doublings = IValue.from((long) batch.doublings())) {
      inputs.add(rows);
      inputs.add(doublings);
      inputs.add(reportTensor.value());
      script.run("update", inputs.toArray(IValue[]::new));
    }
    return report(AdamVectors.requireFinite(reported.get(REPORTED - 1), updates));
  }

  private ActorCriticReport report(double gradientNorm) {
    double policyLoss = reported.get(0);
    double valueLoss = reported.get(1);
    double entropy = reported.get(2);
    return new ActorCriticReport(
        policyLoss + settings.valueWeight() * valueLoss - settings.entropyWeight() * entropy,
        policyLoss,
        valueLoss,
        entropy,
        reported.get(3),
        reported.get(4),
        reported.get(5),
        reported.get(6),
        gradientNorm);
  }

  @Override
  public long updates() {
    return updates;
  }

  @Override
  public Tensors weights() {
    return vectors.weights();
  }

  @Override
  public Tensors state() {
    return Tensors.ofVectors(vectors.state());
  }

  @Override
  public void restore(Tensors state, long updates) {
    state.requireSpecs(state().specs());
    vectors.restore(state, updates);
    this.updates = updates;
  }

  @Override
  public void close() {
    script.close();
    vectors.close();
    reportTensor.close();
  }
}

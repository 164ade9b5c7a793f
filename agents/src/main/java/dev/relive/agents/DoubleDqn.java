package dev.relive.agents;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.IValue;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceVector;
import dev.relive.agents.torch.HostTensor;
import dev.relive.agents.torch.TorchScript;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The learner of double DQN: the network, its target, the optimiser, and the update, which is one
 * native call. The maths stands in {@code DoubleDqn.py}, {@code Adam.py} and the network's script.
 */
public final class DoubleDqn implements Agent {

  private final DoubleDqnSettings settings;
  private final TorchScript script;
  private final AdamVectors vectors;
  private final DeviceVector targetParameters;
  private final HostTensor gradientNorm;
  private final FloatBuffer gradientNormBuffer;
  private final IValue moves = IValue.from(true);
  private final IValue rests = IValue.from(false);
  private long updates;

  /**
   * A learner before its first update.
   *
   * @param initialParameters the network's parameter vector, also the target network's
   */
  public DoubleDqn(
      Compute compute, NetworkSpec network, DoubleDqnSettings settings, float[] initialParameters) {
    network.requireHeads(Heads.ACTION_VALUES);
    this.settings = settings;
    script =
        network.script(
            compute, DoubleDqn.class, settings.scriptAttributes(), "Adam.py", "DoubleDqn.py");
    vectors = new AdamVectors(compute, network, initialParameters);
    targetParameters = new DeviceVector(compute, network.shapes());
    targetParameters.write(initialParameters);
    gradientNorm = compute.hostTensor(DataType.FLOAT32);
    gradientNormBuffer = gradientNorm.floats();
  }

  /**
   * Learns from a batch; its outputs then hold what the update saw.
   *
   * @throws DivergedException when learning has diverged
   */
  public ValueReport update(TransitionBatch batch) {
    updates++;
    boolean targetMoves = updates % settings.targetUpdateInterval() == 0;
    List<IValue> inputs = new ArrayList<>(vectors.inputs());
    inputs.addAll(
        List.of(
            targetParameters.tensors(),
            targetParameters.value(),
            targetMoves ? moves : rests,
            gradientNorm.value()));
    inputs.addAll(batch.tensors());
    script.run("update", inputs.toArray(IValue[]::new));
    double norm = AdamVectors.requireFinite(gradientNormBuffer.get(0), updates);
    return ValueReport.of(batch.values(), batch.tdErrors(), settings.huberDelta(), norm);
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
    Map<String, float[]> state = vectors.state();
    state.put("target_parameters", targetParameters.read());
    return Tensors.ofVectors(state);
  }

  @Override
  public void restore(Tensors state, long updates) {
    state.requireSpecs(state().specs());
    vectors.restore(state, updates);
    targetParameters.write(state.tensor("target_parameters"));
    this.updates = updates;
  }

  @Override
  public void close() {
    script.close();
    vectors.close();
    targetParameters.close();
    gradientNorm.close();
    moves.close();
    rests.close();
  }
}

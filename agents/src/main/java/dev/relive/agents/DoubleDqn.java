package dev.relive.agents;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.IValue;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceVector;
import dev.relive.agents.torch.HostTensor;
import dev.relive.agents.torch.TorchScript;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The learner of double DQN: the network, its target, the optimiser, and the update, which is one
 * native call. The maths stands in {@code DoubleDqn.py}, {@code Mlp.py} and {@code Adam.py}.
 *
 * <p>After the same updates on the same batches two learners are the same to the last bit. Not for
 * use by several threads.
 */
public final class DoubleDqn implements AutoCloseable {

  /** Adam counts its steps in a float32, which is exact up to here and stands still beyond. */
  private static final long LARGEST_STEP = 1 << 24;

  private final NetworkSpec network;
  private final DoubleDqnSettings settings;
  private final TorchScript script;
  private final DeviceVector parameters;
  private final DeviceVector targetParameters;
  private final DeviceVector gradient;
  private final DeviceVector firstMoment;
  private final DeviceVector secondMoment;
  private final DeviceVector step;
  private final HostTensor gradientNorm;
  private final FloatBuffer gradientNormBuffer;

  private final IValue moves = IValue.from(true);
  private final IValue rests = IValue.from(false);

  /** What belongs to the learner among the inputs of an update that moves the target, in order. */
  private final IValue[] movingTarget;

  /** The same for an update that does not. */
  private final IValue[] restingTarget;

  private long updates;

  /**
   * A learner before its first update.
   *
   * @param initialParameters the network's parameter vector, also the target network's
   */
  public DoubleDqn(
      Compute compute, NetworkSpec network, DoubleDqnSettings settings, float[] initialParameters) {
    this.network = network;
    this.settings = settings;
    Map<String, Object> attributes = new HashMap<>(network.scriptAttributes());
    attributes.putAll(settings.scriptAttributes());
    script =
        TorchScript.compile(
            compute, DoubleDqn.class, attributes, "Mlp.py", "Adam.py", "DoubleDqn.py");
    List<long[]> shapes = network.shapes();
    parameters = new DeviceVector(compute, shapes);
    targetParameters = new DeviceVector(compute, shapes);
    gradient = new DeviceVector(compute, shapes);
    firstMoment = new DeviceVector(compute, shapes);
    secondMoment = new DeviceVector(compute, shapes);
    step = new DeviceVector(compute, List.of(new long[] {1}));
    gradientNorm = compute.hostTensor(DataType.FLOAT32);
    gradientNormBuffer = gradientNorm.floats();
    movingTarget = inputs(moves);
    restingTarget = inputs(rests);
    parameters.write(initialParameters);
    targetParameters.write(initialParameters);
  }

  private IValue[] inputs(IValue targetMoves) {
    return new IValue[] {
      parameters.tensors(),
      targetParameters.tensors(),
      gradient.tensors(),
      parameters.whole(),
      gradient.whole(),
      firstMoment.whole(),
      secondMoment.whole(),
      step.whole(),
      targetParameters.value(),
      targetMoves,
      gradientNorm.value()
    };
  }

  /**
   * Learns from a batch; its outputs then hold what the update saw.
   *
   * @throws IllegalStateException when learning has diverged
   */
  public UpdateReport update(TransitionBatch batch) {
    updates++;
    boolean targetMoves = updates % settings.targetUpdateInterval() == 0;
    script.run("update", concatenate(targetMoves ? movingTarget : restingTarget, batch.tensors()));
    float norm = gradientNormBuffer.get(0);
    if (!Float.isFinite(norm)) {
      throw new IllegalStateException(
          "Learning diverged: the gradient's norm in update " + updates + " is " + norm + ".");
    }
    return UpdateReport.of(batch.values(), batch.tdErrors(), settings.huberDelta(), norm);
  }

  private static IValue[] concatenate(IValue[] first, IValue[] second) {
    IValue[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** Updates made, those before a restore included. */
  public long updates() {
    return updates;
  }

  /** A copy of the network's parameters, to act by and to keep. */
  public Tensors weights() {
    return Tensors.of(network.tensors(), parameters.read());
  }

  /** A copy of everything that the next update depends on, besides the count of updates. */
  public Tensors state() {
    int size = parameters.size();
    float[] values = new float[4 * size];
    System.arraycopy(parameters.read(), 0, values, 0, size);
    System.arraycopy(targetParameters.read(), 0, values, size, size);
    System.arraycopy(firstMoment.read(), 0, values, 2 * size, size);
    System.arraycopy(secondMoment.read(), 0, values, 3 * size, size);
    return Tensors.of(stateTensors(), values);
  }

  /**
   * Goes on where a state was taken.
   *
   * @param updates the count of updates at that time
   * @throws IllegalArgumentException when the state is another network's
   */
  public void restore(Tensors state, long updates) {
    state.requireSpecs(stateTensors());
    parameters.write(state.tensor("parameters"));
    targetParameters.write(state.tensor("target_parameters"));
    firstMoment.write(state.tensor("first_moment"));
    secondMoment.write(state.tensor("second_moment"));
    step.write(new float[] {Math.min(updates, LARGEST_STEP)});
    this.updates = updates;
  }

  private List<TensorSpec> stateTensors() {
    int size = parameters.size();
    return List.of(
        TensorSpec.of("parameters", size),
        TensorSpec.of("target_parameters", size),
        TensorSpec.of("first_moment", size),
        TensorSpec.of("second_moment", size));
  }

  @Override
  public void close() {
    script.close();
    parameters.close();
    targetParameters.close();
    gradient.close();
    firstMoment.close();
    secondMoment.close();
    step.close();
    gradientNorm.close();
    moves.close();
    rests.close();
  }
}

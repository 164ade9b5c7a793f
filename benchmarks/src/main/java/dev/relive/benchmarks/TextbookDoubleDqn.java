package dev.relive.benchmarks;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import dev.relive.agents.DoubleDqnSettings;
import dev.relive.agents.NetworkSpec;
import java.util.List;

/**
 * Double DQN the way DJL's documentation teaches training: blocks, a trainer with a loss and an
 * optimiser, a gradient collector around forward and backward, then a step. The same update as ours
 * but for gradient clipping, which DJL does element by element and not by the norm, and with a
 * target that is always copied whole.
 */
final class TextbookDoubleDqn implements AutoCloseable {
  private final DoubleDqnSettings settings;
  private final int observationSize;
  private final Model online;
  private final Model target;
  private final Trainer trainer;
  private final NDManager targetManager;
  private final ParameterStore targetParameters;
  private long updates;

  /**
   * @param initialParameters of both networks, in the order of {@link NetworkSpec#tensors}
   */
  TextbookDoubleDqn(
      NetworkSpec network, int batchSize, DoubleDqnSettings settings, float[] initialParameters) {
    this.settings = settings;
    observationSize = network.observationSize();
    // DJL has gradients off on the thread that starts it, and on on every other.
    JniUtils.setGradMode(false);
    online = TextbookBlocks.model("online", network, initialParameters);
    target = TextbookBlocks.model("target", network, initialParameters);
    trainer =
        online.newTrainer(
            TextbookBlocks.training(new HuberLoss((float) settings.huberDelta()), settings.adam()));
    Shape input = new Shape(batchSize, observationSize);
    trainer.initialize(input);
    targetManager = target.getNDManager();
    target.getBlock().initialize(targetManager, DataType.FLOAT32, input);
    target.getBlock().freezeParameters(true);
    targetParameters = new ParameterStore(targetManager, false);
  }

  /** Learns from a batch and returns the loss. */
  float update(BatchArrays batch) {
    int size = batch.rewards.length;
    try (NDManager manager = trainer.getManager().newSubManager()) {
      Shape rows = new Shape(size, observationSize);
      Shape column = new Shape(size, 1);
      NDArray observations = manager.create(batch.observations, rows);
      NDArray nextObservations = manager.create(batch.nextObservations, rows);
      NDArray actions = manager.create(batch.actions, column);
      NDArray rewards = manager.create(batch.rewards, column);
      NDArray discounts = manager.create(batch.discounts, column);

      NDArray nextActions =
          trainer.evaluate(new NDList(nextObservations)).singletonOrThrow().argMax(1);
      NDArray nextValues =
          target
              .getBlock()
              .forward(targetParameters, new NDList(nextObservations), false)
              .singletonOrThrow()
              .gather(nextActions.expandDims(1), 1);
      NDArray targets = rewards.add(discounts.mul(nextValues));

      float loss;
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDArray values =
            trainer.forward(new NDList(observations)).singletonOrThrow().gather(actions, 1);
        NDArray mean = trainer.getLoss().evaluate(new NDList(targets), new NDList(values));
        collector.backward(mean);
        loss = mean.getFloat();
      }
      trainer.step();
      updates++;
      if (updates % settings.targetUpdateInterval() == 0) {
        copyToTarget();
      }
      return loss;
    }
  }

  private void copyToTarget() {
    List<Parameter> from = parameters(online.getBlock());
    List<Parameter> to = parameters(target.getBlock());
    for (int i = 0; i < from.size(); i++) {
      to.get(i).getArray().set(new NDIndex(":"), from.get(i).getArray());
    }
  }

  private static List<Parameter> parameters(Block block) {
    return block.getParameters().values();
  }

  @Override
  public void close() {
    trainer.close();
    target.close();
    online.close();
  }

  /** x²/2 up to δ, δ (|x| − δ/2) beyond, and the mean of it. DJL has none. */
  private static final class HuberLoss extends Loss {
    private final float delta;

    HuberLoss(float delta) {
      super("HuberLoss");
      this.delta = delta;
    }

    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
      NDArray error = labels.singletonOrThrow().sub(predictions.singletonOrThrow()).abs();
      NDArray quadratic = error.minimum(delta);
      NDArray linear = error.sub(quadratic);
      return quadratic.square().mul(0.5f).add(linear.mul(delta)).mean();
    }
  }
}

package dev.relive.benchmarks;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import dev.relive.agents.ActorCriticSettings;
import dev.relive.agents.NetworkSpec;

/**
 * Advantage actor-critic the way DJL's documentation teaches training: blocks, a trainer with a
 * loss and an optimiser, a gradient collector around forward and backward, then a step; advantages
 * in a loop over time, as one finds them everywhere. The same update as ours without correction,
 * but for gradient clipping, which DJL does element by element and not by the norm.
 */
final class TextbookActorCritic implements AutoCloseable {
  private final ActorCriticSettings settings;
  private final int actionCount;
  private final Model model;
  private final Trainer trainer;

  /**
   * @param initialParameters in the order of {@link NetworkSpec#tensors}
   */
  TextbookActorCritic(
      NetworkSpec network, int batchSize, ActorCriticSettings settings, float[] initialParameters) {
    this.settings = settings;
    actionCount = network.actionCount();
    // DJL has gradients off on the thread that starts it, and on on every other.
    JniUtils.setGradMode(false);
    model = TextbookBlocks.model("actor-critic", network, initialParameters);
    trainer =
        model.newTrainer(
            TextbookBlocks.training(new ActorCriticLoss(settings, actionCount), settings.adam()));
    trainer.initialize(new Shape(batchSize, network.observationSize()));
  }

  /** Learns from a batch and returns the loss. */
  float update(TrajectoryArrays batch) {
    try (NDManager manager = trainer.getManager().newSubManager()) {
      int size = batch.rewards.length;
      Shape column = new Shape(size, 1);
      NDArray observations =
          manager.create(batch.observations, new Shape(size, batch.observationSize));
      NDArray lastObservations =
          manager.create(batch.lastObservations, new Shape(batch.pieces, batch.observationSize));
      float[] bootstraps = values(trainer.evaluate(new NDList(lastObservations)));

      float loss;
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDList outputs = trainer.forward(new NDList(observations));
        float[] values = values(outputs);
        float[] advantages = advantages(batch, values, bootstraps);
        float[] targets = new float[size];
        for (int step = 0; step < size; step++) {
          targets[step] = values[step] + advantages[step];
        }
        NDList labels =
            new NDList(
                manager.create(batch.actions, column),
                manager.create(advantages, column),
                manager.create(targets, column));
        NDArray mean = trainer.getLoss().evaluate(labels, outputs);
        collector.backward(mean);
        loss = mean.getFloat();
      }
      trainer.step();
      return loss;
    }
  }

  private float[] values(NDList outputs) {
    return outputs.singletonOrThrow().get(new NDIndex(":, {}", actionCount)).toFloatArray();
  }

  /** Generalized advantages, backwards through each piece. */
  private float[] advantages(TrajectoryArrays batch, float[] values, float[] bootstraps) {
    float[] advantages = new float[values.length];
    for (int piece = 0; piece < batch.pieces; piece++) {
      float nextValue = batch.terminated(piece) ? 0 : bootstraps[piece];
      float next = 0;
      for (int step = (piece + 1) * batch.length - 1; step >= piece * batch.length; step--) {
        double tdError = batch.rewards[step] + settings.discount() * nextValue - values[step];
        next = (float) (tdError + settings.discount() * settings.lambda() * next);
        advantages[step] = next;
        nextValue = values[step];
      }
    }
    return advantages;
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }

  /** The three losses in one; the labels are actions, advantages and targets. */
  private static final class ActorCriticLoss extends Loss {
    private final float valueWeight;
    private final float entropyWeight;
    private final int actionCount;

    ActorCriticLoss(ActorCriticSettings settings, int actionCount) {
      super("ActorCriticLoss");
      valueWeight = (float) settings.valueWeight();
      entropyWeight = (float) settings.entropyWeight();
      this.actionCount = actionCount;
    }

    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
      NDArray outputs = predictions.singletonOrThrow();
      NDArray logPolicy = outputs.get(new NDIndex(":, 0:{}", actionCount)).logSoftmax(1);
      NDArray values = outputs.get(new NDIndex(":, {}:", actionCount));
      NDArray policyLoss = logPolicy.gather(labels.get(0), 1).mul(labels.get(1)).mean().neg();
      NDArray valueLoss = labels.get(2).sub(values).square().mean().mul(0.5f);
      NDArray entropy = logPolicy.exp().mul(logPolicy).sum(new int[] {1}).mean().neg();
      return policyLoss.add(valueLoss.mul(valueWeight)).sub(entropy.mul(entropyWeight));
    }
  }
}

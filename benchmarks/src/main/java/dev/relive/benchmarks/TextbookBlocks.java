package dev.relive.benchmarks;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.relive.agents.AdamSettings;
import dev.relive.agents.NetworkSpec;
import java.nio.FloatBuffer;

/** Networks and optimisers of DJL that are the same as ours. */
final class TextbookBlocks {

  private TextbookBlocks() {}

  /**
   * @param parameters in the order of {@link NetworkSpec#tensors}
   */
  static Model model(String name, NetworkSpec network, float[] parameters) {
    SequentialBlock block = new SequentialBlock();
    for (int units : network.hiddenSizes()) {
      block.add(Linear.builder().setUnits(units).build());
      switch (network.activation()) {
        case RELU -> block.add(Activation::relu);
        case TANH -> block.add(Activation::tanh);
      }
    }
    block.add(Linear.builder().setUnits(network.outputCount()).build());
    FloatBuffer rest = FloatBuffer.wrap(parameters);
    Initializer given =
        (manager, shape, type) -> {
          float[] values = new float[(int) shape.size()];
          rest.get(values);
          return manager.create(values, shape);
        };
    block.setInitializer(given, parameter -> true);
    Model model = Model.newInstance(name, Device.cpu(), "PyTorch");
    model.setBlock(block);
    return model;
  }

  /** Adam, clipped as DJL does it: element by element and not by the norm. */
  static DefaultTrainingConfig training(Loss loss, AdamSettings settings) {
    Optimizer adam =
        Optimizer.adam()
            .optLearningRateTracker(Tracker.fixed((float) settings.learningRate()))
            .optBeta1((float) settings.beta1())
            .optBeta2((float) settings.beta2())
            .optEpsilon((float) settings.epsilon())
            .optClipGrad((float) settings.maxGradientNorm())
            .build();
    return new DefaultTrainingConfig(loss)
        .optOptimizer(adam)
        .optDevices(new Device[] {Device.cpu()});
  }
}

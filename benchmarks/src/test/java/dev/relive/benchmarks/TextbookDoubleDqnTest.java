package dev.relive.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.relive.agents.Activation;
import dev.relive.agents.AdamSettings;
import dev.relive.agents.DoubleDqn;
import dev.relive.agents.DoubleDqnSettings;
import dev.relive.agents.Heads;
import dev.relive.agents.NetworkSpec;
import dev.relive.agents.TransitionBatch;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.random.Generator;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextbookDoubleDqnTest {

  /** By the loss before each update, which depends on the weights after all updates before. */
  @Test
  void doesTheSameUpdatesAsOurs() {
    NetworkSpec network =
        new NetworkSpec(3, List.of(16, 8), 2, Heads.ACTION_VALUES, Activation.RELU);
    float[] initial = network.initialParameters(Generator.seeded(3));
    // Wide enough that neither way of clipping acts; a target update falls within the test.
    DoubleDqnSettings settings = new DoubleDqnSettings(AdamSettings.of(1e-3, 1e6), 0.5, 4, 1);
    try (Compute compute = Compute.open(DeviceChoice.CPU);
        TransitionBatch batch = new TransitionBatch(compute, 32, 3);
        DoubleDqn ours = new DoubleDqn(compute, network, settings, initial);
        TextbookDoubleDqn textbook = new TextbookDoubleDqn(network, 32, settings, initial)) {
      Generator random = Generator.seeded(4);
      for (int update = 0; update < 20; update++) {
        BatchArrays arrays = new BatchArrays(32, network, 0.9, random);
        arrays.writeTo(batch);
        assertEquals(ours.update(batch).loss(), textbook.update(arrays), 1e-5);
      }
    }
  }
}

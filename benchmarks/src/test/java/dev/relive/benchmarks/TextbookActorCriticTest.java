package dev.relive.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.relive.agents.Activation;
import dev.relive.agents.ActorCritic;
import dev.relive.agents.ActorCriticSettings;
import dev.relive.agents.AdamSettings;
import dev.relive.agents.Heads;
import dev.relive.agents.NetworkSpec;
import dev.relive.agents.TrajectoryBatch;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.random.Generator;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextbookActorCriticTest {

  /** By the loss before each update, which depends on the weights after all updates before. */
  @Test
  void doesTheSameUpdatesAsOurs() {
    NetworkSpec network =
        new NetworkSpec(3, List.of(16, 8), 2, Heads.POLICY_AND_VALUE, Activation.TANH);
    float[] initial = network.initialParameters(Generator.seeded(3));
    // Wide enough that neither way of clipping acts.
    ActorCriticSettings settings =
        new ActorCriticSettings(AdamSettings.of(1e-3, 1e6), 0.9, 0.8, 0.5, 0.01, false, 1, 1);
    try (Compute compute = Compute.open(DeviceChoice.CPU);
        TrajectoryBatch batch = new TrajectoryBatch(compute, 40, 3);
        ActorCritic ours = new ActorCritic(compute, network, settings, initial);
        TextbookActorCritic textbook = new TextbookActorCritic(network, 40, settings, initial)) {
      Generator random = Generator.seeded(4);
      for (int update = 0; update < 20; update++) {
        TrajectoryArrays arrays = new TrajectoryArrays(5, 8, network, random);
        arrays.writeTo(batch);
        assertEquals(ours.update(batch).loss(), textbook.update(arrays), 1e-5);
      }
    }
  }
}

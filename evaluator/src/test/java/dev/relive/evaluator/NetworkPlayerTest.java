package dev.relive.evaluator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.agents.Activation;
import dev.relive.agents.EnvironmentMessages;
import dev.relive.agents.Heads;
import dev.relive.agents.ModelMessages;
import dev.relive.agents.NetworkSpec;
import dev.relive.agents.Normalisation;
import dev.relive.agents.ObservationEncoder;
import dev.relive.agents.ObservationEncoding;
import dev.relive.agents.OneHot;
import dev.relive.agents.PreprocessingMessages;
import dev.relive.agents.Tensors;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Environments;
import dev.relive.environments.random.RunSeeds;
import dev.relive.log.wire.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NetworkPlayerTest {
  private static final EnvironmentSpec CART_POLE = Environments.spec("CartPole-v1");
  private static final int EPISODES = 6;

  private final NetworkPlayer player =
      new NetworkPlayer(CART_POLE, new RunSeeds(5), 4, DeviceChoice.CPU);

  @AfterEach
  void close() {
    player.close();
  }

  /** Weights for 3θ + θ' and a deviation of a third for θ come to the same choices. */
  @Test
  void aNetworkThatLearnedFromNormalisedObservationsIsShownSuch() throws InterruptedException {
    player.load(snapshot(1, new float[] {0, 0, 0, 0, 0, 0, 3, 1, 0, 0}, null));
    double[] plain = player.play(0, EPISODES).returns();
    player.load(
        snapshot(
            1,
            new float[] {0, 0, 0, 0, 0, 0, 1, 1, 0, 0},
            new Normalisation(new float[4], new float[] {1, 1, 1 / 3f, 1})));
    assertArrayEquals(plain, player.play(0, EPISODES).returns());
  }

  /**
   * The angle and its change from the frame before balance the pole; without the change it falls.
   */
  @Test
  void aNetworkThatLearnedFromSeveralFramesIsShownThoseOfTheEpisode() throws InterruptedException {
    player.load(
        snapshot(2, new float[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -50, 0, 0, 0, 53, 0, 0, 0}, null));
    assertTrue(player.play(0, EPISODES).mean() > 400);
    player.load(
        snapshot(2, new float[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0}, null));
    assertTrue(player.play(0, EPISODES).mean() < 100);
  }

  private static Snapshot snapshot(
      int frames, float[] weights, @Nullable Normalisation statistics) {
    ObservationEncoder encoder =
        new ObservationEncoder(
            ObservationEncoding.of(
                EnvironmentMessages.message(CART_POLE), OneHot.AUTO, frames, statistics != null));
    if (statistics != null) {
      encoder.use(statistics);
    }
    NetworkSpec network =
        new NetworkSpec(4 * frames, List.of(), 2, Heads.ACTION_VALUES, Activation.RELU);
    return Snapshot.newBuilder()
        .setNetwork(ModelMessages.message(network))
        .setWeights(ModelMessages.message(Tensors.of(network.tensors(), weights)))
        .setPreprocessing(PreprocessingMessages.message(encoder))
        .build();
  }
}

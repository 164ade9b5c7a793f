package dev.relive.agents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Environments;
import dev.relive.environments.random.Generator;
import dev.relive.log.wire.Preprocessing;
import dev.relive.log.wire.Setting;
import dev.relive.log.wire.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelTest {
  private static final EnvironmentSpec CART_POLE = Environments.spec("CartPole-v1");
  private static final NetworkSpec NETWORK =
      new NetworkSpec(4, List.of(3), 2, Heads.ACTION_VALUES, Activation.RELU);

  private final float[] weights = NETWORK.initialParameters(Generator.seeded(1));

  @Test
  void aSoundModelComesBack() {
    Model model = Model.of(snapshot(NETWORK, weights).build(), CART_POLE);

    assertEquals(NETWORK, model.network());
    assertArrayEquals(weights, model.weights());
  }

  @Test
  void damagedWeightsAreRefused() {
    Snapshot.Builder snapshot = snapshot(NETWORK, weights);
    byte[] bytes = snapshot.getWeights().getSafetensors().toByteArray();
    bytes[bytes.length - 1] ^= 1;
    snapshot.getWeightsBuilder().setSafetensors(ByteString.copyFrom(bytes));

    assertRefused(snapshot, "SHA-256");
  }

  @Test
  void aNetworkForAnotherEnvironmentIsRefused() {
    NetworkSpec other = new NetworkSpec(4, List.of(3), 5, Heads.ACTION_VALUES, Activation.RELU);

    assertRefused(snapshot(other, new float[other.parameterCount()]), "5 actions");
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() {
    NetworkSpec other = new NetworkSpec(4, List.of(7), 2, Heads.ACTION_VALUES, Activation.RELU);
    Snapshot.Builder snapshot =
        snapshot(other, new float[other.parameterCount()])
            .setNetwork(ModelMessages.message(NETWORK));

    assertRefused(snapshot, "Expected the tensors");
  }

  @Test
  void unknownPreprocessingIsRefused() {
    Setting scaling = Setting.newBuilder().setName("scale").setValue("2").build();

    assertRefused(
        snapshot(NETWORK, weights)
            .setPreprocessing(Preprocessing.newBuilder().addSettings(scaling)),
        "scale");
  }

  @Test
  void whatTheNetworkSeesOfAnObservationComesWithIt() {
    ObservationEncoder encoder =
        new ObservationEncoder(
            ObservationEncoding.of(EnvironmentMessages.message(CART_POLE), OneHot.AUTO, 2, true));
    encoder.use(new Normalisation(new float[] {1, 2, 3, 4}, new float[] {5, 6, 7, 8}));
    NetworkSpec network = new NetworkSpec(8, List.of(3), 2, Heads.ACTION_VALUES, Activation.RELU);
    Snapshot.Builder snapshot =
        snapshot(network, new float[network.parameterCount()])
            .setPreprocessing(PreprocessingMessages.message(encoder));

    Model model = Model.of(snapshot.build(), CART_POLE);
    assertEquals(encoder.encoding(), model.encoding());
    assertArrayEquals(new float[] {5, 6, 7, 8}, model.normalisation().deviation());
    assertRefused(snapshot.clearPreprocessing(), "become 4 numbers");
  }

  private static void assertRefused(Snapshot.Builder snapshot, String said) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> Model.of(snapshot.build(), CART_POLE));
    assertTrue(String.valueOf(refusal.getMessage()).contains(said), refusal.getMessage());
  }

  private static Snapshot.Builder snapshot(NetworkSpec network, float[] weights) {
    return Snapshot.newBuilder()
        .setRun("run")
        .setNetwork(ModelMessages.message(network))
        .setWeights(ModelMessages.message(Tensors.of(network.tensors(), weights)));
  }
}

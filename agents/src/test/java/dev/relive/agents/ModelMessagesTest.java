package dev.relive.agents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import dev.relive.log.wire.Setting;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelMessagesTest {
  private static final NetworkSpec NETWORK =
      new NetworkSpec(2, List.of(3), 2, Heads.ACTION_VALUES, Activation.RELU);

  @ParameterizedTest
  @EnumSource(Heads.class)
  void networkComesBackFromItsMessage(Heads heads) {
    NetworkSpec network = new NetworkSpec(2, List.of(3), 2, heads, Activation.TANH);
    assertEquals(network, ModelMessages.network(ModelMessages.message(network)));
  }

  @ParameterizedTest
  @EnumSource(Heads.class)
  void convolutionsComeBackFromTheirMessage(Heads heads) {
    NetworkSpec network =
        new NetworkSpec(
            new Convolutions(4, 10, 9, 3, List.of(16, 8)), List.of(3), 2, heads, Activation.RELU);
    var message = ModelMessages.message(network);
    assertEquals(network, ModelMessages.network(message));
    assertEquals("cnn", message.getKind());
    assertRefused(
        message.toBuilder().clearImageShape().addImageShape(10),
        "A network for images of the shape [10] cannot be built; a shape is frames, rows, columns"
            + " and channels.");
  }

  @Test
  void actionValuesAreWhatANetworkWithoutSettingsHas() {
    assertEquals(0, ModelMessages.message(NETWORK).getSettingsCount());
  }

  @Test
  void aNetworkOfAnotherKindIsRefusedByName() {
    assertRefused(
        ModelMessages.message(NETWORK).toBuilder().setKind("transformer"),
        "A network of the kind 'transformer' cannot be built; known are [cnn, mlp].");
  }

  @Test
  void anUnknownActivationIsRefused() {
    assertRefused(
        ModelMessages.message(NETWORK).toBuilder().setActivation("swish"),
        "A network with the activation 'swish' cannot be built; known are [relu, tanh].");
  }

  @Test
  void unknownHeadsAndSettingsAreRefused() {
    assertRefused(
        ModelMessages.message(NETWORK).toBuilder()
            .addSettings(Setting.newBuilder().setName("heads").setValue("dueling")),
        "A network with the heads 'dueling' cannot be built; known are [action-values,"
            + " policy-and-value].");
    assertRefused(
        ModelMessages.message(NETWORK).toBuilder()
            .addSettings(Setting.newBuilder().setName("dropout").setValue("0.1")),
        "A network with the setting 'dropout' cannot be built; known are [heads].");
  }

  private static void assertRefused(
      dev.relive.log.wire.NetworkSpec.Builder message, String sentence) {
    Exception refusal =
        assertThrows(IllegalArgumentException.class, () -> ModelMessages.network(message.build()));
    assertEquals(sentence, refusal.getMessage());
  }

  @Test
  void tensorsComeBackAndADamagedBitIsFound() {
    float[] values = new float[NETWORK.parameterCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 7f;
    }
    var message = ModelMessages.message(Tensors.of(NETWORK.tensors(), values));
    assertArrayEquals(values, ModelMessages.tensors(message).values());

    byte[] damaged = message.getSafetensors().toByteArray();
    damaged[damaged.length - 1] ^= 1;
    var wrong = message.toBuilder().setSafetensors(ByteString.copyFrom(damaged)).build();
    assertThrows(IllegalArgumentException.class, () -> ModelMessages.tensors(wrong));
  }
}

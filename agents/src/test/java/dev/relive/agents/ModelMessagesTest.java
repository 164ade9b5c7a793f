package dev.relive.agents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelMessagesTest {
  private static final NetworkSpec NETWORK =
      new NetworkSpec(2, List.of(3), 2, Heads.ACTION_VALUES, Activation.RELU);

  @Test
  void networkComesBackFromItsMessage() {
    assertEquals(NETWORK, ModelMessages.network(ModelMessages.message(NETWORK)));
  }

  @Test
  void aNetworkOfAnotherKindIsRefusedByName() {
    var message = ModelMessages.message(NETWORK).toBuilder().setKind("transformer").build();
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> ModelMessages.network(message));
    assertTrue(String.valueOf(refusal.getMessage()).contains("transformer"));
  }

  @Test
  void anUnknownActivationIsRefused() {
    var message = ModelMessages.message(NETWORK).toBuilder().setActivation("swish").build();
    assertThrows(IllegalArgumentException.class, () -> ModelMessages.network(message));
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

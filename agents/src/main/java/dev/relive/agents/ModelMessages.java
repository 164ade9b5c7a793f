package dev.relive.agents;

import com.google.protobuf.UnsafeByteOperations;
import dev.relive.log.wire.Setting;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;

/** Networks and tensors as the log's messages and back. */
public final class ModelMessages {
  private static final String MULTI_LAYER_PERCEPTRON = "mlp";

  private ModelMessages() {}

  /** A network's shape as a message. */
  public static dev.relive.log.wire.NetworkSpec message(NetworkSpec network) {
    return dev.relive.log.wire.NetworkSpec.newBuilder()
        .setKind(MULTI_LAYER_PERCEPTRON)
        .setObservationSize(network.observationSize())
        .setActionCount(network.actionCount())
        .addAllHiddenSizes(network.hiddenSizes())
        .setActivation(name(network.activation()))
        .build();
  }

  /**
   * The network that a message describes.
   *
   * @throws IllegalArgumentException when this program cannot build it
   */
  public static NetworkSpec network(dev.relive.log.wire.NetworkSpec message) {
    if (!message.getKind().equals(MULTI_LAYER_PERCEPTRON) || message.getSettingsCount() > 0) {
      throw new IllegalArgumentException(
          "A network of kind '"
              + message.getKind()
              + "' with the settings "
              + message.getSettingsList().stream().map(Setting::getName).toList()
              + " cannot be built; known is '"
              + MULTI_LAYER_PERCEPTRON
              + "' without any.");
    }
    return new NetworkSpec(
        message.getObservationSize(),
        message.getHiddenSizesList(),
        message.getActionCount(),
        activation(message.getActivation()));
  }

  private static Activation activation(String name) {
    return Arrays.stream(Activation.values())
        .filter(activation -> name(activation).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "A network with the activation '"
                        + name
                        + "' cannot be built; known are "
                        + Arrays.stream(Activation.values()).map(ModelMessages::name).toList()
                        + "."));
  }

  private static String name(Activation activation) {
    return activation.name().toLowerCase(Locale.ROOT);
  }

  /** Tensors as a message, with their checksum. */
  public static dev.relive.log.wire.Tensors message(Tensors tensors) {
    return dev.relive.log.wire.Tensors.newBuilder()
        .setSafetensors(UnsafeByteOperations.unsafeWrap(Safetensors.encode(tensors)))
        .setSha256(UnsafeByteOperations.unsafeWrap(tensors.sha256()))
        .build();
  }

  /**
   * The tensors of a message.
   *
   * @throws IllegalArgumentException when they are malformed or not what their checksum says
   */
  public static Tensors tensors(dev.relive.log.wire.Tensors message) {
    Tensors tensors = Safetensors.decode(message.getSafetensors().asReadOnlyByteBuffer());
    if (!MessageDigest.isEqual(tensors.sha256(), message.getSha256().toByteArray())) {
      throw new IllegalArgumentException(
          "The weights are damaged: their SHA-256 is not the one stated with them.");
    }
    return tensors;
  }
}

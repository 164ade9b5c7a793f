package dev.relive.agents;

import com.google.protobuf.UnsafeByteOperations;
import dev.relive.log.wire.Setting;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Networks and tensors as the log's messages and back. */
public final class ModelMessages {
  private static final String MULTI_LAYER_PERCEPTRON = "mlp";
  private static final String CONVOLUTIONAL = "cnn";
  private static final String HEADS_SETTING = "heads";

  private static final int IMAGE_DIMENSIONS = 4;

  private ModelMessages() {}

  /** A network's shape as a message. */
  public static dev.relive.log.wire.NetworkSpec message(NetworkSpec network) {
    dev.relive.log.wire.NetworkSpec.Builder message =
        dev.relive.log.wire.NetworkSpec.newBuilder()
            .setKind(network.convolutions() == null ? MULTI_LAYER_PERCEPTRON : CONVOLUTIONAL)
            .setObservationSize(network.observationSize())
            .setActionCount(network.actionCount())
            .addAllHiddenSizes(network.hiddenSizes())
            .setActivation(name(network.activation()));
    Convolutions convolutions = network.convolutions();
    if (convolutions != null) {
      message
          .addImageShape(convolutions.frames())
          .addImageShape(convolutions.rows())
          .addImageShape(convolutions.columns())
          .addImageShape(convolutions.channels())
          .addAllConvolutionChannels(convolutions.filters());
    }
    if (network.heads() != Heads.ACTION_VALUES) {
      message.addSettings(
          Setting.newBuilder().setName(HEADS_SETTING).setValue(name(network.heads())));
    }
    return message.build();
  }

  /**
   * The network that a message describes.
   *
   * @throws IllegalArgumentException when this program cannot build it
   */
  public static NetworkSpec network(dev.relive.log.wire.NetworkSpec message) {
    @Nullable Convolutions convolutions =
        switch (message.getKind()) {
          case MULTI_LAYER_PERCEPTRON -> null;
          case CONVOLUTIONAL -> convolutions(message);
          default ->
              throw cannotBuild(
                  "of the kind", message.getKind(), List.of(CONVOLUTIONAL, MULTI_LAYER_PERCEPTRON));
        };
    return new NetworkSpec(
        message.getObservationSize(),
        convolutions,
        message.getHiddenSizesList(),
        message.getActionCount(),
        heads(message.getSettingsList()),
        named("with the activation", message.getActivation(), Activation.values()));
  }

  private static Convolutions convolutions(dev.relive.log.wire.NetworkSpec message) {
    List<Integer> shape = message.getImageShapeList();
    if (shape.size() != IMAGE_DIMENSIONS) {
      throw new IllegalArgumentException(
          "A network for images of the shape %s cannot be built; a shape is frames, rows, columns and channels."
              .formatted(shape));
    }
    return new Convolutions(
        shape.get(0),
        shape.get(1),
        shape.get(2),
        shape.get(3),
        message.getConvolutionChannelsList());
  }

  private static Heads heads(List<Setting> settings) {
    Heads heads = Heads.ACTION_VALUES;
    for (Setting setting : settings) {
      if (!setting.getName().equals(HEADS_SETTING)) {
        throw cannotBuild("with the setting", setting.getName(), List.of(HEADS_SETTING));
      }
      heads = named("with the heads", setting.getValue(), Heads.values());
    }
    return heads;
  }

  private static <T extends Enum<T>> T named(String what, String name, T[] known) {
    return Arrays.stream(known)
        .filter(value -> name(value).equals(name))
        .findFirst()
        .orElseThrow(
            () -> cannotBuild(what, name, Arrays.stream(known).map(ModelMessages::name).toList()));
  }

  private static IllegalArgumentException cannotBuild(
      String what, String value, List<String> known) {
    return new IllegalArgumentException(
        "A network %s '%s' cannot be built; known are %s.".formatted(what, value, known));
  }

  /** A value as the log's messages name it. */
  static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
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

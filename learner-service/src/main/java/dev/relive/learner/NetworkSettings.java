package dev.relive.learner;

import dev.relive.agents.Activation;
import dev.relive.agents.Convolutions;
import dev.relive.log.InvalidSettingException;
import dev.relive.log.Settings;
import dev.relive.log.wire.EnvironmentSpec;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The layers of a network between its observation and its heads.
 *
 * @param convolutionChannels channels that each convolution makes; empty: there are none
 * @param hiddenSizes units of the fully connected layers that follow
 */
public record NetworkSettings(List<Integer> convolutionChannels, List<Integer> hiddenSizes) {
  private static final String CONVOLUTION_CHANNELS = "network.convolution-channels";
  private static final String HIDDEN_SIZES = "network.hidden-sizes";
  private static final int IMAGE_DIMENSIONS = 3;

  /**
   * The settings that are read here.
   *
   * @param activation what stands between the layers
   */
  static List<SettingDescription> catalogue(Activation activation) {
    String name =
        activation == Activation.RELU ? "ReLU" : activation.name().toLowerCase(Locale.ROOT);
    return List.of(
        new SettingDescription(
            CONVOLUTION_CHANNELS, "0", "channels of each 3x3 convolution of images; 0: none"),
        new SettingDescription(
            HIDDEN_SIZES, "128,128", "units of the hidden layers, " + name + " between"));
  }

  static NetworkSettings of(Settings settings) {
    List<Integer> channels = settings.integers(CONVOLUTION_CHANNELS, 0, 4096);
    if (channels.size() > 1 && channels.contains(0)) {
      throw settings.invalid(CONVOLUTION_CHANNELS, "0 for none, or 1 or more for each convolution");
    }
    return new NetworkSettings(
        channels.contains(0) ? List.of() : channels, settings.integers(HIDDEN_SIZES, 1, 65_536));
  }

  /**
   * The convolutions for an environment's observations; null where there are to be none.
   *
   * @param frames observations that the network sees at once
   * @throws InvalidSettingException if its observations are not images, or too small
   */
  @Nullable Convolutions convolutions(EnvironmentSpec environment, int frames) {
    if (convolutionChannels.isEmpty()) {
      return null;
    }
    List<Integer> shape = environment.getObservations().getShapeList();
    if (shape.size() != IMAGE_DIMENSIONS) {
      throw new InvalidSettingException(
          "The setting %s is %s, and must be 0 where observations are not images of rows, columns and channels, as those of %s are not."
              .formatted(CONVOLUTION_CHANNELS, text(), environment.getId()));
    }
    try {
      return new Convolutions(
          frames, shape.get(0), shape.get(1), shape.get(2), convolutionChannels);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(
          "The setting %s is %s, which does not suit %s. %s"
              .formatted(CONVOLUTION_CHANNELS, text(), environment.getId(), e.getMessage()));
    }
  }

  private String text() {
    return String.join(",", convolutionChannels.stream().map(String::valueOf).toList());
  }
}

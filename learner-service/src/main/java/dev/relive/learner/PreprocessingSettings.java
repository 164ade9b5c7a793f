package dev.relive.learner;

import dev.relive.agents.ObservationEncoding;
import dev.relive.agents.OneHot;
import dev.relive.agents.PreprocessingMessages;
import dev.relive.agents.RewardProcessing;
import dev.relive.log.InvalidSettingException;
import dev.relive.log.Settings;
import dev.relive.log.wire.EnvironmentSpec;
import java.util.List;
import java.util.Locale;

/**
 * What is done to observations before the network, wherever there is one, and to rewards in the
 * learner. The log has both as the environment gave them.
 *
 * @param oneHot whether categories become one number for each
 * @param frames observations that the network sees at once
 * @param normalised whether numbers are normalised
 * @param rewards what is done to rewards
 */
public record PreprocessingSettings(
    OneHot oneHot, int frames, boolean normalised, RewardProcessing rewards) {
  private static final String REWARD_SCALE = "reward.scale";
  private static final String REWARD_CLIP = "reward.clip";

  static final List<SettingDescription> CATALOGUE =
      List.of(
          new SettingDescription(
              PreprocessingMessages.ONE_HOT,
              "auto",
              "a number for each category; auto: if there are any"),
          new SettingDescription(
              PreprocessingMessages.STACK,
              "1",
              "newest observations that the network sees at once"),
          new SettingDescription(
              PreprocessingMessages.NORMALISE,
              "false",
              "numbers to mean 0 and deviation 1 of what came"),
          new SettingDescription(REWARD_SCALE, "1", "multiplies what is learned from a reward"),
          new SettingDescription(
              REWARD_CLIP, "0", "its largest absolute value after that; 0: none"));

  static PreprocessingSettings of(Settings settings) {
    return new PreprocessingSettings(
        oneHot(settings),
        settings.smallInteger(PreprocessingMessages.STACK, 1, 1_000),
        settings.flag(PreprocessingMessages.NORMALISE),
        new RewardProcessing(
            settings.real(REWARD_SCALE, -1e9, 1e9), settings.real(REWARD_CLIP, 0, 1e9)));
  }

  private static OneHot oneHot(Settings settings) {
    return switch (settings.text(PreprocessingMessages.ONE_HOT)) {
      case "auto" -> OneHot.AUTO;
      case "true" -> OneHot.TRUE;
      case "false" -> OneHot.FALSE;
      default -> throw settings.invalid(PreprocessingMessages.ONE_HOT, "auto, true or false");
    };
  }

  /**
   * What becomes of an environment's observations.
   *
   * @throws InvalidSettingException if that cannot be done to them
   */
  ObservationEncoding encoding(EnvironmentSpec environment) {
    try {
      return ObservationEncoding.of(environment, oneHot, frames, normalised);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(
          "The settings %s %s and %s %d do not suit %s. %s"
              .formatted(
                  PreprocessingMessages.ONE_HOT,
                  oneHot.toString().toLowerCase(Locale.ROOT),
                  PreprocessingMessages.STACK,
                  frames,
                  environment.getId(),
                  e.getMessage()));
    }
  }
}

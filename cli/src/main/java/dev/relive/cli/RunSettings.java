package dev.relive.cli;

import static java.util.stream.Collectors.toMap;

import dev.relive.learner.Algorithm;
import dev.relive.learner.SettingDescription;
import dev.relive.log.FlowSettings;
import dev.relive.log.Settings;
import dev.relive.service.UserException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The settings of a run on the command line. Those that everyone needs are options of their own;
 * the others are {@code --set name=value}.
 */
final class RunSettings {

  private static final String STEPS = "schedule.steps";

  /** Settings that are options of their own, by name. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          STEPS,
          "--steps",
          FlowSettings.LANES,
          "--lanes",
          FlowSettings.MAX_LEAD,
          "--max-lead",
          FlowSettings.SEGMENT_LENGTH,
          "--segment-length");

  private RunSettings() {}

  /** What {@code --set} can set, in the order in which a reader wants it. */
  static List<SettingDescription> settable() {
    return Algorithm.DOUBLE_DQN.catalogue().stream()
        .filter(setting -> !OPTIONS.containsKey(setting.name()))
        .toList();
  }

  static int defaultLanes() {
    return Integer.parseInt(defaultOf(FlowSettings.LANES));
  }

  static int defaultMaxLead() {
    return Integer.parseInt(defaultOf(FlowSettings.MAX_LEAD));
  }

  static int defaultSegmentLength() {
    return Integer.parseInt(defaultOf(FlowSettings.SEGMENT_LENGTH));
  }

  static long defaultSteps() {
    return Long.parseLong(defaultOf(STEPS));
  }

  private static String defaultOf(String name) {
    return Algorithm.DOUBLE_DQN.catalogue().stream()
        .filter(setting -> setting.name().equals(name))
        .map(SettingDescription::defaultValue)
        .findFirst()
        .orElseThrow();
  }

  /**
   * All settings of a run: the defaults, and what the user states in their place.
   *
   * @param stated the values of {@code --set} by name
   * @throws UserException naming a setting that does not exist, or is another option's
   */
  static Settings of(long steps, FlowOptions flow, Map<String, String> stated) {
    stated.keySet().forEach(RunSettings::checkName);
    return Algorithm.DOUBLE_DQN
        .defaults()
        .with(Settings.of(Map.of(STEPS, Long.toString(steps))))
        .with(flow.toSettings())
        .with(Settings.of(stated));
  }

  private static void checkName(String name) {
    String option = OPTIONS.get(name);
    if (option != null) {
      throw usage("The setting %s is stated by %s, not by --set.".formatted(name, option));
    }
    List<String> names = settable().stream().map(SettingDescription::name).toList();
    if (!names.contains(name)) {
      throw usage("There is no setting " + name + suggestion(name, names));
    }
  }

  /** A setting's last word is enough to be recognised. */
  private static String suggestion(String name, List<String> names) {
    String ending = Suggestion.ending(name, names);
    if (!ending.equals(".") || name.contains(".")) {
      return ending;
    }
    Map<String, String> byLastWord =
        names.stream()
            .collect(toMap(n -> n.substring(n.indexOf('.') + 1), Function.identity(), (a, b) -> a));
    return Suggestion.nearest(name, byLastWord.keySet())
        .map(word -> "; did you mean " + byLastWord.get(word) + "?")
        .orElse(".");
  }

  private static UserException usage(String sentence) {
    return new UserException(sentence, ExitCode.USAGE, null);
  }
}

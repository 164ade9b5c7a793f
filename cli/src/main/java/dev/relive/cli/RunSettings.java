package dev.relive.cli;

import static java.util.stream.Collectors.toMap;

import dev.relive.learner.Algorithm;
import dev.relive.learner.SettingDescription;
import dev.relive.log.InvalidSettingException;
import dev.relive.log.Settings;
import dev.relive.service.UserException;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The settings of a run on the command line. Those that everyone needs are options of their own,
 * marked as {@link RunSetting}; the others are {@code --set name=value}.
 */
final class RunSettings {

  /** How {@link Settings#invalid} puts it: the setting, its value, and what is allowed. */
  private static final Pattern INVALID =
      Pattern.compile("The setting (\\S+) is (.*), and must be (.*)\\.");

  /** Options by the setting that they are. */
  private final Map<String, OptionSpec> options = new TreeMap<>();

  RunSettings(CommandSpec command) {
    for (OptionSpec option : command.options()) {
      settingOf(option).ifPresent(setting -> options.put(setting, option));
    }
  }

  /** The setting that an option is. */
  static Optional<String> settingOf(OptionSpec option) {
    return option.userObject() instanceof AnnotatedElement field
        ? Optional.ofNullable(field.getAnnotation(RunSetting.class)).map(RunSetting::value)
        : Optional.empty();
  }

  /** The option that a setting is; empty where it is set by {@code --set}. */
  Optional<OptionSpec> optionOf(String setting) {
    return Optional.ofNullable(options.get(setting));
  }

  /**
   * What the user states, the options and {@code --set} together.
   *
   * @param set the values of {@code --set} by name
   * @param algorithms whose settings may be stated
   * @throws UserException naming a setting that does not exist, or is another option's
   */
  Settings stated(Map<String, String> set, Algorithm... algorithms) {
    List<String> names = names(algorithms);
    set.keySet().forEach(name -> checkName(name, names));
    Map<String, String> stated = new TreeMap<>(set);
    options.forEach(
        (name, option) -> {
          if (option.getValue() != null) {
            checkOption(name, option, names, algorithms);
            stated.put(name, option.getValue().toString());
          }
        });
    return Settings.of(stated);
  }

  /**
   * All settings of a new run: the algorithm's defaults, and what the user states in their place,
   * checked together.
   */
  Settings complete(Algorithm algorithm, Map<String, String> set, boolean deterministic) {
    Settings all = algorithm.defaults().with(stated(set, algorithm));
    try {
      var unused = algorithm.settings(all, deterministic);
      return all;
    } catch (InvalidSettingException e) {
      throw inWordsOfOptions(e);
    }
  }

  /** Calls a setting what the user calls it. */
  private RuntimeException inWordsOfOptions(InvalidSettingException failure) {
    Matcher sentence = INVALID.matcher(String.valueOf(failure.getMessage()));
    return sentence.matches() && options.containsKey(sentence.group(1))
        ? new InvalidOption(
            options.get(sentence.group(1)).longestName(), sentence.group(2), sentence.group(3))
        : failure;
  }

  private static List<String> names(Algorithm... algorithms) {
    List<String> names = new ArrayList<>();
    for (Algorithm algorithm : algorithms) {
      algorithm.catalogue().stream().map(SettingDescription::name).forEach(names::add);
    }
    return names;
  }

  private static void checkOption(
      String name, OptionSpec option, List<String> names, Algorithm... algorithms) {
    if (!names.contains(name)) {
      throw usage(
          "%s is %s, but the algorithm %s has no such setting."
              .formatted(option.longestName(), option.getValue(), algorithms[0]));
    }
  }

  private void checkName(String name, List<String> names) {
    OptionSpec option = options.get(name);
    if (option != null) {
      throw usage(
          "The setting %s is stated by %s, not by --set.".formatted(name, option.longestName()));
    }
    if (names.contains(name)) {
      return;
    }
    for (Algorithm other : Algorithm.values()) {
      if (names(other).contains(name)) {
        throw usage("The setting %s is one of %s alone.".formatted(name, other));
      }
    }
    List<String> settable = names.stream().filter(each -> !options.containsKey(each)).toList();
    throw usage("There is no setting " + name + suggestion(name, settable));
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

  /**
   * What a setting is unless stated, where the algorithms differ each by its name; empty where none
   * has it.
   */
  static String usualValue(String setting) {
    Map<String, String> values = new TreeMap<>();
    for (Algorithm algorithm : Algorithm.values()) {
      usualValue(algorithm, setting).ifPresent(value -> values.put(algorithm.id(), value));
    }
    List<String> different = values.values().stream().distinct().toList();
    if (different.size() <= 1) {
      return String.join("", different);
    }
    return Arrays.stream(Algorithm.values())
        .map(algorithm -> values.get(algorithm.id()) + " for " + algorithm)
        .reduce((a, b) -> a + ", " + b)
        .orElseThrow();
  }

  /** What a setting is unless stated; empty where the algorithm has no such setting. */
  static Optional<String> usualValue(Algorithm algorithm, String setting) {
    return algorithm.catalogue().stream()
        .filter(each -> each.name().equals(setting))
        .map(SettingDescription::defaultValue)
        .findFirst();
  }
}

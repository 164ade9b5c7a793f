package dev.relive.cli;

import java.lang.reflect.AnnotatedElement;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What options are where nobody states them. */
final class UsualValues {

  private UsualValues() {}

  /** The option's usual value as text; empty where it has none. */
  static String of(OptionSpec option) {
    if (option.initialValue() instanceof Map) {
      return "";
    }
    if (option.initialValue() != null) {
      return option.initialValue().toString();
    }
    return RunSettings.settingOf(option)
        .map(RunSettings::usualValue)
        .or(() -> annotated(option))
        .orElse("");
  }

  private static Optional<String> annotated(ArgSpec option) {
    return option.userObject() instanceof AnnotatedElement field
        ? Optional.ofNullable(field.getAnnotation(UsualValue.class)).map(UsualValue::value)
        : Optional.empty();
  }
}

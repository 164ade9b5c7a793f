package dev.relive.service;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What each check said at one moment.
 *
 * @param failures by the check's name: empty when all was well, else the sentence that says why not
 */
public record HealthReport(SortedMap<String, Optional<String>> failures) {

  static HealthReport of(Map<String, Health.Check> checks) {
    SortedMap<String, Optional<String>> failures = new TreeMap<>();
    checks.forEach((name, check) -> failures.put(name, ask(check)));
    return new HealthReport(failures);
  }

  private static Optional<String> ask(Health.Check check) {
    try {
      return check.failure();
    } catch (RuntimeException e) {
      return Optional.of("The check itself failed: " + e + ".");
    }
  }

  /** Whether every check passed. */
  public boolean passed() {
    return failures.values().stream().allMatch(Optional::isEmpty);
  }

  String toJson() {
    return failures.entrySet().stream()
        .map(each -> check(each.getKey(), each.getValue()))
        .collect(Collectors.joining(",", "{\"ok\":" + passed() + ",\"checks\":[", "]}\n"));
  }

  private static String check(String name, Optional<String> failure) {
    String reason = failure.map(sentence -> ",\"reason\":" + quote(sentence)).orElse("");
    return "{\"name\":" + quote(name) + ",\"ok\":" + failure.isEmpty() + reason + "}";
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars()
        .forEach(
            character -> {
              if (character == '"' || character == '\\') {
                quoted.append('\\').append((char) character);
              } else if (character < ' ') {
                quoted.append("\\u%04x".formatted(character));
              } else {
                quoted.append((char) character);
              }
            });
    return quoted.append('"').toString();
  }
}

package dev.relive.cli;

import static java.util.stream.Collectors.joining;

import dev.relive.cli.display.Numbers;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Environments;
import dev.relive.environments.ForeignEnvironments;
import dev.relive.environments.Option;
import dev.relive.environments.Registration;
import dev.relive.environments.Space;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All there is to say of an environment with its options chosen. */
final class EnvironmentDetails {

  private final EnvironmentSpec spec;
  private final Map<String, String> chosen;
  private final Optional<Registration> registration;

  /**
   * An environment of this program, of somebody's jar, or outside.
   *
   * @param chosen those of its options that are not the usual ones
   */
  EnvironmentDetails(EnvironmentSpec spec, Map<String, String> chosen) {
    this.spec = spec;
    this.chosen = new TreeMap<>(chosen);
    registration =
        Environments.registrations().stream()
            .filter(each -> each.id().equals(spec.id()))
            .findFirst();
  }

  /** For people. */
  String text() {
    TextTable facts = new TextTable();
    addSpace(facts, "observations", spec.observationSpace());
    addSpace(facts, "actions", spec.actionSpace());
    facts.add(
        "longest episode",
        spec.maxEpisodeSteps() == 0
            ? "no limit"
            : Numbers.count(spec.maxEpisodeSteps()) + " steps");
    facts.add(
        "solved",
        spec.rewardThreshold().isPresent()
            ? "at a mean return of " + Numbers.decimal(spec.rewardThreshold().getAsDouble())
            : "no threshold is stated");
    chosen.forEach((name, value) -> facts.add("chosen", name + "=" + value));
    new TreeMap<>(spec.versions())
        .forEach((name, value) -> facts.add("version", name + " " + value));
    String stated = spec.id() + statedOptions();
    return "%s\n%s\n%s%s%s\nExamples\n  relive play -e %s\n  relive train -e %s\n"
        .formatted(
            spec.id(),
            description().map(line -> line + "\n").orElse(""),
            facts.text(2),
            section("Options, for --environment-option NAME=VALUE", options()),
            section("Options of a reset, for programs", resetOptions()),
            stated,
            stated);
  }

  /** Its own, or that of its kind where it is outside this program. */
  private Optional<String> description() {
    return registration
        .map(Registration::description)
        .or(
            () ->
                Environments.foreign().stream()
                    .filter(kind -> spec.id().startsWith(kind.scheme() + ":"))
                    .map(ForeignEnvironments::description)
                    .findFirst());
  }

  private static void addSpace(TextTable facts, String name, Space space) {
    List<String> lines = SpaceText.full(space);
    for (int i = 0; i < lines.size(); i++) {
      facts.add(i == 0 ? name : "", lines.get(i));
    }
  }

  private static String section(String title, List<Option> options) {
    if (options.isEmpty()) {
      return "";
    }
    TextTable table = new TextTable().add("NAME", "DEFAULT", "ALLOWED", "MEANING");
    options.forEach(
        each ->
            table.add(each.name(), each.initial().toString(), each.allowed(), each.description()));
    return "\n%s\n%s".formatted(title, table.text(2));
  }

  private List<Option> options() {
    return registration.map(Registration::choices).orElse(List.of());
  }

  private List<Option> resetOptions() {
    return registration.map(each -> each.resetOptions(spec)).orElse(List.of());
  }

  private String statedOptions() {
    return chosen.entrySet().stream()
        .map(each -> " --environment-option " + each.getKey() + "=" + each.getValue())
        .collect(joining());
  }

  /** By name, for JSON. */
  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", spec.id());
    json.put("description", description().orElse(null));
    EnvironmentSummary.put(spec, json);
    json.put("chosen", chosen);
    json.put("versions", new TreeMap<>(spec.versions()));
    json.put("options", options().stream().map(EnvironmentDetails::json).toList());
    json.put("resetOptions", resetOptions().stream().map(EnvironmentDetails::json).toList());
    return json;
  }

  private static Map<String, @Nullable Object> json(Option option) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", option.name());
    json.put("default", option.initial());
    json.put("allowed", option.allowed());
    json.put("description", option.description());
    return json;
  }
}

package dev.relive.cli;

import dev.relive.cli.display.Numbers;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Environments;
import dev.relive.environments.Registration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An environment in a line.
 *
 * @param spec with its usual options; null where it cannot be made, which the description then says
 */
record EnvironmentSummary(String id, String description, @Nullable EnvironmentSpec spec) {

  private static final String NONE = "–";

  /** One that cannot be made, of somebody's jar, does not hide the others. */
  static EnvironmentSummary of(Registration registration) {
    String id = registration.id();
    try {
      return new EnvironmentSummary(id, registration.description(), Environments.spec(id));
    } catch (RuntimeException e) {
      return new EnvironmentSummary(id, "It cannot be made: " + e.getMessage(), null);
    }
  }

  /**
   * A line for each, or two where they are too long for the terminal.
   *
   * @param columns of the terminal
   */
  static String table(List<EnvironmentSummary> all, int columns) {
    TextTable wide = header("DESCRIPTION");
    all.forEach(each -> wide.add(each.cells(each.description)));
    if (wide.text(0).lines().allMatch(line -> line.length() <= columns)) {
      return wide.text(0);
    }
    TextTable narrow = header("");
    all.forEach(each -> narrow.add(each.cells("")));
    List<String> lines = narrow.text(0).lines().toList();
    StringBuilder text = new StringBuilder(lines.get(0)).append('\n');
    for (int i = 0; i < all.size(); i++) {
      text.append(lines.get(i + 1)).append("\n    ").append(all.get(i).description).append('\n');
    }
    return text.toString();
  }

  private static TextTable header(String last) {
    return new TextTable().add("ID", "OBSERVATIONS", "ACTIONS", "LONGEST", "SOLVED", last);
  }

  private String[] cells(String last) {
    if (spec == null) {
      return new String[] {id, NONE, NONE, NONE, NONE, last};
    }
    return new String[] {
      id,
      SpaceText.brief(spec.observationSpace()),
      SpaceText.brief(spec.actionSpace()),
      spec.maxEpisodeSteps() == 0 ? NONE : Numbers.count(spec.maxEpisodeSteps()),
      spec.rewardThreshold().isPresent()
          ? Numbers.decimal(spec.rewardThreshold().getAsDouble())
          : NONE,
      last,
    };
  }

  /** The same by name, for JSON: what there is none of is null. */
  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("description", description);
    if (spec != null) {
      put(spec, json);
    }
    return json;
  }

  /** Adds the spaces, the longest episode and the threshold. */
  static void put(EnvironmentSpec spec, Map<String, @Nullable Object> json) {
    json.put("observations", SpaceText.json(spec.observationSpace()));
    json.put("actions", SpaceText.json(spec.actionSpace()));
    json.put("maxEpisodeSteps", spec.maxEpisodeSteps() == 0 ? null : spec.maxEpisodeSteps());
    json.put(
        "rewardThreshold",
        spec.rewardThreshold().isPresent() ? spec.rewardThreshold().getAsDouble() : null);
  }
}

package dev.relive.dashboards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.relive.service.Meter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people expect of any dashboard. */
final class DashboardJsonTest {

  private static final int COLUMNS = 24;
  private static final Pattern OUR_NAME = Pattern.compile("\\brelive_[a-z_]+");
  private static final Pattern COUNTER = Pattern.compile("\\w+_total\\b");
  private static final Pattern WITHIN_RATE =
      Pattern.compile("(rate\\(|increase\\()\\w+_total\\{[^}]*}\\[\\$__(rate_interval|range)]");

  static List<Dashboard> dashboards() {
    return Generate.DASHBOARDS;
  }

  private static List<JsonObject> panels(Dashboard dashboard) {
    List<JsonObject> panels = new ArrayList<>();
    for (JsonElement panel : json(dashboard).getAsJsonArray("panels")) {
      panels.add(panel.getAsJsonObject());
    }
    return panels;
  }

  private static JsonObject json(Dashboard dashboard) {
    return JsonParser.parseString(dashboard.json()).getAsJsonObject();
  }

  private static List<JsonObject> drawn(Dashboard dashboard) {
    return panels(dashboard).stream()
        .filter(panel -> !panel.get("type").getAsString().equals("row"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyPanelIsDescribedAndHasAUnitAndAQuery(Dashboard dashboard) {
    for (JsonObject panel : drawn(dashboard)) {
      String title = panel.get("title").getAsString();
      assertFalse(panel.get("description").getAsString().isBlank(), title);
      JsonObject defaults =
          panel.getAsJsonObject("fieldConfig").getAsJsonObject("defaults").getAsJsonObject();
      assertFalse(defaults.get("unit").getAsString().isBlank(), title);
      assertFalse(panel.getAsJsonArray("targets").isEmpty(), title);
      panel
          .getAsJsonArray("targets")
          .forEach(
              target ->
                  assertFalse(
                      target.getAsJsonObject().get("legendFormat").getAsString().isBlank(), title));
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panelsLieBesideOneAnother(Dashboard dashboard) {
    Set<Integer> ids = new HashSet<>();
    boolean[][] taken = new boolean[200][COLUMNS];
    for (JsonObject panel : panels(dashboard)) {
      assertTrue(ids.add(panel.get("id").getAsInt()));
      JsonObject place = panel.getAsJsonObject("gridPos");
      for (int y = 0; y < place.get("h").getAsInt(); y++) {
        for (int x = 0; x < place.get("w").getAsInt(); x++) {
          boolean[] line = taken[place.get("y").getAsInt() + y];
          int column = place.get("x").getAsInt() + x;
          assertFalse(line[column], panel.get("title")::getAsString);
          line[column] = true;
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void queriesNameWhatThereIsAndChooseByJob(Dashboard dashboard) {
    Set<String> known = new HashSet<>(Meter.sampleNames());
    for (String query : LiveQueries.of(dashboard)) {
      String withoutRules = query.replaceAll("run:relive_[a-z_]+:\\w+", "");
      Matcher name = OUR_NAME.matcher(withoutRules);
      while (name.find()) {
        assertTrue(known.contains(name.group()), name.group() + " in " + query);
      }
      assertTrue(query.contains("job=~\"$job"), query);
      assertEquals(count(COUNTER, query), count(WITHIN_RATE, query), query);
    }
  }

  private static long count(Pattern pattern, String text) {
    return pattern.matcher(text).results().count();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void variablesLeadFromTheSourceToTheRun(Dashboard dashboard) {
    List<String> names = new ArrayList<>();
    json(dashboard)
        .getAsJsonObject("templating")
        .getAsJsonArray("list")
        .forEach(variable -> names.add(variable.getAsJsonObject().get("name").getAsString()));
    assertEquals(List.of("datasource", "job", "environment", "run"), names);
    assertEquals(42, json(dashboard).get("schemaVersion").getAsInt());
  }
}

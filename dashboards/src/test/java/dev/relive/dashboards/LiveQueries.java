package dev.relive.dashboards;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;

/** The queries of a dashboard, and what Grafana makes of them. */
final class LiveQueries {
  private static final String MAY_BE_EMPTY = "(may be empty)";

  private LiveQueries() {}

  /** All of them. */
  static List<String> of(Dashboard dashboard) {
    List<String> queries = new ArrayList<>();
    for (JsonObject panel : panels(dashboard)) {
      queries.addAll(queries(panel));
    }
    return queries;
  }

  /** Those that must return something whenever a run goes on. */
  static List<String> withData(Dashboard dashboard) {
    List<String> queries = new ArrayList<>();
    for (JsonObject panel : panels(dashboard)) {
      if (!panel.has("description")
          || !panel.get("description").getAsString().contains(MAY_BE_EMPTY)) {
        queries.addAll(queries(panel));
      }
    }
    return queries;
  }

  private static List<JsonObject> panels(Dashboard dashboard) {
    return JsonParser.parseString(dashboard.json())
        .getAsJsonObject()
        .getAsJsonArray("panels")
        .asList()
        .stream()
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  private static List<String> queries(JsonObject panel) {
    if (!panel.has("targets")) {
      return List.of();
    }
    return panel.getAsJsonArray("targets").asList().stream()
        .map(target -> target.getAsJsonObject().get("expr").getAsString())
        .toList();
  }

  /** With everything chosen, over the last ten seconds. */
  static String substituted(String query) {
    return query
        .replace("$__rate_interval", "10s")
        .replace("$__range", "10s")
        .replace("$job", ".+")
        .replace("$environment", ".+")
        .replace("$run", ".+");
  }
}

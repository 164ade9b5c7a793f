package dev.relive.dashboards;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A panel in the making. */
final class Panel {
  private static final String[] REFERENCES = {"A", "B", "C", "D", "E", "F", "G", "H"};

  private final String type;
  private final String title;
  private final String unit;
  private final String description;
  private final List<Map<String, Object>> targets = new ArrayList<>();
  private final List<Map<String, Object>> overrides = new ArrayList<>();
  private final Map<String, Object> custom = new LinkedHashMap<>();
  private List<Map<String, Object>> mappings = List.of();
  private List<Map<String, Object>> thresholds = List.of(step("green", null));
  private boolean hasThreshold;
  private int width = 8;
  private int height = 8;

  private Panel(String type, String title, String unit, String description) {
    this.type = type;
    this.title = title;
    this.unit = unit;
    this.description = description;
  }

  /** Lines over time. */
  static Panel lines(String title, String unit, String description) {
    Panel panel = new Panel("timeseries", title, unit, description);
    panel.custom.put("lineWidth", 2);
    panel.custom.put("fillOpacity", 0);
    panel.custom.put("showPoints", "never");
    panel.custom.put("spanNulls", true);
    return panel;
  }

  /** The newest value, large. */
  static Panel number(String title, String unit, String description) {
    return new Panel("stat", title, unit, description).sized(4, 4);
  }

  /** Newest values with their labels. */
  static Panel table(String title, String description) {
    return new Panel("table", title, "none", description).sized(24, 6);
  }

  Panel sized(int columns, int rows) {
    width = columns;
    height = rows;
    return this;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Adds a query whose series have a legend. */
  Panel query(String expression, String legend) {
    boolean once = !type.equals("timeseries");
    Map<String, Object> target = new LinkedHashMap<>();
    target.put("refId", REFERENCES[targets.size()]);
    target.put("datasource", Dashboard.DATASOURCE);
    target.put("expr", expression);
    target.put("legendFormat", legend);
    target.put("instant", once);
    target.put("range", !once);
    if (type.equals("table")) {
      target.put("format", "table");
    }
    targets.add(target);
    return this;
  }

  /** Draws the edges of a band, the series whose legend ends so, thin and dashed. */
  Panel edges(String... endings) {
    overrides.add(
        orderedMap(
            "matcher",
            orderedMap("id", "byRegexp", "options", "/.*(" + String.join("|", endings) + ")$/"),
            "properties",
            List.of(
                property("custom.lineWidth", 1),
                property("custom.lineStyle", orderedMap("fill", "dash", "dash", List.of(4, 6))))));
    return this;
  }

  /** Red from a value on: where an alert fires. */
  Panel redFrom(double value) {
    return thresholds(List.of(step("green", null), step("red", value)));
  }

  /** Red below a value: where an alert fires. */
  Panel redBelow(double value) {
    return thresholds(List.of(step("red", null), step("green", value)));
  }

  private Panel thresholds(List<Map<String, Object>> steps) {
    thresholds = steps;
    hasThreshold = true;
    return this;
  }

  /** Words instead of 0 and 1. */
  Panel words(String zero, String one) {
    mappings =
        List.of(
            orderedMap(
                "options",
                orderedMap(
                    "0",
                    orderedMap("text", zero, "index", 0),
                    "1",
                    orderedMap("text", one, "index", 1)),
                "type",
                "value"));
    return this;
  }

  Map<String, Object> json(int id, int x, int y) {
    Map<String, Object> panel = new LinkedHashMap<>();
    panel.put("id", id);
    panel.put("type", type);
    panel.put("title", title);
    panel.put("description", description);
    panel.put("datasource", Dashboard.DATASOURCE);
    panel.put("gridPos", orderedMap("x", x, "y", y, "w", width, "h", height));
    panel.put("fieldConfig", orderedMap("defaults", defaults(), "overrides", overrides));
    panel.put("options", options());
    panel.put("targets", targets);
    if (type.equals("table")) {
      panel.put("transformations", List.of(withoutTime()));
    }
    return panel;
  }

  private Map<String, Object> defaults() {
    Map<String, Object> defaults = new LinkedHashMap<>();
    defaults.put("unit", unit);
    defaults.put("mappings", mappings);
    defaults.put("thresholds", orderedMap("mode", "absolute", "steps", thresholds));
    if (type.equals("timeseries") && hasThreshold) {
      custom.put("thresholdsStyle", Map.of("mode", "line"));
    }
    defaults.put("custom", custom);
    return defaults;
  }

  private Map<String, Object> options() {
    return switch (type) {
      case "timeseries" ->
          orderedMap(
              "legend",
              orderedMap("showLegend", true, "displayMode", "list", "placement", "bottom"),
              "tooltip",
              orderedMap("mode", "multi", "sort", "desc"));
      case "stat" ->
          orderedMap(
              "reduceOptions",
              orderedMap("calcs", List.of("lastNotNull"), "fields", "", "values", false),
              "colorMode",
              hasThreshold ? "background" : "value",
              "graphMode",
              "none",
              "textMode",
              "auto");
      default -> orderedMap("showHeader", true, "cellHeight", "sm");
    };
  }

  private static Map<String, Object> withoutTime() {
    return orderedMap(
        "id",
        "organize",
        "options",
        orderedMap("excludeByName", orderedMap("Time", true, "Value", true, "__name__", true)));
  }

  private static Map<String, Object> property(String id, Object value) {
    return orderedMap("id", id, "value", value);
  }

  private static Map<String, Object> step(String colour, @Nullable Double from) {
    Map<String, Object> step = new LinkedHashMap<>();
    step.put("color", colour);
    step.put("value", from);
    return step;
  }

  /** A map in the order of its entries, given as keys and values by turns. */
  static Map<String, Object> orderedMap(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}

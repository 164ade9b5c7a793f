package dev.relive.dashboards;

import static dev.relive.dashboards.Panel.orderedMap;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.relive.service.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A dashboard in Grafana's classic JSON, which Grafana 11 to 13 load.
 *
 * @param name of its file and its uid, after {@code relive-}
 * @param description what it answers
 * @param rows its panels under their headings, from left to right and line by line
 */
record Dashboard(String name, String title, String description, List<Row> rows) {
  /** Panels under a heading. */
  record Row(String title, List<Panel> panels) {
    Row(String title, Panel... panels) {
      this(title, List.of(panels));
    }
  }

  static final Map<String, Object> DATASOURCE =
      orderedMap("type", "prometheus", "uid", "${datasource}");

  private static final int SCHEMA_VERSION = 42;
  private static final int COLUMNS = 24;
  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();
  private static final String INFO = Meter.RUN_INFO.metricName();

  String fileName() {
    return "relive-" + name + ".json";
  }

  String json() {
    return JSON.toJson(
            orderedMap(
                "uid",
                "relive-" + name,
                "title",
                title,
                "description",
                description,
                "tags",
                List.of("relive"),
                "schemaVersion",
                SCHEMA_VERSION,
                "version",
                1,
                "editable",
                false,
                "graphTooltip",
                1,
                "refresh",
                "5s",
                "timezone",
                "browser",
                "time",
                orderedMap("from", "now-15m", "to", "now"),
                "links",
                List.of(links()),
                "templating",
                orderedMap("list", variables()),
                "annotations",
                orderedMap("list", annotations()),
                "panels",
                panels()))
        + "\n";
  }

  private List<Map<String, Object>> panels() {
    List<Map<String, Object>> all = new ArrayList<>();
    int y = 0;
    for (Row row : rows) {
      all.add(heading(row.title(), all.size() + 1, y));
      y++;
      int x = 0;
      int height = 0;
      for (Panel panel : row.panels()) {
        if (x + panel.width() > COLUMNS) {
          x = 0;
          y += height;
          height = 0;
        }
        all.add(panel.json(all.size() + 1, x, y));
        x += panel.width();
        height = Math.max(height, panel.height());
      }
      y += height;
    }
    return all;
  }

  private static Map<String, Object> heading(String title, int id, int y) {
    return orderedMap(
        "id",
        id,
        "type",
        "row",
        "title",
        title,
        "collapsed",
        false,
        "gridPos",
        orderedMap("x", 0, "y", y, "w", COLUMNS, "h", 1),
        "panels",
        List.of());
  }

  private static Map<String, Object> links() {
    return orderedMap(
        "type",
        "dashboards",
        "title",
        "Relive",
        "tags",
        List.of("relive"),
        "asDropdown",
        false,
        "includeVars",
        true,
        "keepTime",
        true);
  }

  private static List<Map<String, Object>> variables() {
    return List.of(
        orderedMap(
            "name", "datasource",
            "label", "Data source",
            "type", "datasource",
            "query", "prometheus",
            "current", Map.of(),
            "hide", 0),
        variable("job", "Job", "label_values(%s, job)".formatted(INFO)),
        variable(
            "environment",
            "Environment",
            "label_values(%s{job=~\"$job\"}, environment)".formatted(INFO)),
        variable(
            "run",
            "Run",
            "label_values(%s{job=~\"$job\",environment=~\"$environment\"}, run)".formatted(INFO)));
  }

  private static Map<String, Object> variable(String name, String label, String query) {
    return orderedMap(
        "name",
        name,
        "label",
        label,
        "type",
        "query",
        "datasource",
        DATASOURCE,
        "query",
        orderedMap("query", query, "refId", name),
        "definition",
        query,
        "refresh",
        2,
        "sort",
        1,
        "multi",
        true,
        "includeAll",
        true,
        "allValue",
        ".+",
        "current",
        orderedMap("text", "All", "value", "$__all"),
        "hide",
        0);
  }

  private static List<Map<String, Object>> annotations() {
    return List.of(
        orderedMap(
            "name", "Snapshots",
            "datasource", DATASOURCE,
            "enable", true,
            "iconColor", "blue",
            "expr",
                PromQl.inEnvironment(
                    "1000 * max by (run) (%s)"
                        .formatted(PromQl.of(Meter.LEARNER_SNAPSHOT_TIMESTAMP_SECONDS))),
            "step", "5s",
            "useValueForTime", "on",
            "titleFormat", "Snapshot",
            "textFormat", "{{run}} kept its weights"),
        orderedMap(
            "name", "Alerts",
            "datasource", DATASOURCE,
            "enable", true,
            "iconColor", "red",
            "expr", firing(),
            "step", "5s",
            "titleFormat", "{{alertname}}",
            "textFormat", "{{run}} {{actor}} {{instance}}"));
  }

  /** The alerts that fire, of the chosen runs and of what belongs to none. */
  static String firing() {
    return "ALERTS{job=~\"$job|\",run=~\"$run|\",alertname=~\"Relive.+\",alertstate=\"firing\"}";
  }
}

package dev.relive.dashboards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes dashboards, rules and the list of meters where they belong in the checkout given. */
public final class Generate {
  static final List<Dashboard> DASHBOARDS =
      List.of(
          Overview.dashboard(),
          Learning.dashboard(),
          ExperienceLog.dashboard(),
          Services.dashboard());

  private Generate() {}

  /** Every generated file by its place in the checkout. */
  static Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    for (Dashboard dashboard : DASHBOARDS) {
      files.put("dashboards/grafana/" + dashboard.fileName(), dashboard.json());
    }
    files.put("dashboards/prometheus/recording.rules.yml", RulesFile.recording());
    files.put("dashboards/prometheus/alerts.rules.yml", RulesFile.alerts());
    files.put("dashboards/prometheus/prometheus-rule.yaml", RulesFile.prometheusRule());
    files.put("docs/metrics.md", MetricsPage.text());
    return files;
  }

  /** Takes the checkout's directory. */
  public static void main(String[] arguments) throws IOException {
    Path checkout = Path.of(arguments[0]);
    for (Map.Entry<String, String> file : files().entrySet()) {
      Path path = checkout.resolve(file.getKey());
      Files.createDirectories(path.toAbsolutePath().getParent());
      Files.writeString(path, file.getValue());
    }
  }
}

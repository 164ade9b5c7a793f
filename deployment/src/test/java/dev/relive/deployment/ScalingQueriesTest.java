package dev.relive.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.relive.service.Meter;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queries by which KEDA chooses the numbers of replicas. */
final class ScalingQueriesTest {

  private static final String SCALED_OBJECTS = "components/autoscaling/scaled-objects.yaml";
  private static final Pattern METRIC = Pattern.compile("\\brelive_[a-z_]+");

  /** By the names of their Deployments. */
  private static Map<String, String> queries() {
    Map<String, String> queries = new TreeMap<>();
    for (YamlNode object : Checkout.objects(SCALED_OBJECTS)) {
      YamlNode trigger = object.at("spec", "triggers").items().findFirst().orElseThrow();
      queries.put(
          object.at("spec", "scaleTargetRef", "name").text(),
          trigger.at("metadata", "query").text());
    }
    return queries;
  }

  @Test
  void nameMetricsOfTheCatalogue() {
    Set<String> known =
        Arrays.stream(Meter.values())
            .map(Meter::metricName)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> named = new TreeSet<>();
    for (String query : queries().values()) {
      METRIC.matcher(query).results().forEach(metric -> named.add(metric.group()));
    }
    assertEquals(5, named.size(), named::toString);
    named.removeAll(known);

    assertEquals(Set.of(), named);
  }

  @Test
  void lookAtTheNamespaceOfTheDeployment() {
    String selector =
        "{namespace=\"%s\""
            .formatted(
                Checkout.objects("overlays/production/kustomization.yaml")
                    .get(0)
                    .at("namespace")
                    .text());
    for (String query : queries().values()) {
      METRIC
          .matcher(query)
          .results()
          .forEach(
              metric ->
                  assertTrue(
                      query.substring(metric.end()).startsWith(selector),
                      () -> metric.group() + " in " + query));
    }
  }

  /** What docs/kubernetes.md says of them, by Prometheus' own tool. */
  @Test
  void askForAsManyAsAreWanted(@TempDir Path directory) throws Exception {
    String promtool =
        Kustomize.find("promtool")
            .orElseGet(() -> abort("No promtool is on the path, so the queries are not tried."));
    Path tests = directory.resolve("scaling.tests.yml");
    try (InputStream in = getClass().getResourceAsStream("scaling.tests.yml")) {
      Files.copy(requireNonNull(in), tests);
    }
    Files.writeString(directory.resolve("scaling.rules.yml"), rules());

    Process process =
        new ProcessBuilder(promtool, "test", "rules", tests.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertEquals(0, process.waitFor(), said);
  }

  /** Each query as a rule with the name of what it scales. */
  private static String rules() {
    StringBuilder rules = new StringBuilder("groups:\n  - name: scaling\n    rules:\n");
    queries()
        .forEach(
            (name, query) ->
                rules.append(
                    "      - record: %s\n        expr: '%s'\n"
                        .formatted(name.replace('-', '_'), query.replace("'", "''"))));
    return rules.toString();
  }
}

package dev.relive.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.service.Health;
import dev.relive.service.HttpEndpoint;
import dev.relive.service.Metrics;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The containers of the manifests, as they are written, against the program that they run. */
final class WorkloadsTest {

  private static final Pattern VARIABLE = Pattern.compile("\\bRELIVE_[A-Z_]+");

  private static Stream<Workload> workloads() {
    Map<String, String> shared = variables("settings/kustomization.yaml");
    Map<String, String> replay = new HashMap<>(shared);
    replay.putAll(variables("overlays/offline/kustomization.yaml"));
    return Stream.concat(
        Stream.of("base/learner.yaml", "base/producers.yaml", "base/evaluator.yaml")
            .flatMap(file -> workloads(file, shared)),
        workloads("overlays/offline/replay.yaml", replay));
  }

  private static Stream<Workload> workloads(String file, Map<String, String> configMap) {
    return Checkout.objects(file).stream()
        .map(object -> Workload.of(object, Map.of("relive", configMap)))
        .flatMap(Optional::stream);
  }

  private static Map<String, String> variables(String kustomization) {
    Map<String, String> variables = new HashMap<>();
    for (String literal : Checkout.literals(kustomization, "relive")) {
      String[] sides = literal.split("=", 2);
      variables.put(sides[0], sides[1]);
    }
    return variables;
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void tellTheProgramWhatItUnderstands(Workload workload) throws Exception {
    PrintedConfig.assertUnderstood(workload);
  }

  /** The port stated is the one that the command has anyway, so that every page says the same. */
  @ParameterizedTest
  @MethodSource("workloads")
  void listenWhereTheCommandUsuallyDoes(Workload workload) throws Exception {
    List<String> required =
        workload.command().equals("replay") ? List.of("--source-run=first") : List.of();
    List<String> words =
        Stream.of(List.of(workload.command()), required, List.of("--print-config"))
            .flatMap(List::stream)
            .toList();
    ReliveProgram.Said said = ReliveProgram.run(Map.of(), words);

    assertEquals(workload.port("http"), PrintedConfig.of(said).get("http-port"));
  }

  @Test
  void areProbedWhereTheProgramAnswers() throws Exception {
    Set<String> paths = new TreeSet<>();
    paths.add(
        Checkout.objects("components/monitoring/pod-monitors.yaml")
            .get(0)
            .at("spec", "podMetricsEndpoints")
            .items()
            .findFirst()
            .orElseThrow()
            .at("path")
            .text());
    workloads()
        .flatMap(Workload::probes)
        .map(probe -> probe.at("httpGet"))
        .forEach(
            get -> {
              assertEquals("http", get.at("port").text());
              paths.add(get.at("path").text());
            });
    assertEquals(Set.of("/health/live", "/health/ready", "/metrics"), paths);

    try (Metrics metrics = new Metrics();
        HttpEndpoint endpoint = HttpEndpoint.open("127.0.0.1", 0, metrics, new Health())) {
      for (String path : paths) {
        HttpRequest request = HttpRequest.newBuilder(endpoint.uri().resolve(path)).build();
        assertEquals(
            200, HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode());
      }
    }
  }

  /** What depends on others, Kafka above all, is no reason to kill a container. */
  @ParameterizedTest
  @CsvSource({
    "startupProbe,   /health/live",
    "livenessProbe,  /health/live",
    "readinessProbe, /health/ready"
  })
  void areKilledOnlyForWhatANewStartMends(String probe, String path) {
    workloads()
        .filter(workload -> !workload.command().equals("replay"))
        .forEach(
            workload ->
                assertEquals(
                    path,
                    workload.container().at(probe, "httpGet", "path").text(),
                    workload.name()));
  }

  @Test
  void nameNoVariableThatTheProgramDoesNotHave() throws Exception {
    Map<String, String> named = new TreeMap<>();
    for (Path file : Checkout.yamlFiles()) {
      VARIABLE
          .matcher(Checkout.text(file))
          .results()
          .forEach(variable -> named.put(variable.group(), " "));
    }
    assertTrue(named.containsKey("RELIVE_RUN"), named::toString);

    ReliveProgram.Said said = ReliveProgram.run(named, List.of("runs", "ls", "--print-config"));

    assertEquals("", said.err());
    assertEquals(0, said.exitCode());
  }
}

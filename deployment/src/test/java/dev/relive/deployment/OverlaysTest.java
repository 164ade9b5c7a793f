package dev.relive.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The overlays as a cluster would get them, where kubectl or kustomize is there to render them. */
final class OverlaysTest {

  /** What workloads are told is the same in several overlays, and tried once. */
  private static final Set<List<Object>> TRIED = ConcurrentHashMap.newKeySet();

  private static List<String> overlays() throws IOException {
    return Checkout.overlays();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void tellTheProgramWhatItUnderstands(String overlay) throws Exception {
    List<YamlNode> objects = YamlNode.documents(Kustomize.render(overlay));
    List<Workload> workloads = workloads(objects);
    assertFalse(workloads.isEmpty());
    for (Workload workload : workloads) {
      assertTrue(workload.variables().containsKey("RELIVE_BOOTSTRAP_SERVERS"), workload::toString);
      if (TRIED.add(List.of(workload.command(), workload.variables(), workload.arguments()))) {
        PrintedConfig.assertUnderstood(workload);
      }
    }
  }

  /** A Service, or Strimzi's for a cluster with a listener at that port, is where clients go to. */
  @ParameterizedTest
  @MethodSource("overlays")
  void sayWhereTheirKafkaIs(String overlay) throws Exception {
    List<YamlNode> objects = YamlNode.documents(Kustomize.render(overlay));
    Set<String> there = new TreeSet<>();
    for (YamlNode object : objects) {
      if (object.kind().equals("Service")) {
        object
            .at("spec", "ports")
            .items()
            .forEach(port -> there.add(object.name() + ":" + port.at("port").text()));
      } else if (object.kind().equals("Kafka")) {
        object
            .at("spec", "kafka", "listeners")
            .items()
            .forEach(
                listener ->
                    there.add(object.name() + "-kafka-bootstrap:" + listener.at("port").text()));
      }
    }
    if (overlay.equals("offline")) {
      there.add("relive-kafka-bootstrap:9093"); // that of production
    }
    for (Workload workload : workloads(objects)) {
      String servers = requireNonNull(workload.variables().get("RELIVE_BOOTSTRAP_SERVERS"));
      assertTrue(there.contains(servers), () -> servers + " is none of " + there);
    }
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void areWhatTheirSchemasAndTheRestrictedStandardAllow(String overlay) throws Exception {
    String rendered = Kustomize.render(overlay);
    Path validator = Checkout.ROOT.resolve("../shared/ops/validate_k8s.py");
    if (!Files.exists(validator)) {
      abort("There is no " + validator + ", so manifests are not held against schemas.");
    }
    String python =
        Kustomize.find("python3").orElseGet(() -> abort("There is no python3 to validate with."));
    List<String> command =
        new ArrayList<>(List.of(python, validator.toString(), "--pss", "restricted"));
    // What Strimzi makes.
    for (String name :
        List.of(
            "relive-learner",
            "relive-producers",
            "relive-evaluator",
            "relive-replay",
            "relive-cluster-ca-cert")) {
      command.addAll(List.of("--external", name));
    }
    Path file = Files.createTempFile(overlay, ".yaml");
    Files.writeString(file, rendered);
    command.add(file.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    int exitCode = process.waitFor();
    Files.delete(file);
    if (said.contains("ModuleNotFoundError")) {
      abort("python3 lacks what the validator needs: " + said.strip());
    }
    assertEquals(0, exitCode, said);
  }

  private static List<Workload> workloads(List<YamlNode> objects) {
    Map<String, Map<String, String>> configMaps =
        objects.stream()
            .filter(object -> object.kind().equals("ConfigMap"))
            .collect(toMap(YamlNode::name, OverlaysTest::data));
    return objects.stream()
        .map(object -> Workload.of(object, configMaps))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Map<String, String> data(YamlNode configMap) {
    YamlNode data = configMap.at("data");
    return data.keys().stream().collect(toMap(key -> key, key -> data.at(key).text()));
  }
}

package dev.relive.deployment;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A container that runs the {@code relive} command.
 *
 * @param name of the Deployment or Job
 * @param image without its tag
 * @param command the word after {@code relive}
 * @param variables those of Relive, with what its options would be given
 * @param container as it stands in the manifest
 */
record Workload(
    String name,
    String image,
    String command,
    Map<String, String> variables,
    List<String> arguments,
    YamlNode container) {

  /** What an image runs unless its container says otherwise. */
  private static final Map<String, String> COMMANDS =
      Map.of(
          "relive/learner", "learn",
          "relive/producers", "produce",
          "relive/evaluator", "evaluate");

  /** Where the properties of Kafka's clients are mounted, and where they are in the checkout. */
  private static final String MOUNTED = "/etc/relive/client/";

  private static final String IN_THE_CHECKOUT =
      Checkout.MANIFESTS.resolve("components/tls-client") + "/";

  /**
   * The workload of an object.
   *
   * @param object a Deployment, a Job, or something else
   * @param configMaps what ConfigMaps that it may take variables from hold, by their names
   * @return empty where it runs nothing of Relive's
   */
  static Optional<Workload> of(YamlNode object, Map<String, Map<String, String>> configMaps) {
    return object
        .at("spec", "template", "spec", "containers")
        .items()
        .filter(container -> container.at("image").text().startsWith("relive/"))
        .findFirst()
        .map(container -> of(object.name(), container, configMaps));
  }

  private static Workload of(
      String name, YamlNode container, Map<String, Map<String, String>> configMaps) {
    String image = container.at("image").text().replaceAll(":.*", "");
    List<String> words = container.at("command").texts();
    Map<String, String> variables = new HashMap<>();
    container
        .at("envFrom")
        .items()
        .map(source -> source.at("configMapRef", "name").text())
        .forEach(map -> variables.putAll(requireNonNull(configMaps.get(map), map)));
    container
        .at("env")
        .items()
        .forEach(
            variable ->
                variables.put(
                    variable.at("name").text(),
                    variable.at("value").isThere() ? variable.at("value").text() : "some-pod"));
    variables.keySet().removeIf(variable -> !variable.startsWith("RELIVE_"));
    variables.replaceAll((variable, value) -> value.replace(MOUNTED, IN_THE_CHECKOUT));
    return new Workload(
        name,
        image,
        words.isEmpty() ? requireNonNull(COMMANDS.get(image), image) : words.get(1),
        Map.copyOf(variables),
        container.at("args").texts(),
        container);
  }

  /** The number of the port with this name. */
  String port(String portName) {
    return container
        .at("ports")
        .items()
        .filter(port -> port.at("name").text().equals(portName))
        .map(port -> port.at("containerPort").text())
        .findFirst()
        .orElseThrow();
  }

  /** The probes that it has. */
  Stream<YamlNode> probes() {
    return Stream.of("startupProbe", "livenessProbe", "readinessProbe")
        .map(container::at)
        .filter(YamlNode::isThere);
  }

  /** The command line after {@code relive}, with what makes it tell what it was told. */
  List<String> wordsToPrintItsConfig() {
    return Stream.of(Stream.of(command), arguments.stream(), Stream.of("--print-config"))
        .flatMap(words -> words)
        .toList();
  }
}

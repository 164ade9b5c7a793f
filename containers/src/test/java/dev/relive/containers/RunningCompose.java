package dev.relive.containers;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.relive.containers.Command.Result;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * docker-compose.yml as a project of its own, on free ports; its containers and volumes go with it.
 */
final class RunningCompose implements AutoCloseable {
  private static final String PROJECT = "relive-test";

  /** Of each container, where something is wrong. */
  private static final String LINES = "20";

  private final Map<String, String> variables;
  private final int prometheusPort;

  /**
   * Skips the test where there is no Docker engine, or an image is missing.
   *
   * @param settings more variables of docker-compose.yml
   */
  RunningCompose(Map<String, String> settings) throws IOException {
    prometheusPort = freePort();
    variables = new HashMap<>(settings);
    variables.put("PROMETHEUS_PORT", Integer.toString(prometheusPort));
    variables.put("LEARNER_PORT", Integer.toString(freePort()));
    variables.put("GRAFANA_PORT", Integer.toString(freePort()));
    requireEngine();
    requireImages();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  int prometheusPort() {
    return prometheusPort;
  }

  private void requireEngine() throws IOException {
    try {
      Result said = Command.run(Map.of(), List.of("docker", "version"));
      if (said.exitCode() != 0) {
        abort("No Docker engine answers: " + said.errors());
      }
    } catch (IOException e) {
      abort("There is no docker here: " + e.getMessage());
    }
  }

  private void requireImages() throws IOException {
    for (String image : compose("config", "--images").lines().toList()) {
      if (image.startsWith("relive/") && !exists(image)) {
        abort("The image %s is not there; containers/build makes it.".formatted(image));
      }
    }
  }

  private static boolean exists(String image) throws IOException {
    return Command.run(Map.of(), List.of("docker", "image", "inspect", image)).exitCode() == 0;
  }

  /** What {@code docker compose} prints, which must succeed. */
  String compose(String... arguments) throws IOException {
    List<String> words = new ArrayList<>(List.of("docker", "compose", "-p", PROJECT));
    for (String file : requireNonNull(System.getProperty("compose.files")).split(",", -1)) {
      words.addAll(List.of("-f", file));
    }
    words.addAll(List.of(arguments));
    return succeed(words);
  }

  private String docker(String... arguments) throws IOException {
    return succeed(Stream.concat(Stream.of("docker"), Arrays.stream(arguments)).toList());
  }

  private String succeed(List<String> words) throws IOException {
    Result said = Command.run(variables, words);
    if (said.exitCode() != 0) {
      throw new AssertionError(words + ": " + said.errors());
    }
    return said.output().strip();
  }

  /** Starts everything and returns when all of it is healthy. */
  void up(String... options) throws IOException {
    try {
      compose(
          Stream.concat(Stream.of("up", "--detach", "--wait"), Arrays.stream(options))
              .toArray(String[]::new));
    } catch (AssertionError e) {
      throw new AssertionError(compose("logs", "--tail", LINES, "--no-color"), e);
    }
  }

  /** The ids of a service's containers. */
  List<String> containers(String service) throws IOException {
    return compose("ps", "--quiet", service).lines().toList();
  }

  /** A value of what Docker knows of a container. */
  String inspect(String container, String format) throws IOException {
    return docker("inspect", "--format", format, container);
  }

  /**
   * Ends the process of a container as {@code kill -9} does. {@code docker kill} would not do: what
   * it ends is not restarted.
   */
  void kill(String container) throws IOException {
    var unused =
        docker(
            "run",
            "--rm",
            "--pid=host",
            "--user=0",
            "--entrypoint=/bin/bash",
            inspect(container, "{{.Config.Image}}"),
            "-c",
            "kill -9 " + inspect(container, "{{.State.Pid}}"));
  }

  @Override
  public void close() throws IOException {
    compose("down", "--volumes", "--timeout", "5");
  }
}

package dev.relive.dashboards;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code relive train} in a Java of its own, as its users run it. */
final class TrainingProcess implements AutoCloseable {
  private final Process process;
  private final Path directory;
  private final Path output;
  private final int port;

  private TrainingProcess(Process process, Path directory, Path output, int port) {
    this.process = process;
    this.directory = directory;
    this.output = output;
    this.port = port;
  }

  /**
   * Starts it on a log of its own.
   *
   * @param options besides those of place and port
   */
  static TrainingProcess start(Path directory, String... options) throws IOException {
    Files.createDirectories(directory);
    int port = freePort();
    Path output = directory.resolve("output.txt");
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dai.djl.offline=true");
    command.addAll(List.of("-cp", classPath(), "dev.relive.cli.Main", "train"));
    command.addAll(List.of("--quiet", "--http-port=" + port));
    command.add("--data-directory=" + directory.resolve("log"));
    command.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    Map<String, String> variables = builder.environment();
    variables.keySet().removeIf(name -> name.startsWith("RELIVE"));
    return new TrainingProcess(builder.start(), directory, output, port);
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** A port that is free now. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  String target() {
    return "127.0.0.1:" + port;
  }

  /** Where its Kafka listens; empty before it does. */
  String bootstrapServers() throws IOException {
    Path address = directory.resolve("log/broker.address");
    return Files.exists(address) ? Files.readString(address).strip() : "";
  }

  /** Its metrics; empty before it has any. */
  String metrics() throws InterruptedException {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create("http://" + target() + "/metrics")).build(),
              BodyHandlers.ofString(UTF_8))
          .body();
    } catch (IOException e) {
      if (!process.isAlive()) {
        throw new AssertionError("relive train has ended: " + said(), e);
      }
      return "";
    }
  }

  private String said() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}

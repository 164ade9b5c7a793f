package dev.relive.dashboards;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.relive.cli.Main;
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

/** A command of {@code relive} in a Java of its own, as its users run it. */
final class ReliveProcess implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Process process;
  private final Path output;
  private final int port;

  private ReliveProcess(Process process, Path output, int port) {
    this.process = process;
    this.output = output;
    this.port = port;
  }

  /**
   * Starts one.
   *
   * @param log the data directory
   * @param options besides those of place and port
   */
  static ReliveProcess start(Path log, String command, String... options) throws IOException {
    Files.createDirectories(log);
    int port = freePort();
    Path output = Files.createTempFile(log, command, ".txt");
    List<String> words = new ArrayList<>();
    words.add(System.getProperty("java.home") + "/bin/java");
    words.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    words.add("-Dai.djl.offline=true");
    words.addAll(List.of("-cp", classPath(), Main.class.getName(), command));
    words.addAll(List.of("--quiet", "--data-directory=" + log));
    words.add("--http-port=" + port);
    if (command.equals("broker")) {
      words.add("--port=0");
    }
    words.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
    Map<String, String> variables = builder.environment();
    variables.keySet().removeIf(name -> name.startsWith("RELIVE"));
    return new ReliveProcess(builder.start(), output, port);
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

  /** Its metrics; empty before it has any. */
  String metrics() throws InterruptedException {
    try {
      return CLIENT
          .send(
              HttpRequest.newBuilder(URI.create("http://" + target() + "/metrics")).build(),
              BodyHandlers.ofString(UTF_8))
          .body();
    } catch (IOException e) {
      if (!process.isAlive()) {
        throw new AssertionError("relive has ended: " + said(), e);
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

  /** Ends it at once, as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}

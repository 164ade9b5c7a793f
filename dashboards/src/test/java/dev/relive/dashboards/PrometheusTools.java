package dev.relive.dashboards;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Prometheus and promtool: those on the path, or Debian's package, unpacked into the ignored
 * directory {@code .prometheus} of the checkout, which changes nothing of the system.
 *
 * @param directory where both lie
 */
record PrometheusTools(Path directory) {
  private static final String SERVER = "prometheus";
  private static final String TOOL = "promtool";
  private static final int DOWNLOAD_SECONDS = 90;

  /** Finds them, or skips the test and says why. */
  static PrometheusTools find() throws IOException, InterruptedException {
    for (String place : System.getenv("PATH").split(File.pathSeparator, -1)) {
      PrometheusTools tools = new PrometheusTools(Path.of(place));
      if (tools.areThere()) {
        return tools;
      }
    }
    return unpacked(Checkout.ROOT.resolve(".prometheus"));
  }

  private static PrometheusTools unpacked(Path home) throws IOException, InterruptedException {
    Files.createDirectories(home);
    PrometheusTools tools = new PrometheusTools(home.resolve("usr/bin"));
    Path lockFile = home.resolve("lock");
    try (FileChannel channel =
        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      var unused = channel.lock(); // until it is closed
      if (!tools.areThere()) {
        unpack(home);
      }
    }
    if (!tools.areThere()) {
      abort("Debian's package prometheus holds no prometheus and promtool.");
    }
    return tools;
  }

  private static void unpack(Path home) throws IOException, InterruptedException {
    run(home, "apt-get", "download", "-q", "prometheus");
    try (Stream<Path> files = Files.list(home)) {
      Path archive =
          files
              .filter(file -> file.toString().endsWith(".deb"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("apt-get download left no package"));
      run(home, "dpkg", "-x", archive.toString(), home.toString());
      Files.delete(archive);
    }
  }

  private static void run(Path directory, String... command)
      throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      abort("No prometheus and promtool on the path, and no " + command[0] + " to get them with.");
      return;
    }
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(DOWNLOAD_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      abort(
          "No prometheus and promtool on the path, and `%s` failed: %s"
              .formatted(String.join(" ", command), output));
    }
  }

  private boolean areThere() {
    return Files.isExecutable(directory.resolve(SERVER))
        && Files.isExecutable(directory.resolve(TOOL));
  }

  /** Starts a server. */
  Process server(List<String> options, Path output) throws IOException {
    return start(SERVER, options, output);
  }

  /** What promtool says, with the text given as its input. */
  Said promtool(String input, String... arguments) throws IOException, InterruptedException {
    Path said = Files.createTempFile("promtool", ".txt");
    Process process = start(TOOL, List.of(arguments), said);
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(UTF_8));
    }
    int exitCode = process.waitFor();
    String text = Files.readString(said);
    Files.delete(said);
    return new Said(exitCode, text);
  }

  /** An exit code with what was printed. */
  record Said(int exitCode, String text) {}

  private Process start(String program, List<String> arguments, Path output) throws IOException {
    String path = directory.resolve(program).toString();
    return new ProcessBuilder(Stream.concat(Stream.of(path), arguments.stream()).toList())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }
}

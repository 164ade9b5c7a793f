package dev.relive.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A part of Relive in a Java of its own, and what can be done to it from outside. */
final class JavaProcess implements AutoCloseable {
  private static final double MEGABYTES_OF_KILOBYTE = 1_024 / 1e6;
  private static final Duration LONGEST_END = Duration.ofSeconds(30);

  private final String name;
  private final Process process;
  private final Path output;
  private final long startedNanos;

  private JavaProcess(String name, Process process, Path output, long startedNanos) {
    this.name = name;
    this.process = process;
    this.output = output;
    this.startedNanos = startedNanos;
  }

  /** Starts a program whose output goes to a file. */
  static JavaProcess start(
      String name, Memory memory, Path output, Class<?> program, List<String> arguments)
      throws IOException {
    ProcessBuilder builder = builder(memory, program, arguments).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    long now = System.nanoTime();
    return new JavaProcess(name, builder.start(), output, now);
  }

  /** Starts a program that is listened to; its errors go to a file. */
  static JavaProcess startTelling(
      String name, Memory memory, Path errors, Class<?> program, List<String> arguments)
      throws IOException {
    ProcessBuilder builder = builder(memory, program, arguments);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
    long now = System.nanoTime();
    return new JavaProcess(name, builder.start(), errors, now);
  }

  private static ProcessBuilder builder(Memory memory, Class<?> program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(memory.javaOptions());
    command.add("-Dai.djl.offline=true");
    command.add("-DOPT_OUT_TRACKING=true");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(program.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("RELIVE"));
    return builder;
  }

  String name() {
    return name;
  }

  /** When it was started, by {@link System#nanoTime}. */
  long startedNanos() {
    return startedNanos;
  }

  /** What it prints, where it is listened to. */
  InputStream told() {
    return process.getInputStream();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** As {@code kill -9} does; what it has written into its pipe can still be read. */
  void kill() throws InterruptedException {
    // Unlike Process.destroyForcibly, the handle's leaves the pipe open.
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  /** As {@code kill} does. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Takes the processor from it, as if its machine hung. */
  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Lets it go on. */
  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("kill -%s failed: %s".formatted(signal, ending()));
    }
  }

  /** Waits until it ends by itself, and says with which exit code. */
  int awaitEnd(Duration limit) throws InterruptedException, IOException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("%s does not end within %s".formatted(name, limit));
    }
    return process.exitValue();
  }

  /** The most memory that it has had in RAM, in megabytes. */
  double peakMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
            .findFirst()
            .orElseThrow()
        * MEGABYTES_OF_KILOBYTE;
  }

  /** The last thing that it said. */
  String lastSentence() throws IOException {
    List<String> said =
        Files.readAllLines(output, UTF_8).stream().filter(line -> !line.isBlank()).toList();
    return said.isEmpty() ? "nothing" : said.get(said.size() - 1);
  }

  /** How it ended, for people. */
  String ending() throws IOException {
    return process.isAlive()
        ? "%s is alive".formatted(name)
        : "%s ended with exit code %d; it said: %s"
            .formatted(name, process.exitValue(), lastSentence());
  }

  /** Ends it, if it has not ended. */
  @Override
  public void close() {
    process.toHandle().destroyForcibly();
    process.onExit().orTimeout(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS).join();
  }
}

package dev.relive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The relive command in a Java of its own, as its users run it. */
final class ChildProcess implements AutoCloseable {

  /** Many live for seconds alone, in which the thorough compiler takes more than it gives. */
  private static final List<String> QUICK_START =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final Process process;
  private final BufferedReader out;
  private final List<String> lines = new ArrayList<>();

  private ChildProcess(Process process) {
    this.process = process;
    out = process.inputReader(UTF_8);
  }

  static ChildProcess start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(command("-Xmx1g"));
    command.addAll(List.of(arguments));
    return start(new ProcessBuilder(command));
  }

  /** Some other program. */
  static ChildProcess start(ProcessBuilder program) throws IOException {
    return new ChildProcess(program.start());
  }

  /** What starts the relive command with the classes under test. */
  static List<String> command(String... javaOptions) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(QUICK_START);
    command.addAll(List.of(javaOptions));
    command.addAll(List.of("-cp", classPath(), "dev.relive.cli.Main"));
    return command;
  }

  /** That of the classes under test. */
  static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** Reads until a line fits, and fails the test where none does. */
  String awaitLine(Predicate<String> wanted) throws IOException {
    for (String line = read(); line != null; line = read()) {
      if (wanted.test(line)) {
        return line;
      }
    }
    throw new AssertionError("no such line in " + lines + " and " + errors());
  }

  /** Reads all there is to come, and waits for the end. */
  int awaitEnd() throws IOException, InterruptedException {
    while (read() != null) {
      // Kept by read.
    }
    return process.waitFor();
  }

  private @Nullable String read() throws IOException {
    String line = out.readLine();
    if (line != null) {
      lines.add(line);
    }
    return line;
  }

  /** All that was printed and read so far. */
  String text() {
    return String.join("\n", lines) + "\n";
  }

  /** What the process said went wrong, once it has ended. */
  String errors() throws IOException {
    return new String(process.getErrorStream().readAllBytes(), UTF_8);
  }

  /** What the only group of this pattern matches in what was printed. */
  String find(String pattern) {
    var matcher = Pattern.compile(pattern).matcher(text());
    if (!matcher.find()) {
      throw new AssertionError(pattern + " is not in " + text());
    }
    return matcher.group(1);
  }

  long id() {
    return process.pid();
  }

  /** As Ctrl-C does. */
  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(id())).inheritIO().start().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

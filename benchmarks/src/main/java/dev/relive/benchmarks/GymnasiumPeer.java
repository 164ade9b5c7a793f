package dev.relive.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;

/** A Python process that measures Gymnasium's vector environments when it is asked to. */
final class GymnasiumPeer implements AutoCloseable {
  private static final String PROGRAM = "gymnasium_peer.py";

  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader answers;

  /** One of Gymnasium's ways of stepping lanes. */
  enum Mode {
    /** Environments one after the other: what every environment has; in its process's own time. */
    SYNC,
    /** The same with resets in the step that ends an episode; in the time of the clock. */
    SYNC_SAME_STEP,
    /** The environment's own code for many lanes, in NumPy. */
    VECTOR_ENTRY_POINT
  }

  /**
   * Starts it.
   *
   * @param python an interpreter with gymnasium, and minatar for its games
   * @throws IOException if it does not run, or has no gymnasium
   */
  GymnasiumPeer(Path python) throws IOException {
    process =
        new ProcessBuilder(python.toString(), "-c", program())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    requests = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
    if (!"ready".equals(answers.readLine())) {
      process.destroy();
      throw new IOException(
          "The Python interpreter %s does not run Gymnasium; what it said stands above."
              .formatted(python));
    }
  }

  private static String program() throws IOException {
    try (InputStream program =
        Objects.requireNonNull(GymnasiumPeer.class.getResourceAsStream(PROGRAM), PROGRAM)) {
      return new String(program.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The steps a second of all lanes together; empty where Gymnasium has no such environment. */
  OptionalDouble stepsPerSecond(Mode mode, String id, int lanes, Duration time) throws IOException {
    requests.write(
        "%s %s %d %s%n"
            .formatted(mode.name().toLowerCase(Locale.ROOT), id, lanes, time.toMillis() / 1e3));
    requests.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("Gymnasium's process ended while it measured " + id + ".");
    }
    return answer.startsWith("none")
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(answer));
  }

  @Override
  public void close() {
    process.destroy();
  }
}

package dev.relive.gymnasium;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Python with the Gymnasium of {@code requirements.txt}, in a virtual environment that the first
 * test makes below the build's directory. Where it cannot be made, tests that need it are skipped.
 */
final class TestPython {
  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final Path REQUIREMENTS = MODULE.resolve("src/test/python/requirements.txt");
  private static final Path PLACE = MODULE.resolve("target/python");
  private static final Path READY = PLACE.resolve("requirements.txt");

  /** Why there is none, once that is known: to find it out can take two minutes. */
  private static @Nullable String absent;

  private TestPython() {}

  /** The interpreter, as the only one of this process. */
  static PythonSettings use() {
    String interpreter = interpreter();
    System.setProperty(PythonSettings.INTERPRETER, interpreter);
    return new PythonSettings(interpreter, 1, Duration.ofSeconds(60));
  }

  private static synchronized String interpreter() {
    if (absent != null) {
      abort(absent);
    }
    try {
      Files.createDirectories(PLACE.getParent());
      try (FileChannel lock =
          FileChannel.open(
              PLACE.resolveSibling("python.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE)) {
        lock.lock();
        make();
      }
    } catch (IOException e) {
      absent = "No Python with Gymnasium could be made: " + e.getMessage();
      abort(absent);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      abort("Interrupted while a Python with Gymnasium was made.");
    }
    return python(PLACE).toString();
  }

  private static void make() throws IOException, InterruptedException {
    if (Files.exists(READY) && Files.mismatch(READY, REQUIREMENTS) < 0) {
      return;
    }
    run("python3", "-m", "venv", "--clear", PLACE.toString());
    run(python(PLACE).toString(), "-m", "pip", "install", "-q", "-r", REQUIREMENTS.toString());
    Files.copy(REQUIREMENTS, READY);
  }

  static Path python(Path virtualEnvironment) {
    return virtualEnvironment.resolve("bin").resolve("python");
  }

  static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(command)).inheritIO().start();
    if (!process.waitFor(110, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
  }
}

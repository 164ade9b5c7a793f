package dev.relive.evaluator.episodes;

import dev.relive.log.LogConnection;
import dev.relive.log.LogException;
import dev.relive.service.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A part of the episode topology in a process of its own, which a test may kill. */
final class EpisodeProcess {
  /** What it prints when it has read segments. */
  static final String READING = "reading";

  private static final long LOOK_MILLIS = 20;

  private EpisodeProcess() {}

  static Process start(LogConnection connection, String stream) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            EpisodeProcess.class.getName(),
            connection.bootstrapServers(),
            connection.prefix(),
            stream)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Works until it fails, is killed, or the test is gone. */
  public static void main(String[] arguments) throws Exception {
    endWithTheTest();
    LogConnection connection = new LogConnection(arguments[0], arguments[1], Map.of());
    CompletableFuture<LogException> failure = new CompletableFuture<>();
    try (EpisodeStream stream = new EpisodeStream(connection, new Metrics())) {
      stream.start(arguments[2], failure::complete);
      while (stream.segments() == 0 && !failure.isDone()) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
      System.out.println(READING);
      throw failure.get();
    }
  }

  private static void endWithTheTest() {
    Thread watch =
        new Thread(
            () -> {
              try {
                int unused = System.in.read();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              } finally {
                Runtime.getRuntime().halt(1);
              }
            });
    watch.setDaemon(true);
    watch.start();
  }
}

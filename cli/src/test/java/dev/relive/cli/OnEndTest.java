package dev.relive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that stay when their run has ended, as those of a cluster do. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class OnEndTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final long LOOK_AGAIN = Duration.ofMillis(20).toNanos();

  private final Path directory;
  private final EmbeddedBroker broker;
  private final List<Staying> processes = new ArrayList<>();

  OnEndTest(@TempDir Path directory) {
    this.directory = directory;
    broker = EmbeddedBroker.start(BrokerConfig.in(directory));
  }

  @AfterEach
  void close() {
    processes.forEach(staying -> staying.process().close());
    broker.close();
  }

  /** A process with its HTTP port. */
  private record Staying(ChildProcess process, int port) {

    /** Waits until the metrics are as wanted. */
    void awaitMetrics(Predicate<String> wanted) throws InterruptedException {
      while (get("/metrics").filter(wanted).isEmpty()) {
        LockSupport.parkNanos(LOOK_AGAIN);
      }
    }

    /** What is there; empty where nobody answers yet. */
    Optional<String> get(String path) throws InterruptedException {
      try {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return Optional.of(
            CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString(UTF_8)).body());
      } catch (IOException e) {
        return Optional.empty();
      }
    }
  }

  private Staying start(String... words) throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.addAll(
        List.of("--data-directory=" + directory, "--http-port=" + port, "--on-end=stay"));
    Staying staying = new Staying(ChildProcess.start(arguments.toArray(String[]::new)), port);
    processes.add(staying);
    return staying;
  }

  @Test
  void learnersOfARunWhoseStepsAreSpentStayAndTellNothingOfIt() throws Exception {
    Staying learner = start("learn", "--run=first", "--if-missing=begin", "--steps=600");
    learner.awaitMetrics(metrics -> metrics.contains("relive_run_info"));
    Staying producer = start("produce", "--run=first");
    for (Staying staying : List.of(learner, producer)) {
      // What a producer tells while it works may be gone before anybody looks; see the other test.
      String unused = staying.process().awaitLine(line -> line.contains("has ended"));
      String metrics = staying.get("/metrics").orElseThrow();
      assertFalse(metrics.contains("relive_"), metrics);
    }

    Staying another = start("learn", "--run=first", "--if-missing=begin", "--steps=600");
    while (another
        .get("/health/ready")
        .filter(report -> report.startsWith("{\"ok\":true"))
        .isEmpty()) {
      LockSupport.parkNanos(LOOK_AGAIN);
    }
    another.process().interrupt();
    assertEquals(ExitCode.INTERRUPTED, another.process().awaitEnd());
    assertTrue(
        another
            .process()
            .text()
            .contains("has spent its 600 steps, so there is nothing to resume."),
        another.process()::text);
  }

  @Test
  void producersExitWhenSomebodyGoesOnWithTheRun() throws Exception {
    Staying first = start("learn", "--label=first");
    Staying producer = start("produce", "--run=first");
    producer.awaitMetrics(metrics -> metrics.contains("relive_producer_steps_total"));
    producer.awaitMetrics(metrics -> metrics.contains("relive_run_info"));
    first.process().interrupt();
    assertEquals(ExitCode.INTERRUPTED, first.process().awaitEnd());
    producer.awaitMetrics(metrics -> !metrics.contains("relive_"));

    Staying second = start("learn", "--run=first");

    assertEquals(ExitCode.SUCCESS, producer.process().awaitEnd());
    second.process().interrupt();
    assertEquals(ExitCode.INTERRUPTED, second.process().awaitEnd());
  }
}

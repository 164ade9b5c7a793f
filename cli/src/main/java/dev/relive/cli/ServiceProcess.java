package dev.relive.cli;

import dev.relive.cli.page.LivePage;
import dev.relive.log.LogAdmin;
import dev.relive.log.LogConnection;
import dev.relive.service.Health;
import dev.relive.service.HttpEndpoint;
import dev.relive.service.Metrics;
import dev.relive.service.ServiceGroup;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What surrounds the services of a process: the word for what goes on, a page, metrics and health
 * over HTTP, and the way to the log.
 */
final class ServiceProcess {

  private static final Logger LOGGER = LoggerFactory.getLogger(ServiceProcess.class);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  /** No Prometheus asks more seldom. */
  private static final Duration BETWEEN_SCRAPES = Duration.ofMinutes(1);

  private final ServiceGroup group;
  private final Stopwatch stopwatch;
  private final Health health = new Health();
  private final LivePage page = new LivePage();
  private volatile String activity = "starting";
  private volatile boolean ready;
  private volatile @Nullable HttpEndpoint endpoint;

  /**
   * @param group takes over all that is opened
   */
  ServiceProcess(ServiceGroup group, Stopwatch stopwatch) {
    this.group = group;
    this.stopwatch = stopwatch;
    health.addReady("run", () -> ready ? Optional.empty() : Optional.of("It is " + activity + "."));
  }

  ServiceGroup group() {
    return group;
  }

  Stopwatch stopwatch() {
    return stopwatch;
  }

  /** What goes on, in a few words. */
  String activity() {
    return activity;
  }

  void setActivity(String words) {
    activity = words;
  }

  /** From now on the process has all that it needs. */
  void setReady() {
    ready = true;
  }

  /** What shows the work in a browser. */
  LivePage page() {
    return page;
  }

  /** Where the page is, once it is. */
  @Nullable String pageAddress() {
    HttpEndpoint known = endpoint;
    return known == null ? null : known.uri().toString();
  }

  /** Opens metrics, and shows the page, them and health. */
  Metrics openMetrics(Endpoint place) {
    return serve(new Metrics(), place);
  }

  /** Takes metrics over, and shows the page, them and health. */
  Metrics serve(Metrics metrics, Endpoint place) {
    group.add("metrics", metrics);
    HttpEndpoint opened = group.add("HTTP endpoint", place.open(metrics, health));
    page.serveAt(opened);
    group.add("page", page);
    endpoint = opened;
    return metrics;
  }

  /**
   * Waits until a Prometheus, if there is one, has heard what the metrics say now: a process that
   * ends takes with it what it did not tell. A stop that is requested ends the wait.
   */
  void tellMetricsOnceMore() throws InterruptedException {
    HttpEndpoint known = endpoint;
    CompletableFuture<Void> scrape = known == null ? null : known.nextScrape().orElse(null);
    if (scrape == null) {
      return;
    }
    setActivity("failed, and waiting for Prometheus to hear of it");
    try {
      CompletableFuture.anyOf(scrape, group.stopRequested())
          .get(BETWEEN_SCRAPES.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOGGER.info("Nobody has asked for the metrics for {}", BETWEEN_SCRAPES, e);
    }
  }

  /**
   * Waits for a Kafka that answers.
   *
   * @return empty where a stop was requested before
   * @throws Exception if none answers in time
   */
  Optional<LogConnection> connect(LogPlace place, Metrics metrics) throws Exception {
    Optional<String> address = awaitAddress(place);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    activity = "connecting to " + address.get();
    LogConnection connection =
        place.connection(address.get()).observedBy(new KafkaMetrics(metrics));
    CompletableFuture<Void> answer =
        inBackground("connection", () -> ask(connection, place.brokerTimeout()));
    return group.await(answer) ? Optional.of(connection) : Optional.empty();
  }

  private Optional<String> awaitAddress(LogPlace place) throws Exception {
    long deadline = System.nanoTime() + place.brokerTimeout().toNanos();
    Optional<String> address = place.address();
    boolean stopped = false;
    while (address.isEmpty() && !stopped) {
      activity = "waiting for a broker on " + place.dataDirectory();
      if (System.nanoTime() - deadline > 0) {
        throw place.noBroker();
      }
      stopped = !pause();
      address = place.address();
    }
    return stopped ? Optional.empty() : address;
  }

  /**
   * Waits until something holds.
   *
   * @return false where a stop was requested before
   * @throws Exception what a service failed with before
   */
  boolean awaitThat(BooleanSupplier condition) throws Exception {
    boolean stopped = false;
    while (!stopped && !condition.getAsBoolean()) {
      stopped = !pause();
    }
    return !stopped;
  }

  /** Returns false where a stop is requested meanwhile. */
  private boolean pause() throws Exception {
    return group.await(
        new CompletableFuture<Boolean>()
            .completeOnTimeout(true, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS));
  }

  private static @Nullable Void ask(LogConnection connection, Duration limit) {
    LogAdmin.open(connection, limit).close();
    return null;
  }

  /** Does what takes long beside other things. */
  static <T extends @Nullable Object> CompletableFuture<T> inBackground(
      String name, Supplier<T> work) {
    return CompletableFuture.supplyAsync(
        work,
        task -> {
          Thread thread = new Thread(task, "start-" + name);
          thread.setDaemon(true);
          thread.start();
        });
  }
}

package dev.relive.cli;

import dev.relive.cli.page.LivePage;
import dev.relive.log.LogAdmin;
import dev.relive.log.LogConnection;
import dev.relive.service.Health;
import dev.relive.service.HttpEndpoint;
import dev.relive.service.Metrics;
import dev.relive.service.ServiceGroup;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds the services of a process: the word for what goes on, a page, metrics and health
 * over HTTP, and the way to the log.
 */
final class ServiceProcess {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final ServiceGroup group;
  private final Stopwatch stopwatch;
  private final Health health = new Health();
  private final LivePage page = new LivePage();
  private volatile String activity = "starting";
  private volatile boolean ready;
  private volatile @Nullable URI endpoint;

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
    URI known = endpoint;
    return known == null ? null : known.toString();
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
    endpoint = opened.uri();
    return metrics;
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

package dev.relive.service;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The checks of a process by name. A process that is not <em>live</em> should be killed and started
 * anew; one that is live and not <em>ready</em> works on becoming so, or waits for another.
 */
public final class Health {

  private final Map<String, Check> live = new ConcurrentSkipListMap<>();
  private final Map<String, Check> ready = new ConcurrentSkipListMap<>();

  /** What a check asks, answered at once and from any thread. */
  @FunctionalInterface
  public interface Check {

    /** Empty when all is well, else a sentence that says what is not. */
    Optional<String> failure();
  }

  /** Adds a check without which the process is of no use any more, or replaces the one so named. */
  public void addLive(String name, Check check) {
    live.put(name, check);
  }

  /** Adds a check without which the process is of no use yet, or replaces the one so named. */
  public void addReady(String name, Check check) {
    ready.put(name, check);
  }

  /** What the live checks say now. */
  public HealthReport live() {
    return HealthReport.of(live);
  }

  /** What all checks say now: what is not live is not ready either. */
  public HealthReport ready() {
    Map<String, Check> all = new ConcurrentSkipListMap<>(live);
    all.putAll(ready);
    return HealthReport.of(all);
  }
}

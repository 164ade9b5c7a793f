package dev.relive.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** docker-compose.yml on a real engine: it comes up, is watched, and outlives its containers. */
@Tag("engine")
final class ComposeTest {
  private static final Duration TWO_MINUTES = Duration.ofMinutes(2);
  private static final List<String> SERVICES = List.of("learner", "producers", "evaluator");
  private static final int PROCESSES = 4;
  private static final int MORE_STEPS = 500;

  private static final String TARGETS = "sum(up{job=\"relive\"})";
  private static final String STEPS = "max(relive_learner_steps_total)";
  private static final String RESUMED = "max(relive_learner_resumed_steps)";
  private static final String LEARNERS = "max(relive_learner_generation)";
  private static final String PUBLISHED = "max(relive_learner_policy_version)";

  /** None of the environments' that is solved within the test. */
  private static RunningCompose endless() throws Exception {
    return new RunningCompose(
        Map.of(
            "RELIVE_ENVIRONMENT",
            "MountainCar-v0",
            "RELIVE_STEPS",
            "100000000",
            "RELIVE_RUN",
            "endless"));
  }

  @Test
  @Timeout(900)
  void learnsAndIsWatchedAndGoesOnAfterKillsAndDown() throws Exception {
    try (RunningCompose compose = endless()) {
      Prometheus prometheus = new Prometheus(compose.prometheusPort());
      long started = System.nanoTime();
      compose.up("--scale", "producers=2");
      Duration healthy = Duration.ofNanos(System.nanoTime() - started);

      prometheus.awaitAtLeast(TARGETS, PROCESSES, TWO_MINUTES);
      prometheus.awaitAtLeast(PUBLISHED, 1, TWO_MINUTES);
      Prometheus.await(
          () -> prometheus.value(Prometheus.rewards()).isPresent(), "rewards", TWO_MINUTES);
      Duration rewards = Duration.ofNanos(System.nanoTime() - started);
      System.out.printf("healthy after %s, rewards after %s%n", healthy, rewards);
      assertTrue(rewards.compareTo(TWO_MINUTES) < 0, "rewards came after " + rewards);
      assertHardened(compose);

      String run = onlyRun(prometheus);
      for (String service : SERVICES) {
        goesOnAfterAKill(service, compose, prometheus);
      }
      prometheus.awaitAtLeast(LEARNERS, 2, TWO_MINUTES);
      assertEquals(run, onlyRun(prometheus));

      double before = prometheus.value(STEPS).orElseThrow();
      var unused = compose.compose("down");
      compose.up("--scale", "producers=2");
      prometheus.awaitAtLeast(TARGETS, PROCESSES, TWO_MINUTES);
      prometheus.awaitAtLeast(STEPS, before + MORE_STEPS, TWO_MINUTES);

      prometheus.awaitAtLeast(LEARNERS, 3, TWO_MINUTES);
      prometheus.awaitAtLeast(RESUMED, before, TWO_MINUTES);
      assertEquals(run, onlyRun(prometheus));
      assertTrue(compose.compose("exec", "-T", "learner", "relive", "runs", "ls").contains(run));
      assertTrue(
          compose
              .compose("exec", "-T", "learner", "relive", "log", "verify")
              .endsWith("1 run, nothing lost, nothing damaged."));
    }
  }

  /** The run of every process that is scraped. */
  private static String onlyRun(Prometheus prometheus) throws Exception {
    List<String> runs = prometheus.labels("relive_run_info", "run");
    assertEquals(1, runs.size(), () -> "there are the runs " + runs);
    return runs.get(0);
  }

  private static void goesOnAfterAKill(
      String service, RunningCompose compose, Prometheus prometheus) throws Exception {
    String container = compose.containers(service).get(0);
    double before = prometheus.value(STEPS).orElseThrow();
    compose.kill(container);
    Prometheus.await(
        () ->
            compose
                .inspect(container, "{{.RestartCount}} {{.State.Health.Status}}")
                .equals("1 healthy"),
        service + " to be restarted and healthy",
        TWO_MINUTES);
    prometheus.awaitAtLeast(TARGETS, PROCESSES, TWO_MINUTES);
    prometheus.awaitAtLeast(STEPS, before + MORE_STEPS, TWO_MINUTES);
  }

  private static void assertHardened(RunningCompose compose) throws Exception {
    for (String service : SERVICES) {
      for (String container : compose.containers(service)) {
        assertEquals(
            "10001:10001 true [ALL] [no-new-privileges:true]",
            compose.inspect(
                container,
                "{{.Config.User}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}}"
                    + " {{.HostConfig.SecurityOpt}}"));
      }
    }
  }
}

package dev.relive.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The catalogue follows Prometheus' rules of naming. */
class MeterTest {

  /** All that labels may be: whatever counts episodes, lanes or versions has no bound. */
  private static final Set<String> BOUNDED_LABELS =
      Set.of(
          "run",
          "actor",
          "reason",
          "end",
          "label",
          "environment",
          "algorithm",
          "topic",
          "partition");

  @ParameterizedTest
  @EnumSource
  void isNamedAsPrometheusWants(Meter meter) {
    String name = meter.metricName();
    assertTrue(name.matches("(relive|process)(_[a-z]+)+"), name);
    assertEquals(meter.type() == Meter.Type.COUNTER, name.endsWith("_total"), name);
    for (String abbreviated :
        Set.of("_ms", "_ns", "_us", "_sec", "_kb", "_mb", "_milli", "_nano")) {
      assertFalse((name + "_").contains(abbreviated + "_"), name);
    }
    assertTrue(BOUNDED_LABELS.containsAll(meter.labels()), name);
  }

  @ParameterizedTest
  @EnumSource
  void saysItsUnitInItsName(Meter meter) {
    String base = meter.baseName();
    switch (meter.unit()) {
      case SECONDS -> assertTrue(base.endsWith("_seconds"), base);
      case UNIX_TIME -> assertTrue(base.endsWith("_timestamp_seconds"), base);
      case BYTES -> assertTrue(base.endsWith("_bytes"), base);
      case VERSION -> assertTrue(base.contains("_version"), base);
      default -> assertFalse(base.endsWith("_seconds") || base.endsWith("_bytes"), base);
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysWhatItIs(Meter meter) {
    assertTrue(meter.help().endsWith("."), meter.help());
    assertTrue(
        Character.isUpperCase(meter.help().charAt(0))
            || meter.help().startsWith("0")
            || meter.help().startsWith("1"),
        meter.help());
  }

  @Test
  void everyNameIsThereOnce() {
    assertEquals(Meter.sampleNames().size(), new HashSet<>(Meter.sampleNames()).size());
  }

  @Test
  void isRegisteredAsItIsDescribed() {
    PrometheusRegistry registry = new PrometheusRegistry();
    Meters meters = new Meters(registry);
    meters.counter(Meter.LEARNER_STEPS, counter -> counter.call(3, "some-run"));
    meters.gauge(Meter.LEARNER_LOSS, gauge -> {});
    meters.info(Meter.RUN_INFO, "some-run", "a label", "CartPole-v1", "double-dqn");
    assertEquals(
        Set.of("relive_learner_steps", "relive_run"),
        Set.copyOf(
            registry.scrape().stream()
                .filter(snapshot -> !snapshot.getDataPoints().isEmpty())
                .map(snapshot -> snapshot.getMetadata().getName())
                .toList()));
    MetricSnapshot steps =
        registry.scrape(name -> name.startsWith("relive_learner_steps")).iterator().next();
    assertEquals(Meter.LEARNER_STEPS.help(), steps.getMetadata().getHelp());
    assertEquals("some-run", steps.getDataPoints().get(0).getLabels().get("run"));
  }

  @Test
  void isRegisteredAsNothingElse() {
    Meters meters = new Meters(new PrometheusRegistry());
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> meters.gauge(Meter.LEARNER_STEPS, gauge -> {}))
            .getMessage();
    assertEquals("The catalogue has LEARNER_STEPS as a COUNTER, not as a GAUGE.", message);
  }
}

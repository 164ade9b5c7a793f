package dev.relive.dashboards;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.relive.service.Meter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two real runs, one by each algorithm, and a real Prometheus that looks at them: every query of
 * every panel and rule returns data. Into the log of one of them goes what should not be there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LiveRunTest {
  private static final Pattern FAMILY = Pattern.compile("# TYPE (\\w+) (\\w+)");

  /**
   * What only runs have that learn from another's experience, and evaluators that play as in
   * training.
   */
  private static final Set<Meter> OF_OTHER_RUNS =
      Set.of(
          Meter.LEARNER_DROPPED_STEPS,
          Meter.LEARNER_DROPPED_VERSION_STEPS,
          Meter.LEARNER_LOW_RETURN_EPISODES,
          Meter.LEARNER_ABANDONED_EPISODES,
          Meter.LEARNER_OVERSIZED_EPISODES,
          Meter.LEARNER_HELD_EPISODES,
          Meter.EVALUATOR_STOCHASTIC_RETURN_MEAN);

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final List<ReliveProcess> runs = new ArrayList<>();
  private PrometheusTools tools = new PrometheusTools(Checkout.RULES);
  private @Nullable RunningPrometheus prometheus;

  @BeforeAll
  void startRuns(@TempDir Path directory) throws Exception {
    tools = PrometheusTools.find();
    String[] forLong = {"--steps=1000000000", "--set=schedule.snapshot-every=2000"};
    runs.add(
        opened(
            ReliveProcess.start(
                directory.resolve("double-dqn"),
                "train",
                with(forLong, "--set=double-dqn.learning-rate=1e-9"))));
    runs.add(
        opened(
            ReliveProcess.start(
                directory.resolve("actor-critic"),
                "train",
                with(
                    forLong,
                    "--algorithm=actor-critic",
                    "--set=actor-critic.learning-rate=1e-9"))));
    prometheus =
        opened(
            RunningPrometheus.start(
                tools,
                directory.resolve("prometheus"),
                RulesFile.alerts(),
                runs.stream().map(ReliveProcess::target).toList()));
    for (ReliveProcess run : runs) {
      Await.that(
          () -> run.metrics().contains(Meter.EVALUATOR_RETURN_MEAN.metricName() + "{"),
          "the first evaluation");
    }
    String servers = Files.readString(directory.resolve("double-dqn/broker.address")).strip();
    try (BadExperience bad = new BadExperience(servers, "relive.experience.CartPole-v1")) {
      bad.writeNonsense();
      bad.writeAfterAGap();
    }
  }

  private static String[] with(String[] some, String... others) {
    return Stream.concat(Stream.of(some), Stream.of(others)).toArray(String[]::new);
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.add(part);
    return part;
  }

  @AfterAll
  void close() throws Exception {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
  }

  private RunningPrometheus prometheus() {
    return requireNonNull(prometheus, "prometheus is null");
  }

  @Test
  void everyQueryOfEveryPanelReturnsData() throws Exception {
    List<String> queries =
        Generate.DASHBOARDS.stream()
            .flatMap(dashboard -> LiveQueries.withData(dashboard).stream())
            .map(LiveQueries::substituted)
            .toList();
    assertTrue(queries.size() > 50);
    assertReturnData(queries);
  }

  @Test
  void everyRecordingRuleAndWhatAlertsLookAtReturnsData() throws Exception {
    assertReturnData(Stream.of(RecordingRule.values()).map(RecordingRule::record).toList());
    assertReturnData(Stream.of(Alert.values()).map(Alert::measure).toList());
  }

  private void assertReturnData(Collection<String> queries) throws Exception {
    Set<String> empty = new TreeSet<>(queries);
    Await.that(
        () -> {
          for (String query : List.copyOf(empty)) {
            if (hasNumbers(prometheus().query(query))) {
              empty.remove(query);
            }
          }
          return empty.isEmpty();
        },
        () -> "data of " + String.join("\n", empty));
  }

  private static boolean hasNumbers(JsonArray result) {
    for (JsonElement series : result) {
      String value = series.getAsJsonObject().getAsJsonArray("value").get(1).getAsString();
      if (!value.equals("NaN")) {
        return true;
      }
    }
    return false;
  }

  @Test
  void badExperienceFiresItsAlertsAndNoOther() throws Exception {
    prometheus().awaitFiring(Alert.RECORDS_REJECTED);
    prometheus().awaitFiring(Alert.SEGMENTS_MISSING);
    for (Alert other : Alert.values()) {
      boolean itsOwn = other == Alert.RECORDS_REJECTED || other == Alert.SEGMENTS_MISSING;
      assertEquals(itsOwn, prometheus().isFiring(other), other.alertName());
    }
  }

  @Test
  void promtoolHasNothingToSayOfTheMetrics() throws Exception {
    for (ReliveProcess run : runs) {
      PrometheusTools.Said said = tools.promtool(run.metrics(), "check", "metrics");
      assertEquals("", said.text());
      assertEquals(0, said.exitCode());
    }
  }

  @Test
  void servicesTellWhatTheCatalogueHasAndNothingElse() throws Exception {
    Map<String, String> told = new TreeMap<>();
    for (ReliveProcess run : runs) {
      FAMILY
          .matcher(run.metrics())
          .results()
          .filter(family -> family.group(1).startsWith("relive_"))
          .forEach(family -> told.put(family.group(1), family.group(2)));
    }
    Map<String, String> catalogue =
        Stream.of(Meter.values())
            .filter(meter -> meter.metricName().startsWith("relive_"))
            .filter(meter -> !OF_OTHER_RUNS.contains(meter))
            .collect(Collectors.toMap(Meter::metricName, LiveRunTest::promType));
    assertEquals(new TreeMap<>(catalogue), told);
  }

  private static String promType(Meter meter) {
    return switch (meter.type()) {
      case COUNTER -> "counter";
      case GAUGE, INFO -> "gauge";
      case HISTOGRAM -> "histogram";
      case SUMMARY -> "summary";
    };
  }
}

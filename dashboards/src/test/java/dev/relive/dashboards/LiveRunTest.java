package dev.relive.dashboards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.relive.service.Meter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two real runs, one by each algorithm, and a real Prometheus that looks at them: every query of
 * every panel and rule returns data. A record that is no segment is written into the log of one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LiveRunTest {
  private static final Pattern FAMILY = Pattern.compile("# TYPE (\\w+) (\\w+)");

  /** What only runs have that learn from another's experience. */
  private static final Set<Meter> OF_OTHER_RUNS =
      Set.of(
          Meter.LEARNER_DROPPED_STEPS,
          Meter.LEARNER_DROPPED_VERSION_STEPS,
          Meter.LEARNER_LOW_RETURN_EPISODES,
          Meter.LEARNER_ABANDONED_EPISODES,
          Meter.LEARNER_OVERSIZED_EPISODES,
          Meter.LEARNER_HELD_EPISODES);

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final List<TrainingProcess> runs = new ArrayList<>();
  private PrometheusTools tools = new PrometheusTools(Checkout.RULES);
  private @org.jspecify.annotations.Nullable RunningPrometheus prometheus;

  @BeforeAll
  void startRuns(@TempDir Path directory) throws Exception {
    tools = PrometheusTools.find();
    String[] forLong = {"--steps=1000000000", "--set=schedule.snapshot-every=2000"};
    runs.add(
        opened(
            TrainingProcess.start(
                directory.resolve("double-dqn"),
                with(forLong, "--set=double-dqn.learning-rate=1e-9"))));
    runs.add(
        opened(
            TrainingProcess.start(
                directory.resolve("actor-critic"),
                with(
                    forLong,
                    "--algorithm=actor-critic",
                    "--set=actor-critic.learning-rate=1e-9"))));
    prometheus =
        opened(
            RunningPrometheus.start(
                tools,
                directory.resolve("prometheus"),
                runs.stream().map(TrainingProcess::target).toList()));
    for (TrainingProcess run : runs) {
      Await.that(
          () -> run.metrics().contains(Meter.EVALUATOR_RETURN_MEAN.metricName() + "{"),
          "the first evaluation");
    }
    writeNonsense(runs.get(0).bootstrapServers());
  }

  private static String[] with(String[] some, String... others) {
    return Stream.concat(Stream.of(some), Stream.of(others)).toArray(String[]::new);
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.add(part);
    return part;
  }

  private static void writeNonsense(String bootstrapServers) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>("relive.experience.CartPole-v1", 0, null, new byte[] {1, 2}))
          .get();
    }
  }

  @AfterAll
  void close() throws Exception {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
  }

  private RunningPrometheus prometheus() {
    return java.util.Objects.requireNonNull(prometheus, "prometheus is null");
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
  void nonsenseInTheLogFiresAnAlertAndNothingElse() throws Exception {
    Await.that(
        () -> !prometheus().query(firing(Alert.RECORDS_REJECTED)).isEmpty(),
        Alert.RECORDS_REJECTED.alertName());
    for (Alert quiet :
        List.of(Alert.SEGMENTS_MISSING, Alert.LEARNING_DIVERGED, Alert.LEARNER_BEHIND)) {
      assertTrue(prometheus().query(firing(quiet)).isEmpty(), quiet.alertName());
    }
  }

  private static String firing(Alert alert) {
    return "ALERTS{alertstate=\"firing\",alertname=\"" + alert.alertName() + "\"}";
  }

  @Test
  void promtoolHasNothingToSayOfTheMetrics() throws Exception {
    for (TrainingProcess run : runs) {
      PrometheusTools.Said said = tools.promtool(run.metrics(), "check", "metrics");
      assertEquals("", said.text());
      assertEquals(0, said.exitCode());
    }
  }

  @Test
  void servicesTellWhatTheCatalogueHasAndNothingElse() throws Exception {
    Map<String, String> told = new java.util.TreeMap<>();
    for (TrainingProcess run : runs) {
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
    assertEquals(new java.util.TreeMap<>(catalogue), told);
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

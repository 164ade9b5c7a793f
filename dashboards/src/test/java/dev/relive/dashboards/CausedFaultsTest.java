package dev.relive.dashboards;

import dev.relive.service.Meter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Alerts that fire because their fault is caused in real processes. The rules look back over ten
 * seconds instead of minutes and wait for nothing; ages are of seconds. With {@code -Pfaults}.
 */
@EnabledIfSystemProperty(
    named = "faults.extent",
    matches = "long",
    disabledReason = "It takes minutes: ./mvnw verify -Pfaults")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class CausedFaultsTest {
  private static final int SHORT_AGE = 5;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final Path directory;
  private PrometheusTools tools = new PrometheusTools(Checkout.RULES);

  CausedFaultsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeEach
  void find() throws Exception {
    tools = PrometheusTools.find();
  }

  @AfterEach
  void close() throws Exception {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
  }

  /** Of a broker alone: a training ends with it, before a Prometheus may have asked. */
  @Test
  void aDiskWithoutRoom() throws Exception {
    ReliveProcess broker = relive("broker", "--free-disk-floor=1000TB");
    RunningPrometheus prometheus = prometheus(broker);
    prometheus.awaitFiring(Alert.DISK_FULL);
    prometheus.awaitFiring(Alert.DISK_LOW);
  }

  @Test
  void aLearnerWithoutProducers() throws Exception {
    broker();
    prometheus(relive("learn")).awaitFiring(Alert.NO_PROGRESS);
  }

  @Test
  void aLearnerThatIsKilled() throws Exception {
    broker();
    ReliveProcess learner = relive("learn");
    ReliveProcess producer = relive("produce");
    RunningPrometheus prometheus = prometheus(learner, producer);
    awaitMeter(producer, Meter.PRODUCER_STEPS);
    learner.kill();
    prometheus.awaitFiring(Alert.LEARNER_GONE);
    prometheus.awaitFiring(Alert.PRODUCERS_STALLED);
  }

  @Test
  void aLearnerThatIsTooSlowAndKeepsNothing() throws Exception {
    broker();
    ReliveProcess learner =
        relive("learn", "--set=schedule.updates=5000", "--set=schedule.snapshot-every=100000000");
    ReliveProcess producer = relive("produce", "--free-running");
    RunningPrometheus prometheus = prometheus(learner, producer);
    prometheus.awaitFiring(Alert.NO_SNAPSHOT);
    prometheus.awaitFiring(Alert.LEARNER_BEHIND);
  }

  @Test
  void anEvaluatorThatIsTooSlow() throws Exception {
    broker();
    ReliveProcess learner = relive("learn");
    ReliveProcess producer = relive("produce");
    ReliveProcess evaluator = relive("evaluate", "--episodes=1000000");
    prometheus(learner, producer, evaluator).awaitFiring(Alert.EVALUATOR_BEHIND);
  }

  /** Prometheus hears of it although the process ends. */
  @Test
  void aRunThatDiverges() throws Exception {
    broker();
    ReliveProcess learner = relive("learn", "--environment=" + HugeNumbers.ID);
    RunningPrometheus prometheus = prometheus(learner);
    awaitMeter(learner, Meter.LEARNER_DIVERGED);
    relive("produce");
    prometheus.awaitFiring(Alert.LEARNING_DIVERGED);
  }

  /** Steps of learning so large that what was learned is soon lost again. */
  @Test
  void aPolicyThatGetsWorse() throws Exception {
    ReliveProcess train = relive("train", "--seed=3", "--set=double-dqn.learning-rate=0.03");
    prometheus(train).awaitFiring(Alert.REWARD_COLLAPSE);
  }

  private void broker() throws Exception {
    relive("broker");
    Await.that(() -> Files.exists(directory.resolve("log/broker.address")), "the broker");
  }

  private ReliveProcess relive(String command, String... options) throws Exception {
    Stream<String> all = Stream.of(options);
    if (command.equals("train") || command.equals("learn")) {
      all = Stream.concat(all, Stream.of("--steps=1000000000"));
    }
    ReliveProcess process =
        ReliveProcess.start(directory.resolve("log"), command, all.toArray(String[]::new));
    opened.add(process);
    return process;
  }

  private RunningPrometheus prometheus(ReliveProcess... processes) throws Exception {
    String alerts =
        RulesFile.alerts()
            .replaceAll("for: \\w+", "for: 0s")
            .replace("[5m]", "[10s]")
            .replace("> " + Thresholds.SNAPSHOT_AGE, "> " + SHORT_AGE)
            .replace("> " + Thresholds.EVALUATION_AGE, "> " + SHORT_AGE);
    RunningPrometheus started =
        RunningPrometheus.start(
            tools,
            directory.resolve("prometheus"),
            alerts,
            Stream.of(processes).map(ReliveProcess::target).toList());
    opened.add(started);
    return started;
  }

  private static void awaitMeter(ReliveProcess process, Meter meter) throws Exception {
    Await.that(() -> process.metrics().contains(meter.metricName() + "{"), meter.metricName());
  }
}

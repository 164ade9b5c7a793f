package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.agents.DivergedException;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.log.Column;
import dev.relive.log.LogConnection;
import dev.relive.log.Segment;
import dev.relive.service.Meter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class LearnerMetricsTest {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private EmbeddedBroker broker;

  @BeforeAll
  void startBroker(@TempDir Path directory) {
    broker = EmbeddedBroker.start(BrokerConfig.in(directory));
  }

  @AfterAll
  void stopBroker() {
    broker.close();
  }

  @Test
  void tellsThatLearningDivergedWhenNumbersGrowBeyondMeasure() throws Exception {
    BrokerLog log = new BrokerLog(LogConnection.to(broker.bootstrapServers()));
    long before = Clock.systemUTC().millis() / 1000;
    try (LearnerService learner =
        new LearnerService(
            new LearnerConfig(log.connection(), BrokerLog.newRun(), DeviceChoice.CPU, Map.of()),
            registry,
            Clock.systemUTC())) {
      learner.start();
      assertEquals(OptionalDouble.empty(), value(Meter.LEARNER_LOSS));
      assertEquals(OptionalDouble.empty(), value(Meter.LEARNER_REPLAY_OLDEST_TIMESTAMP_SECONDS));
      assertEquals(OptionalDouble.of(0), value(Meter.LEARNER_DIVERGED));
      assertEquals(OptionalDouble.of(16), value(Meter.LEARNER_BATCH_SIZE));
      assertTrue(value(Meter.LEARNER_SNAPSHOT_TIMESTAMP_SECONDS).orElseThrow() >= before);

      log.write(withHugeObservations(BrokerLog.segments(learner.run())));
      ExecutionException failure =
          assertThrows(ExecutionException.class, () -> BrokerLog.await(learner.completion()));
      assertInstanceOf(DivergedException.class, failure.getCause());
      assertEquals(OptionalDouble.of(1), value(Meter.LEARNER_DIVERGED));
      assertEquals(
          OptionalDouble.of((double) learner.status().updates()), value(Meter.LEARNER_UPDATES));
      assertTrue(value(Meter.LEARNER_READ_BYTES).orElseThrow() > 0);
    }
  }

  private static List<Segment> withHugeObservations(List<Segment> segments) {
    return segments.stream().map(LearnerMetricsTest::withHugeObservations).toList();
  }

  private static Segment withHugeObservations(Segment segment) {
    Column observations = segment.observations();
    ByteBuffer huge =
        ByteBuffer.allocate(observations.rows() * observations.rowElements() * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    while (huge.hasRemaining()) {
      huge.putFloat(Float.MAX_VALUE);
    }
    return new Segment(
        segment.lane(),
        segment.sequence(),
        segment.episode(),
        segment.firstStep(),
        segment.length(),
        segment.end(),
        segment.policyVersions(),
        segment.actorSteps(),
        segment.startedAtMicros(),
        segment.endedAtMicros(),
        Column.of(observations.type(), observations.shape(), observations.rows(), huge.flip()),
        segment.actions(),
        segment.rewards(),
        segment.behaviourProbabilities());
  }

  private OptionalDouble value(Meter meter) {
    return registry.scrape().stream()
        .filter(
            snapshot ->
                meter
                    .metricName()
                    .replaceFirst("_total$", "")
                    .equals(snapshot.getMetadata().getName()))
        .flatMap(snapshot -> snapshot.getDataPoints().stream())
        .mapToDouble(LearnerMetricsTest::value)
        .findFirst();
  }

  private static double value(DataPointSnapshot point) {
    return point instanceof CounterDataPointSnapshot counter
        ? counter.getValue()
        : ((GaugeDataPointSnapshot) point).getValue();
  }
}

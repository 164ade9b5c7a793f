package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.agents.EnvironmentMessages;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.environments.Environments;
import dev.relive.learner.LearnerStart.NewRun;
import dev.relive.log.Column;
import dev.relive.log.ExperienceReader;
import dev.relive.log.ExperienceWriter;
import dev.relive.log.LogAdmin;
import dev.relive.log.LogConnection;
import dev.relive.log.LogException;
import dev.relive.log.Publication;
import dev.relive.log.ReadRequest;
import dev.relive.log.RejectedRecords;
import dev.relive.log.Run;
import dev.relive.log.RunFeeds;
import dev.relive.log.RunPublisher;
import dev.relive.log.RunRegistry;
import dev.relive.log.Segment;
import dev.relive.log.SegmentRecord;
import dev.relive.log.Topic;
import dev.relive.log.WriterSettings;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.Setting;
import dev.relive.log.wire.Snapshot;
import dev.relive.producers.ProducerConfig;
import dev.relive.producers.ProducerService;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;

/** Runs that were learned through a real broker, derived again from what is in it. */
@TestInstance(Lifecycle.PER_CLASS)
class RunReproductionTest {
  private static final Map<String, String> VERSIONS = Map.of("relive", "1", "pytorch", "2");

  private EmbeddedBroker broker;
  private int logs;

  /** A run of double DQN that has come to its end, and its log. */
  private BrokerLog log;

  private Run run;

  @BeforeAll
  void learn(@TempDir Path directory) throws Exception {
    broker = EmbeddedBroker.start(BrokerConfig.in(directory));
    log = newLog();
    run = learned(log, Algorithm.DOUBLE_DQN, false);
  }

  @AfterAll
  void stopBroker() {
    broker.close();
  }

  @ParameterizedTest
  @CsvSource({"DOUBLE_DQN, false", "DOUBLE_DQN, true", "ACTOR_CRITIC, false", "ACTOR_CRITIC, true"})
  void aRunIsDerivedToTheLastBit(Algorithm algorithm, boolean deterministic) throws Exception {
    BrokerLog other = newLog();
    Reproduction reproduction = reproduce(other, learned(other, algorithm, deterministic));

    assertTrue(reproduction.isSame(), reproduction::toString);
    List<DerivedSnapshot> snapshots = reproduction.snapshots();
    assertTrue(snapshots.size() >= 4, reproduction::toString);
    assertEquals(2048, snapshots.get(snapshots.size() - 1).runSteps());
    assertEquals(0, reproduction.rejected());
    assertEquals(List.of(), reproduction.notes());
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void aRunWhoseLearnersWereReplacedUnderLoadIsDerived(Algorithm algorithm) throws Exception {
    BrokerLog other = newLog();
    List<LearnerService> learners = new ArrayList<>();
    // Each goes on for a second and more when the last one takes over.
    long steps = algorithm == Algorithm.DOUBLE_DQN ? 6_000 : 20_000;
    NewRun longer =
        BrokerLog.with(newRun(algorithm, false), "schedule.steps", Long.toString(steps));
    try (LearnerService first = other.started(longer);
        ProducerService producer = producer(other, first.run())) {
      learners.add(first);
      producer.start();
      for (int takeOver = 1; takeOver <= 3; takeOver++) {
        long least = takeOver * steps / 8;
        other.progress(first.run(), progress -> progress.getRunSteps() >= least);
        learners.add(other.started(BrokerLog.resume(first.run(), IfRunning.TAKE_OVER)));
      }
      BrokerLog.await(learners.get(learners.size() - 1).completion());

      Reproduction reproduction = reproduce(other, other.run(first.run()));

      assertTrue(reproduction.isSame(), reproduction::toString);
      assertTrue(
          reproduction.snapshots().stream().anyMatch(each -> each.generation() > 2),
          reproduction::toString);
    } finally {
      learners.forEach(LearnerService::close);
    }
  }

  @Test
  void aTamperedSnapshotIsNamed() throws Exception {
    BrokerLog copy =
        copied(
            log,
            run,
            UnaryOperator.identity(),
            snapshot ->
                snapshot.getRunSteps() == 1008
                    ? snapshot.toBuilder().setWeights(tampered(snapshot)).build()
                    : snapshot);

    Reproduction reproduction = reproduce(copy, run);

    assertFalse(reproduction.isSame());
    assertEquals(1, reproduction.differing());
    DerivedSnapshot first = reproduction.firstDiffering().orElseThrow();
    assertEquals(1008, first.runSteps());
    assertEquals("", first.recorded());
  }

  @Test
  void whatFollowsFromATamperedSegmentIsNamed() throws Exception {
    BrokerLog copy =
        copied(
            log,
            run,
            segment -> segment.actorSteps() >= 1300 ? withOtherRewards(segment) : segment,
            UnaryOperator.identity());

    Reproduction reproduction = reproduce(copy, run);

    assertFalse(reproduction.isSame());
    assertTrue(reproduction.snapshots().get(1).isSame(), reproduction::toString);
    assertEquals(1504, reproduction.firstDiffering().orElseThrow().runSteps());
  }

  @Test
  void aSnapshotThatIsNotThereIsNamed() throws Exception {
    BrokerLog copy =
        copied(
            log,
            run,
            UnaryOperator.identity(),
            snapshot ->
                snapshot.getRunSteps() == 1008
                    ? snapshot.toBuilder().setRun("another").build()
                    : snapshot);

    DerivedSnapshot missing = reproduce(copy, run).firstDiffering().orElseThrow();

    assertEquals(1008, missing.runSteps());
    assertEquals(0, missing.version());
    assertEquals(null, missing.recorded());
  }

  @Test
  void anotherProgramOrProcessorIsARefusalUnlessAnyway() throws Exception {
    RunSpec elsewhere = run.spec().toBuilder().clearVersions().build();
    for (Setting version : run.spec().getVersionsList()) {
      elsewhere =
          elsewhere.toBuilder()
              .addVersions(
                  version.getName().equals("processor")
                      ? version.toBuilder().setValue("abacus").build()
                      : version)
              .build();
    }
    Run other = new Run(elsewhere, null, null);
    RunReproduction reproduction = reproduction(log);

    String refusal = message(() -> reproduction.reproduce(other, false));
    assertTrue(refusal.contains(" cannot be reproduced to the bit here: processor was abacus and"));
    Reproduction anyway = reproduction(log).reproduce(other, true);
    assertTrue(anyway.isSame());
    assertTrue(anyway.notes().get(0).startsWith("The last bits may differ: processor was abacus"));
  }

  @Test
  void aRunThatDoesNotSayWhatItComputedWithIsTriedWithANote() throws Exception {
    BrokerLog copy =
        copied(
            log,
            run,
            UnaryOperator.identity(),
            snapshot -> snapshot.toBuilder().clearLineage().build());
    Run old = new Run(run.spec().toBuilder().clearVersions().build(), null, null);

    Reproduction reproduction = reproduce(copy, old);

    assertTrue(reproduction.isSame());
    assertEquals(
        List.of(
            "The run does not say what it computed with (device, processor, pytorch, relive,"
                + " threads, vector-instructions); it is taken to be the same as here."),
        reproduction.notes());
  }

  @Test
  void refusesWhatTheLogDoesNotDecide() throws Exception {
    RunSpec.Builder inTwo = run.spec().toBuilder().addPartitions(PartitionRange.newBuilder());
    assertRefused(log, inTwo.build(), "it is recorded in 2 partitions");
    RunSpec.Builder unknown = run.spec().toBuilder().setRun("unknown");
    assertRefused(log, unknown.build(), "it has kept no snapshots");
    RunSpec.Builder byAnother = run.spec().toBuilder().setAlgorithm("sarsa");
    assertRefused(log, byAnother.build(), "it learns by sarsa, and this program by double-dqn or");

    BrokerLog resumed = newLog();
    Run onPolicy = learned(resumed, Algorithm.ACTOR_CRITIC, false);
    BrokerLog copy =
        copied(
            resumed,
            onPolicy,
            UnaryOperator.identity(),
            snapshot -> snapshot.toBuilder().clearLineage().setGeneration(2).build());
    assertRefused(copy, onPolicy.spec(), "version 9 of generation 2 does not say where that was");

    deleteBeginning(resumed, onPolicy);
    assertRefused(resumed, onPolicy.spec(), "what stood before offset 3 was deleted");
  }

  private static void assertRefused(BrokerLog log, RunSpec spec, String why) {
    String refusal = message(() -> reproduce(log, new Run(spec, null, null)));
    assertTrue(refusal.startsWith("Run " + spec.getRun() + " cannot be reproduced"), refusal);
    assertTrue(refusal.contains(why), refusal);
  }

  private static void deleteBeginning(BrokerLog log, Run run) throws Exception {
    TopicPartition partition = new TopicPartition(topic(log, run.spec()).name(), 0);
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", log.connection().bootstrapServers()))) {
      var unused =
          admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(3))).all().get();
    }
  }

  private interface Work {
    Object run() throws Exception;
  }

  private static String message(Work work) {
    return String.valueOf(assertThrows(LogException.class, work::run).getMessage());
  }

  private static dev.relive.log.wire.Tensors tampered(Snapshot snapshot) {
    byte[] bytes = snapshot.getWeights().getSafetensors().toByteArray();
    bytes[bytes.length - 2] ^= 1;
    return snapshot.getWeights().toBuilder()
        .setSafetensors(com.google.protobuf.ByteString.copyFrom(bytes))
        .build();
  }

  private static Segment withOtherRewards(Segment segment) {
    ByteBuffer rewards = ByteBuffer.allocate(4 * segment.length()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < segment.length(); i++) {
      rewards.putFloat(1.25f);
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
        segment.observations(),
        segment.actions(),
        Column.of(segment.rewards().type(), new int[0], segment.length(), rewards.flip()),
        segment.behaviourProbabilities());
  }

  /** The run in a log of its own, with other segments or snapshots. */
  private BrokerLog copied(
      BrokerLog from,
      Run copiedRun,
      UnaryOperator<Segment> segments,
      UnaryOperator<Snapshot> snapshots)
      throws Exception {
    BrokerLog copy = newLog();
    try (LogAdmin admin = LogAdmin.open(copy.connection())) {
      admin.ensure(copy.connection().topics().shared());
      admin.ensure(List.of(topic(copy, copiedRun.spec())));
    }
    try (ExperienceWriter writer =
            ExperienceWriter.open(
                copy.connection(), topic(copy, copiedRun.spec()), 0, WriterSettings.DEFAULT);
        RunPublisher publisher = RunPublisher.open(copy.connection(), copiedRun.id());
        RunPublisher another = RunPublisher.open(copy.connection(), "another")) {
      writer
          .write(Flux.fromIterable(segments(from, copiedRun)).map(segments))
          .blockLast(BrokerLog.PATIENCE);
      for (Snapshot snapshot : kept(from, copiedRun)) {
        Snapshot changed = snapshots.apply(snapshot);
        (changed.getRun().equals(copiedRun.id()) ? publisher : another)
            .publish(Publication.of(Progress.getDefaultInstance()).with(changed));
      }
      publisher.flush();
    }
    return copy;
  }

  private static Topic topic(BrokerLog log, RunSpec spec) {
    return log.connection().topics().experience(spec.getStream());
  }

  private static List<Segment> segments(BrokerLog log, Run run) {
    List<Segment> segments =
        new ExperienceReader(log.connection(), RejectedRecords.LEFT)
            .records(ReadRequest.of(log.connection().topics(), run.spec()).untilNow())
            .map(SegmentRecord::segment)
            .collectList()
            .block(BrokerLog.PATIENCE);
    return segments == null ? List.of() : segments;
  }

  private static List<Snapshot> kept(BrokerLog log, Run run) {
    List<Snapshot> kept =
        new RunFeeds(log.connection())
            .snapshotsNow(run.id())
            .collectList()
            .block(BrokerLog.PATIENCE);
    return kept == null ? List.of() : kept;
  }

  private static Reproduction reproduce(BrokerLog log, Run run) throws InterruptedException {
    return reproduction(log).reproduce(run, false);
  }

  private static RunReproduction reproduction(BrokerLog log) {
    return new RunReproduction(log.connection(), VERSIONS, (done, total) -> {});
  }

  /** A run that has come to its end. */
  private static Run learned(BrokerLog log, Algorithm algorithm, boolean deterministic)
      throws Exception {
    LearnerConfig config =
        new LearnerConfig(
            log.connection(), newRun(algorithm, deterministic), DeviceChoice.CPU, VERSIONS);
    try (LearnerService learner =
        new LearnerService(config, new PrometheusRegistry(), Clock.systemUTC())) {
      learner.start();
      try (ProducerService producer = producer(log, learner.run())) {
        producer.start();
        BrokerLog.await(learner.completion());
      }
      try (RunRegistry registry = new RunRegistry(log.connection())) {
        return registry.find(learner.run());
      }
    }
  }

  private static NewRun newRun(Algorithm algorithm, boolean deterministic) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "schedule.steps", "2048",
                "schedule.snapshot-every", "500",
                "schedule.checkpoint-every", "300",
                "flow.lanes", "4",
                "flow.segment-length", "40",
                "network.hidden-sizes", "8"));
    if (algorithm == Algorithm.DOUBLE_DQN) {
      settings.put("flow.max-lead", "128");
      settings.put("schedule.learning-starts", "200");
      settings.put("schedule.updates", "4");
    } else {
      settings.put("flow.max-lead", "64");
      settings.put("actor-critic.batch-size", "64");
    }
    if (deterministic) {
      settings.put("observation.normalise", "true");
      settings.put("observation.stack", "3");
      settings.put("reward.scale", "0.1");
    }
    return new NewRun(
        "",
        EnvironmentMessages.message(Environments.spec("CartPole-v1")),
        algorithm,
        TestRuns.settings(algorithm, settings),
        7,
        deterministic);
  }

  private static ProducerService producer(BrokerLog log, String run) {
    return new ProducerService(
        ProducerConfig.of(log.connection()).withRun(run),
        new PrometheusRegistry(),
        Clock.systemUTC());
  }

  private BrokerLog newLog() {
    return new BrokerLog(new LogConnection(broker.bootstrapServers(), "log" + logs++, Map.of()));
  }
}

package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.log.Column;
import dev.relive.log.ElementType;
import dev.relive.log.ExperienceReader;
import dev.relive.log.ExperienceWriter;
import dev.relive.log.LaneId;
import dev.relive.log.LogAdmin;
import dev.relive.log.LogConnection;
import dev.relive.log.PolicyVersions;
import dev.relive.log.ReadRequest;
import dev.relive.log.RejectedRecords;
import dev.relive.log.RunRegistry;
import dev.relive.log.RunReports;
import dev.relive.log.RunReports.RunReport;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import dev.relive.log.Topic;
import dev.relive.log.TopicReports;
import dev.relive.log.WriterSettings;
import dev.relive.log.wire.EnvironmentSpec;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.Space;
import dev.relive.log.wire.SpaceKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/** Runs that are moved, pruned and deleted, as a user does it. */
@TestInstance(Lifecycle.PER_CLASS)
final class LogMoveTest {

  private static final int SEGMENTS = 20_000;
  private static final int LENGTH = 64;

  private EmbeddedBroker broker;
  private Path directory;

  @BeforeAll
  void startBroker(@TempDir Path shared) throws Exception {
    directory = shared;
    broker = EmbeddedBroker.start(BrokerConfig.in(Files.createDirectory(shared.resolve("log"))));
  }

  @AfterAll
  void stopBroker() {
    broker.close();
  }

  @Test
  void goesOnAfterAKillInTheMiddleAndAddsNothingTwice() throws Exception {
    LogConnection from = log("from");
    writeRun(from, SEGMENTS);
    Path file = directory.resolve("moved.relive");
    CommandRun exported = run("from", "log", "export", "--run=moved", "--output=" + file);
    assertTrue(
        exported
            .out()
            .matches(
                "Run moved is in \\S+ \\(\\S+ MB\\): 20,000 segments, 0 snapshots, 0 evaluations,"
                    + " nothing that a learner could go on from.\n"),
        exported::out);
    LogConnection to = log("to");
    createTopics(to);
    try (ChildProcess importing =
        ChildProcess.start(
            "log",
            "import",
            file.toString(),
            "--bootstrap-servers=" + broker.bootstrapServers(),
            "--topic-prefix=to")) {
      awaitSomeSegments(to);
      ProcessHandle process = ProcessHandle.of(importing.id()).orElseThrow();
      assertTrue(process.destroyForcibly()); // kill -9
      process.onExit().join();
    }
    long before = count(to);
    assertTrue(before > 0 && before < SEGMENTS, () -> before + " segments");

    CommandRun again = run("to", "log", "import", file.toString());

    assertEquals(
        new CommandRun(
            ExitCode.SUCCESS,
            "Run moved is in the log: added %,d of 20,000 segments, 0 of 0 snapshots, 0 of 0 evaluations.\n"
                .formatted(SEGMENTS - before),
            ""),
        again);
    assertEquals(SEGMENTS, count(to));
    assertWhole(to);
    assertEquals(
        "Run moved was in the log already: nothing was added.\n",
        run("to", "log", "import", file.toString()).out());
    assertEquals(SEGMENTS, count(to));
    CommandRun shown = run("to", "runs", "show", "moved");
    assertTrue(shown.out().contains("It was archived before its learner had begun."), shown::out);
  }

  @Test
  void saysWhatIsWrongWithAFile() throws Exception {
    writeRun(log("whole"), 10);
    Path file = directory.resolve("whole.relive");
    assertEquals(0, run("whole", "log", "export", "--run=moved", "--output=" + file).exitCode());
    Path cut = directory.resolve("cut.relive");
    byte[] whole = Files.readAllBytes(file);
    Files.write(cut, Arrays.copyOf(whole, whole.length - 5));
    assertEquals(
        new CommandRun(
            ExitCode.FAILURE,
            "",
            "The file %s was cut: it ends at byte %d, within a run.\n"
                .formatted(cut, whole.length - 5)),
        run("nothing", "log", "import", cut.toString()));
    assertEquals(
        new CommandRun(
            ExitCode.USAGE,
            "",
            "--output is %s, and must be a file that is not there yet, in a directory that can be written to.\n"
                .formatted(file)),
        run("whole", "log", "export", "--run=moved", "--output=" + file));
  }

  @Test
  void prunesAndDeletesWithConsentAlone() throws Exception {
    LogConnection pruned = log("pruned");
    writeRun(pruned, 10);
    CommandRun kept = run("pruned", "log", "prune", "--yes");
    assertEquals(
        """
        Stream CartPole-v1, partition 0: nothing can go.
        Run moved, which is created, keeps what is from offset 0 on: it has no checkpoint.
        """,
        kept.out());

    CommandRun asked = run("pruned", "runs", "delete", "moved");
    assertEquals(
        new CommandRun(
            ExitCode.USAGE, "", "Run moved was not deleted; --yes deletes it for ever.\n"),
        asked);
    CommandRun deleted = run("pruned", "runs", "delete", "moved", "--yes");
    assertTrue(deleted.out().startsWith("Run moved is deleted: "), deleted::toString);
    assertEquals("The log holds no runs.\n", run("pruned", "runs", "ls").out());

    CommandRun refused = run("pruned", "log", "prune", "--before=6");
    assertEquals(ExitCode.USAGE, refused.exitCode());
    assertTrue(
        refused
            .out()
            .startsWith(
                "Stream CartPole-v1, partition 0: 6 records of 8.7 kB would go, before offset 6 of"
                    + " 0 to 10.\n"),
        refused::out);
    assertEquals(
        "Nothing was deleted; --yes deletes this, and --dry-run only tells it.\n", refused.err());
    assertEquals(0, begin(pruned));
    assertEquals(0, run("pruned", "log", "prune", "--before=6", "--dry-run").exitCode());
    assertEquals(0, begin(pruned));
    CommandRun gone = run("pruned", "log", "prune", "--before=6", "--yes", "--json");
    assertEquals(0, gone.exitCode());
    assertTrue(gone.out().contains("\"deleted\": true"), gone::out);
    assertEquals(6, begin(pruned));
  }

  private LogConnection log(String prefix) {
    return new LogConnection(broker.bootstrapServers(), prefix, Map.of());
  }

  private CommandRun run(String prefix, String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.add("--bootstrap-servers=" + broker.bootstrapServers());
    arguments.add("--topic-prefix=" + prefix);
    arguments.add("--quiet");
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private static void writeRun(LogConnection log, int segments) {
    Topic experience = log.topics().experience("CartPole-v1");
    createTopics(log);
    try (RunRegistry registry = new RunRegistry(log)) {
      registry.create(spec());
    }
    Random random = new Random(5);
    try (ExperienceWriter writer =
        ExperienceWriter.open(log, experience, 0, WriterSettings.DEFAULT)) {
      writer.write(Flux.range(0, segments).map(i -> segment(i, random))).blockLast();
    }
  }

  private static void createTopics(LogConnection log) {
    try (LogAdmin admin = LogAdmin.open(log)) {
      List<Topic> topics = new ArrayList<>(log.topics().shared());
      topics.add(log.topics().experience("CartPole-v1"));
      admin.ensure(topics);
    }
  }

  private static RunSpec spec() {
    return RunSpec.newBuilder()
        .setRun("moved")
        .setCreatedAtMicros(1)
        .setStream("CartPole-v1")
        .setEnvironment(
            EnvironmentSpec.newBuilder()
                .setId("CartPole-v1")
                .setObservations(Space.newBuilder().setKind(SpaceKind.BOX).addShape(4))
                .setActions(Space.newBuilder().setKind(SpaceKind.DISCRETE).addCounts(2)))
        .addPartitions(PartitionRange.getDefaultInstance())
        .setRetentionMs(-1)
        .build();
  }

  private static Segment segment(int sequence, Random random) {
    ByteBuffer observations =
        ByteBuffer.allocate((LENGTH + 1) * 4 * 4).order(ByteOrder.LITTLE_ENDIAN);
    while (observations.hasRemaining()) {
      observations.putFloat(random.nextFloat());
    }
    return new Segment(
        new LaneId("moved", "actor", 1, 0),
        sequence,
        0,
        (long) sequence * LENGTH,
        LENGTH,
        SegmentEnd.CONTINUES,
        PolicyVersions.of(1),
        (sequence + 1L) * LENGTH,
        0,
        0,
        Column.of(ElementType.FLOAT32, new int[] {4}, LENGTH + 1, observations.flip()),
        Column.of(ElementType.UINT8, new int[0], LENGTH, ByteBuffer.allocate(LENGTH)),
        Column.of(ElementType.FLOAT32, new int[0], LENGTH, ByteBuffer.allocate(4 * LENGTH)),
        null);
  }

  private static void awaitSomeSegments(LogConnection log) throws InterruptedException {
    try (LogAdmin admin = LogAdmin.open(log)) {
      while (admin.endOffset(log.topics().experience("CartPole-v1"), 0) == 0) {
        Thread.sleep(1);
      }
    }
  }

  /** Segments of the run; none where there is no run yet. */
  private static long count(LogConnection log) {
    Optional<RunReport> run = new RunReports(log).read().stream().findFirst();
    return run.isEmpty() ? 0 : end(log) - begin(log);
  }

  private static long end(LogConnection log) {
    try (LogAdmin admin = LogAdmin.open(log)) {
      return admin.endOffset(log.topics().experience("CartPole-v1"), 0);
    }
  }

  private static long begin(LogConnection log) {
    try (LogAdmin admin = LogAdmin.open(log)) {
      return new TopicReports(admin)
          .read().stream()
              .filter(topic -> topic.stream().isPresent())
              .mapToLong(topic -> topic.partitions().get(0).begin())
              .findFirst()
              .orElseThrow();
    }
  }

  private static void assertWhole(LogConnection log) {
    RunSpec spec = new RunReports(log).read().get(0).run().spec();
    ExperienceReader reader = new ExperienceReader(log, RejectedRecords.LEFT);
    long read =
        reader
            .read(ReadRequest.of(log.topics(), spec).untilNow())
            .count()
            .blockOptional()
            .orElseThrow();
    assertEquals(SEGMENTS, read);
    assertEquals(0, reader.counters().gaps());
    assertEquals(0, reader.counters().duplicates());
    assertEquals(0, reader.counters().rejected().total());
  }
}

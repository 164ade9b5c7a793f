package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.log.RunExport.Exported;
import dev.relive.log.RunImport.Imported;
import dev.relive.log.RunReports.RunReport;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Runs from one log to another, and back. */
class RunTransferTest {
  private static final Duration NO_SILENCE = Duration.ofMillis(1);

  private final LogConnection from = TestLog.connection(ArchivedRuns::topics);
  private final LogConnection to = TestLog.connection();

  @Test
  void carriesEveryRecordAsItStands() throws Exception {
    byte[] file = export(ArchivedRuns.write(from, "run"));
    writeBefore(to);

    Imported imported = add(to, file).get(0);

    assertEquals(new Imported("run", 40, 40, 2, 2, 2, 2, true), imported);
    assertArrayEquals(segments(from), segments(to));
    StoredRun source = new StoredRun(from, "run");
    StoredRun target = new StoredRun(to, "run");
    assertArrayEquals(
        source.policy(2).orElseThrow().value(), target.policy(2).orElseThrow().value());
    assertArrayEquals(
        source.verdict().orElseThrow().value(), target.verdict().orElseThrow().value());
    List<byte[]> snapshots = values(source, true);
    assertEquals(2, snapshots.size());
    assertArrayEquals(snapshots.toArray(), values(target, true).toArray());
    assertArrayEquals(values(source, false).toArray(), values(target, false).toArray());
  }

  @Test
  void putsTheRunWhereItLiesNow() throws Exception {
    byte[] file = export(ArchivedRuns.write(from, "run"));
    writeBefore(to);
    add(to, file);

    RunReport report = RunReports.choose(new RunReports(to).read(), "label");
    RunSpec spec = report.run().spec();
    assertEquals(5, spec.getPartitions(0).getFirstOffset());
    assertEquals(-1, spec.getRetentionMs());
    assertEquals(ArchivedRuns.NEWER, spec.getUnknownFields());
    RunState state = new StoredRun(to, "run").state().orElseThrow().message(RecordCodec.RUN_STATE);
    assertEquals(RunPhase.STOPPED, state.getPhase());
    assertEquals("It was archived while it was active.", state.getReason());
    assertEquals(ArchivedRuns.NEWER, state.getUnknownFields());

    Progress progress = report.progress().orElseThrow();
    assertEquals(ArchivedRuns.NEWER, progress.getUnknownFields());
    assertEquals(ArchivedRuns.position(to, 5 + ArchivedRuns.READ), progress.getNextSegment());
    Snapshot newest = new RunFeeds(to).snapshots("run", 3).blockFirst();
    assertTrue(newest != null && newest.getVersion() == 3);
    List<Long> offsets = new ArrayList<>();
    new StoredRun(to, "run").snapshots(found -> offsets.add(found.offset()));
    assertEquals(offsets.get(1), progress.getSnapshot().getOffset());
    CheckpointState checkpoint = Checkpoints.newest(to, progress).orElseThrow();
    assertEquals(ArchivedRuns.NEWER, checkpoint.getUnknownFields());
    assertEquals(
        ArchivedRuns.position(to, 5 + ArchivedRuns.WINDOW_FIRST), checkpoint.getWindowStart());
    assertEquals(
        ArchivedRuns.position(to, 5 + ArchivedRuns.READ),
        checkpoint.getProgressed().getNextSegment());
  }

  @Test
  void addsNothingTheSecondTime() throws Exception {
    byte[] file = export(ArchivedRuns.write(from, "run"));
    add(to, file);
    List<Long> ends = ends(to);

    Imported again = add(to, file).get(0);

    assertTrue(again.addedNothing());
    assertEquals(ends, ends(to));
    assertTrue(add(from, file).get(0).addedNothing());
  }

  @Test
  void goesOnWhereItWasBrokenOff() throws Exception {
    byte[] file = ArchivedRuns.inSmallBlocks(export(ArchivedRuns.write(from, "run")));
    for (int end : new int[] {file.length / 3, file.length / 2, file.length - 1}) {
      LogConnection target = TestLog.connection();
      assertThrows(
          IOException.class,
          () -> importer(target).add("f", failingAt(file, end), file.length, each -> {}));
      RunReport broken = RunReports.choose(new RunReports(target).read(), "run");
      assertEquals(Run.Phase.STOPPED, broken.run().phase());
      assertTrue(broken.progress().isEmpty());

      importer(target).add("f", new ByteArrayInputStream(file), file.length, each -> {});

      assertArrayEquals(segments(from), segments(target));
      assertTrue(new RunReports(target).read().get(0).progress().isPresent());
      assertTrue(add(target, file).get(0).addedNothing());
    }
  }

  @Test
  void addsWhatTheRunHasBecomeSince() throws Exception {
    Run run = ArchivedRuns.write(from, "run");
    add(to, export(run));
    ArchivedRuns.write(from, TestSegments.of("run", "actor", ArchivedRuns.SEGMENTS, 50));

    Imported more = add(to, export(run)).get(0);

    assertEquals(new Imported("run", 50, 10, 2, 0, 2, 0, true), more);
    assertArrayEquals(segments(from), segments(to));
  }

  @Test
  void takesSeveralRunsOfAFile() throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(export(ArchivedRuns.write(from, "one")));
    file.write(export(ArchivedRuns.write(from, "two")));

    List<Imported> imported = add(to, file.toByteArray());

    assertEquals(List.of("one", "two"), imported.stream().map(Imported::run).toList());
    assertEquals(
        List.of("one", "two"),
        new RunReports(to).read().stream().map(report -> report.run().id()).sorted().toList());
  }

  @Test
  void refusesAnotherRunOfThatId() throws Exception {
    byte[] file = export(ArchivedRuns.write(from, "run"));
    TestLog.create(to, ArchivedRuns.topics(to.topics()));
    try (RunRegistry registry = new RunRegistry(to)) {
      registry.create(
          ArchivedRuns.spec("run", 0).toBuilder().setCreatedAtMicros(2_000_000).build());
    }
    assertRefused(
        "The log holds another run run (label) already, which began at 1970-01-01T00:00:02Z, not at"
            + " 1970-01-01T00:00:01Z.",
        file);
  }

  @Test
  void refusesARunThatWasGoneOnWithElsewhere() throws Exception {
    Run run = ArchivedRuns.write(from, "run");
    byte[] file = export(run);
    add(to, file);
    ArchivedRuns.write(to, TestSegments.of("run", "other-actor", 0, 3));
    ArchivedRuns.write(from, TestSegments.of("run", "actor", ArchivedRuns.SEGMENTS, 50));
    assertRefused(
        "Run run has in this log another SEGMENT in place of the archive's 40: it was gone on with"
            + " here, or is being written.",
        export(run));
  }

  @Test
  void refusesARunThatIsBeingLearned() throws Exception {
    byte[] file = export(ArchivedRuns.write(from, "run"));
    add(to, file);
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> learner = CompletableFuture.runAsync(() -> learn(to, done));
    try {
      new RunFeeds(to).progress("run").filter(p -> p.getGeneration() == 2).blockFirst();
      LogException refusal = assertThrows(LogException.class, () -> addPatiently(to, file));
      assertEquals(
          "Run run (label) is being learned in this log, so nothing can be added to it.",
          refusal.getMessage());
    } finally {
      done.set(true);
      learner.join();
    }
  }

  @Test
  void refusesARunThatAnotherImportAddsTo() throws Exception {
    byte[] file = ArchivedRuns.inSmallBlocks(export(ArchivedRuns.write(from, "run")));
    assertThrows(
        IOException.class,
        () -> importer(to).add("f", failingAt(file, file.length / 2), file.length, each -> {}));
    int there = segments(to).length;
    AtomicBoolean added = new AtomicBoolean();
    TransferListener other =
        (done, total) -> {
          if (!added.getAndSet(true)) {
            ArchivedRuns.write(to, TestSegments.of("run", "actor", there, there + 1));
          }
        };
    LogException refusal =
        assertThrows(
            LogException.class,
            () ->
                new RunImport(to, Clock.systemUTC(), other, NO_SILENCE)
                    .add("f", new ByteArrayInputStream(file), file.length, each -> {}));
    assertEquals(
        "Run run (label) is being written in this log, by a producer or another import, so nothing"
            + " can be added to it.",
        refusal.getMessage());
    assertEquals(there + 1, segments(to).length);
  }

  @Test
  void refusesToExportWhatIsNotAllThere() throws Exception {
    Run run = ArchivedRuns.write(from, "run");
    try (LogAdmin admin = LogAdmin.open(from)) {
      TopicPartition partition = new TopicPartition(from.topics().experience("s").name(), 0);
      admin.client().deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(8))).all().get();
    }
    LogException refusal = assertThrows(LogException.class, () -> export(run));
    assertEquals(
        "Reading %s partition 0 cannot begin at offset 7: what stood before offset 8 was deleted."
            .formatted(from.topics().experience("s").name()),
        refusal.getMessage());
  }

  @Test
  void leavesOutWhatNobodyCanUse() throws Exception {
    Run run = ArchivedRuns.write(from, "run");
    TestLog.write(
        from, List.of(TestLog.record(from.topics().experience("s"), "run/actor", new byte[30])));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Exported exported = new RunExport(from, TransferListener.NONE).write(run, out);
    assertEquals(1, exported.leftOut());
    assertEquals(40, exported.segments());
    assertFalse(add(to, out.toByteArray()).get(0).addedNothing());
  }

  private static void learn(LogConnection connection, AtomicBoolean done) {
    try (RunPublisher publisher = RunPublisher.open(connection, "run")) {
      RunState active = RunState.newBuilder().setPhase(RunPhase.ACTIVE).build();
      while (!done.get()) {
        publisher.publish(
            Publication.of(Progress.newBuilder().setSegments(ArchivedRuns.READ).build())
                .with(active));
        publisher.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void writeBefore(LogConnection connection) {
    TestLog.create(connection, ArchivedRuns.topics(connection.topics()));
    ArchivedRuns.write(connection, TestSegments.of("earlier", "actor", 0, 5));
  }

  private byte[] export(Run run) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new RunExport(from, TransferListener.NONE).write(run, out);
    return out.toByteArray();
  }

  private static RunImport importer(LogConnection target) {
    return new RunImport(target, Clock.systemUTC(), TransferListener.NONE, NO_SILENCE);
  }

  private static void addPatiently(LogConnection target, byte[] file) throws IOException {
    new RunImport(target, Clock.systemUTC(), TransferListener.NONE)
        .add("f", new ByteArrayInputStream(file), file.length, each -> {});
  }

  private static List<Imported> add(LogConnection target, byte[] file) throws IOException {
    List<Imported> imported = new ArrayList<>();
    RunImport importer = importer(target);
    assertTrue(importer.check("f", new ByteArrayInputStream(file), file.length) > 0);
    importer.add("f", new ByteArrayInputStream(file), file.length, imported::add);
    return imported;
  }

  private void assertRefused(String sentence, byte[] file) {
    assertEquals(sentence, assertThrows(LogException.class, () -> add(to, file)).getMessage());
  }

  /** A file that can be read up to a byte. */
  private static InputStream failingAt(byte[] file, int end) {
    return new FilterInputStream(new ByteArrayInputStream(file, 0, end)) {
      @Override
      public int readNBytes(byte[] bytes, int offset, int length) throws IOException {
        int read = super.readNBytes(bytes, offset, length);
        if (read < length) {
          throw new IOException("The disk is gone.");
        }
        return read;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        if (read < 0) {
          throw new IOException("The disk is gone.");
        }
        return read;
      }
    };
  }

  private static Object[] segments(LogConnection connection) {
    try (RunRegistry registry = new RunRegistry(connection)) {
      RunSpec spec = registry.find("run").spec();
      TopicPartition partition = new TopicPartition(connection.topics().experience("s").name(), 0);
      List<byte[]> values = new ArrayList<>();
      new StoredRun(connection, "run")
          .segments(
              spec,
              spec.getPartitions(0),
              PartitionScan.logEnd(connection, partition),
              offset -> {},
              found -> values.add(found.value().value()));
      return values.toArray();
    }
  }

  private static List<byte[]> values(StoredRun run, boolean snapshots) {
    List<byte[]> values = new ArrayList<>();
    if (snapshots) {
      run.snapshots(found -> values.add(found.value().value()));
    } else {
      run.evaluations(found -> values.add(found.value().value()));
    }
    return values;
  }

  /** Where the topics end that a run is in. */
  private static List<Long> ends(LogConnection connection) {
    StoredRun run = new StoredRun(connection, "run");
    TopicCatalogue topics = connection.topics();
    List<Long> ends = new ArrayList<>();
    for (Topic topic : topics.shared()) {
      ends.add(PartitionScan.logEnd(connection, run.partition(topic)));
    }
    ends.add(
        PartitionScan.logEnd(connection, new TopicPartition(topics.experience("s").name(), 0)));
    return ends;
  }
}

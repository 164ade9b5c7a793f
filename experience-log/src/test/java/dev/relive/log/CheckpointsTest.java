package dev.relive.log;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import dev.relive.log.wire.CheckpointPart;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.Tensors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointsTest {
  private static final int PART = Checkpoints.LARGEST_PART;

  private final LogConnection connection = TestLog.connection(TopicCatalogue::shared);
  private final Topic topic = connection.topics().checkpoints();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PART - 100, PART, PART + 1, 2 * PART, 2 * PART + 1})
  void partsJoinToWhatWasSplit(int size) {
    CheckpointState state = state(1, size);
    List<CheckpointPart> parts = Checkpoints.split(state);
    int bytes = state.getSerializedSize();
    assertEquals((bytes + PART - 1) / PART, parts.size());
    for (int i = 0; i < parts.size(); i++) {
      assertEquals(Math.min(PART, bytes - i * PART), parts.get(i).getData().size());
    }
    assertEquals(state, Checkpoints.join(parts));
  }

  @Test
  void refusesWhatIsNotOneWholeCheckpoint() {
    List<CheckpointPart> parts = Checkpoints.split(state(4, 2 * PART));
    assertEquals(3, parts.size());
    assertDamaged("it has 3 parts, not 2", parts.subList(0, 2));
    assertDamaged(
        "part 1 of checkpoint 4 of run run stands in the place of its part 2",
        List.of(parts.get(0), parts.get(1), parts.get(1)));
    assertDamaged(
        "part 0 of checkpoint 4 of run run stands in the place of its part 1",
        List.of(parts.get(0), parts.get(0), parts.get(2)));
    assertDamaged(
        "part 2 of checkpoint 5 of run run stands in the place of its part 2",
        List.of(parts.get(0), parts.get(1), Checkpoints.split(state(5, 2 * PART)).get(2)));
    assertDamaged(
        "it has 2147483647 parts, not 1",
        changed(parts, 0, b -> b.setParts(Integer.MAX_VALUE)).subList(0, 1));
    assertEquals(
        "A checkpoint of no parts holds nothing.",
        assertThrows(LogException.class, () -> Checkpoints.join(List.of())).getMessage());
  }

  @Test
  void refusesAPartThatIsTooLarge() {
    List<CheckpointPart> parts = Checkpoints.split(state(4, PART));
    ByteString larger = parts.get(0).getData().concat(ByteString.copyFrom(new byte[1]));
    assertDamaged(
        "part 0 has 900001 bytes, and 900000 are allowed",
        changed(parts, 0, part -> part.setData(larger)));
  }

  @Test
  void refusesOtherBytesThanWereSplit() {
    List<CheckpointPart> parts = Checkpoints.split(state(4, PART));
    byte[] flipped = parts.get(1).getData().toByteArray();
    flipped[0] ^= 1;
    assertDamaged(
        "its bytes have another SHA-256",
        changed(parts, 1, part -> part.setData(ByteString.copyFrom(flipped))));
    List<CheckpointPart> renumbered =
        parts.stream().map(part -> part.toBuilder().setOrdinal(9).build()).toList();
    assertEquals(
        "Checkpoint 9 of run run is damaged: it holds checkpoint 4 of run run.",
        assertThrows(LogException.class, () -> Checkpoints.join(renumbered)).getMessage());
  }

  @Test
  void findsWhatTheNewestProgressPointsTo() throws Exception {
    try (RunPublisher publisher = RunPublisher.open(connection, "run");
        RunPublisher other = RunPublisher.open(connection, "runner")) {
      publisher.publish(Publication.of(Progress.getDefaultInstance()));
      publisher.flush();
      assertEquals(Optional.empty(), Checkpoints.newest(connection, committedProgress("run")));

      CheckpointState large = checkpoint(publisher, "run", () -> state(0, 3 * PART));
      assertEquals(1, large.getOrdinal());
      checkpoint(other, "runner", () -> state(0, PART));
      // Fewer parts: the last ones of the first checkpoint stay in the topic.
      CheckpointState small = checkpoint(publisher, "run", () -> state(0, PART));
      assertEquals(2, small.getOrdinal());
      assertEquals(PART, small.getTensors().getSafetensors().size());
      assertEquals(
          1,
          Checkpoints.newest(connection, committedProgress("runner")).orElseThrow().getOrdinal());
    }
  }

  private CheckpointState checkpoint(
      RunPublisher publisher, String run, Supplier<CheckpointState> state) throws Exception {
    publisher.publish(Publication.of(Progress.getDefaultInstance()).withCheckpoint(state));
    publisher.flush();
    return Checkpoints.newest(connection, committedProgress(run)).orElseThrow();
  }

  @Test
  void searchesThePartitionWhereThePositionIsWrong() {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    // As compaction leaves them: a part of an older checkpoint, the newest's moved behind it.
    CheckpointState newest = state(2, 2 * PART);
    records.add(record(Checkpoints.split(state(1, 4 * PART)).get(4)));
    Checkpoints.split(newest).forEach(part -> records.add(record(part)));
    TestLog.write(connection, records);

    for (long offset : new long[] {0, 1, 2, 3, 99}) {
      assertEquals(
          Optional.of(newest), Checkpoints.newest(connection, pointingTo(topic.name(), offset)));
    }
    assertEquals(Optional.of(newest), Checkpoints.newest(connection, pointingTo("elsewhere", 1)));
  }

  @Test
  void saysWhatIsMissing() {
    List<CheckpointPart> parts = Checkpoints.split(state(2, 2 * PART));
    TestLog.write(connection, List.of(record(parts.get(0)), record(parts.get(2))));
    assertEquals(
        "Checkpoint 2 of run run is not whole in topic %s: its parts [0, 2] are there."
            .formatted(topic.name()),
        assertThrows(
                LogException.class,
                () -> Checkpoints.newest(connection, pointingTo(topic.name(), 0)))
            .getMessage());
  }

  @Test
  void seesWhatWasCommittedBehindAnothersOpenTransaction() throws Exception {
    try (KafkaProducer<byte[], byte[]> other =
            connection.transactionalProducer(
                "other-" + connection.prefix(), Duration.ofSeconds(60));
        RunPublisher publisher = RunPublisher.open(connection, "run")) {
      other.initTransactions();
      other.beginTransaction();
      var unused =
          other
              .send(
                  record(
                      Checkpoints.split(state(1, 10).toBuilder().setRun("other").build()).get(0)))
              .get();
      publisher.publish(
          Publication.of(Progress.getDefaultInstance()).withCheckpoint(() -> state(0, PART)));
      publisher.flush();
      Thread committing = new Thread(() -> Transactions.commit(other));
      Progress progress = newestProgress("run");
      committing.start();
      assertEquals(1, Checkpoints.newest(connection, progress).orElseThrow().getOrdinal());
      committing.join();
    }
  }

  private Progress committedProgress(String run) {
    return requireNonNull(RunPublisher.committedProgress(connection, run));
  }

  private Progress newestProgress(String run) {
    Progress newest = new RunFeeds(connection).progress(run).blockFirst();
    if (newest == null) {
      throw new AssertionError("no Progress of run " + run);
    }
    return newest;
  }

  private static Progress pointingTo(String topic, long offset) {
    return Progress.newBuilder()
        .setRun("run")
        .setCheckpointOrdinal(2)
        .setCheckpoint(Position.newBuilder().setTopic(topic).setOffset(offset))
        .build();
  }

  private ProducerRecord<byte[], byte[]> record(CheckpointPart part) {
    return TestLog.record(
        topic, part.getRun() + "/" + part.getPart(), RecordCodec.CHECKPOINT_PART.encode(part));
  }

  /** A state with tensors of so many bytes, which compress to nothing less. */
  private static CheckpointState state(long ordinal, int size) {
    byte[] bytes = new byte[size];
    new Random(ordinal).nextBytes(bytes);
    return CheckpointState.newBuilder()
        .setRun("run")
        .setOrdinal(ordinal)
        .setTensors(Tensors.newBuilder().setSafetensors(ByteString.copyFrom(bytes)))
        .build();
  }

  private static List<CheckpointPart> changed(
      List<CheckpointPart> parts, int index, Consumer<CheckpointPart.Builder> change) {
    List<CheckpointPart> changed = new ArrayList<>(parts);
    CheckpointPart.Builder part = parts.get(index).toBuilder();
    change.accept(part);
    changed.set(index, part.build());
    return changed;
  }

  private static void assertDamaged(String fault, List<CheckpointPart> parts) {
    assertEquals(
        "Checkpoint 4 of run run is damaged: " + fault + ".",
        assertThrows(LogException.class, () -> Checkpoints.join(parts)).getMessage());
  }
}

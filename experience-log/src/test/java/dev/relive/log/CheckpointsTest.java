package dev.relive.log;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.relive.log.wire.CheckpointPart;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CheckpointsTest {

  @Test
  void joinsInAnyOrderWhatItSplits() {
    for (int size : new int[] {0, 1, 899_000, 900_000, 1_800_000, 2_000_000}) {
      CheckpointState state = state("run", 3, size);
      List<CheckpointPart> parts = new ArrayList<>(Checkpoints.split(state));
      assertEquals(
          (state.getSerializedSize() + Checkpoints.LARGEST_PART - 1) / Checkpoints.LARGEST_PART,
          parts.size());
      assertTrue(
          parts.stream().allMatch(part -> part.getData().size() <= Checkpoints.LARGEST_PART));
      Collections.shuffle(parts, new Random(size));
      assertEquals(state, Checkpoints.join(parts));
    }
  }

  @Test
  void joinsNothingThatIsNotWhole() {
    List<CheckpointPart> parts = Checkpoints.split(state("run", 3, 2_000_000));
    assertEquals(
        "Checkpoint 3 of run run is not whole: it has 3 parts, and there are those numbered [0,"
            + " 2].",
        message(List.of(parts.get(0), parts.get(2))));
    CheckpointPart other = Checkpoints.split(state("run", 4, 2_000_000)).get(1);
    assertEquals(
        "Checkpoint 3 of run run is not whole: it has 3 parts, and there are those numbered [0, 1,"
            + " 2].",
        message(List.of(parts.get(0), other, parts.get(2))));
    assertEquals("A checkpoint has no parts.", message(List.of()));
  }

  @Test
  void joinsNothingThatIsDamaged() {
    List<CheckpointPart> parts = new ArrayList<>(Checkpoints.split(state("run", 3, 1_000_000)));
    byte[] data = parts.get(1).getData().toByteArray();
    data[7] ^= 1;
    parts.set(1, parts.get(1).toBuilder().setData(ByteString.copyFrom(data)).build());
    assertEquals(
        "Checkpoint 3 of run run is damaged: its SHA-256 is not the one stated with it.",
        message(parts));
  }

  @Test
  void findsTheNewestWhateverWasThereBeforeIt() throws Exception {
    LogConnection connection = TestLog.connection(TopicCatalogue::shared);
    Progress progress;
    try (RunPublisher publisher = RunPublisher.open(connection, "run");
        RunPublisher other = RunPublisher.open(connection, "other")) {
      commit(publisher, state("", 0, 2_000_000));
      commit(other, state("", 0, 1_000_000));
      commit(publisher, state("", 0, 10));
    }
    try (RunPublisher third = RunPublisher.open(connection, "run")) {
      progress = third.newest().orElseThrow();
    }
    CheckpointState expected =
        state("run", 2, 10).toBuilder().setGeneration(1).setOrdinal(2).build();
    assertEquals(Optional.of(expected), Checkpoints.newest(connection, progress));

    Progress elsewhere =
        progress.toBuilder().setCheckpoint(Position.newBuilder().setOffset(1_000)).build();
    assertEquals(Optional.of(expected), Checkpoints.newest(connection, elsewhere));
    assertEquals(
        Optional.empty(),
        Checkpoints.newest(connection, progress.toBuilder().setCheckpointOrdinal(0).build()));
    Progress gone = progress.toBuilder().setCheckpointOrdinal(9).build();
    LogException failure =
        assertThrows(LogException.class, () -> Checkpoints.newest(connection, gone));
    assertEquals(
        "Checkpoint 9 of run run is not in topic %s any more."
            .formatted(connection.topics().checkpoints().name()),
        failure.getMessage());
  }

  private static void commit(RunPublisher publisher, CheckpointState state)
      throws InterruptedException {
    publisher.publish(Publication.of(Progress.getDefaultInstance()).withCheckpoint(() -> state));
    publisher.flush();
  }

  private static CheckpointState state(String run, long ordinal, int size) {
    byte[] noise = new byte[size];
    new Random(size).nextBytes(noise);
    return CheckpointState.newBuilder()
        .setRun(run)
        .setOrdinal(ordinal)
        .setTensors(Tensors.newBuilder().setSafetensors(ByteString.copyFrom(noise)))
        .build();
  }

  private static String message(List<CheckpointPart> parts) {
    return requireNonNull(
        assertThrows(LogException.class, () -> Checkpoints.join(parts)).getMessage());
  }
}

package dev.relive.log;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.relive.log.wire.CheckpointPart;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Progress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The learners' whole states in the log, each in parts that fit a record. */
public final class Checkpoints {
  /** The most bytes of a state that one part holds. */
  static final int LARGEST_PART = 900_000;

  private Checkpoints() {}

  /**
   * The checkpoint that a Progress points to; empty where there is none yet. The position is a
   * hint: where the parts do not stand there, the run's partition is searched for them.
   *
   * @param newest the newest committed Progress of the run
   * @throws LogException if the checkpoint is not in the log, or is damaged
   */
  public static Optional<CheckpointState> newest(LogConnection connection, Progress newest) {
    return newest.getCheckpointOrdinal() == 0
        ? Optional.empty()
        : Optional.of(join(new CheckpointSearch(newest).parts(connection)));
  }

  /** Cuts a state into parts of at most {@value #LARGEST_PART} bytes. */
  static List<CheckpointPart> split(CheckpointState state) {
    ByteString whole = state.toByteString();
    ByteString digest = sha256(whole);
    int count = Math.max(1, 1 + (whole.size() - 1) / LARGEST_PART);
    List<CheckpointPart> parts = new ArrayList<>(count);
    for (int part = 0; part < count; part++) {
      int from = part * LARGEST_PART;
      int to = (int) Math.min((long) from + LARGEST_PART, whole.size());
      parts.add(
          CheckpointPart.newBuilder()
              .setRun(state.getRun())
              .setOrdinal(state.getOrdinal())
              .setPart(part)
              .setParts(count)
              .setData(whole.substring(from, to))
              .setSha256(digest)
              .build());
    }
    return parts;
  }

  /**
   * Puts a state together again.
   *
   * @param parts all parts of one checkpoint, in their order
   * @throws LogException if they are not, or were not split from what they add up to
   */
  static CheckpointState join(List<CheckpointPart> parts) {
    if (parts.isEmpty()) {
      throw new LogException("A checkpoint of no parts holds nothing.");
    }
    CheckpointPart first = parts.get(0);
    requireAll(first, parts);
    ByteString whole = ByteString.copyFrom(parts.stream().map(CheckpointPart::getData).toList());
    require(sha256(whole).equals(first.getSha256()), first, "its bytes have another SHA-256");
    try {
      CheckpointState state = CheckpointState.parseFrom(whole);
      require(
          state.getRun().equals(first.getRun()) && state.getOrdinal() == first.getOrdinal(),
          first,
          "it holds checkpoint " + state.getOrdinal() + " of run " + state.getRun());
      require(MessageRules.tooLargeCount(state) == null, first, "a count in it is too large");
      return state;
    } catch (InvalidProtocolBufferException e) {
      throw new LogException(damaged(first, "it does not parse: " + e.getMessage()), e);
    }
  }

  private static void requireAll(CheckpointPart first, List<CheckpointPart> parts) {
    require(
        first.getParts() == parts.size(),
        first,
        "it has %d parts, not %d".formatted(first.getParts(), parts.size()));
    long bytes = 0;
    for (int i = 0; i < parts.size(); i++) {
      CheckpointPart part = parts.get(i);
      require(
          part.getPart() == i
              && part.getParts() == first.getParts()
              && part.getOrdinal() == first.getOrdinal()
              && part.getRun().equals(first.getRun())
              && part.getSha256().equals(first.getSha256()),
          first,
          "part %d of checkpoint %d of run %s stands in the place of its part %d"
              .formatted(part.getPart(), part.getOrdinal(), part.getRun(), i));
      require(
          part.getData().size() <= LARGEST_PART,
          first,
          "part %d has %d bytes, and %d are allowed"
              .formatted(i, part.getData().size(), LARGEST_PART));
      bytes += part.getData().size();
    }
    require(bytes <= Integer.MAX_VALUE, first, "it has %d bytes, not below 2^31".formatted(bytes));
  }

  private static void require(boolean holds, CheckpointPart first, String fault) {
    if (!holds) {
      throw new LogException(damaged(first, fault));
    }
  }

  private static String damaged(CheckpointPart first, String fault) {
    return "Checkpoint %d of run %s is damaged: %s."
        .formatted(first.getOrdinal(), first.getRun(), fault);
  }

  private static ByteString sha256(ByteString whole) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (ByteBuffer piece : whole.asReadOnlyByteBufferList()) {
        digest.update(piece);
      }
      return ByteString.copyFrom(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}

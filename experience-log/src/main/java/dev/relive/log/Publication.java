package dev.relive.log;

import dev.relive.log.wire.CheckpointPart;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.Snapshot;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a learner publishes together.
 *
 * @param progress how far it is; the publisher sets run, generation, ordinal, and the versions,
 *     ordinals and positions of policy, snapshot and checkpoint
 * @param policy makes the weights for acting when they are about to be sent, once, on the
 *     publishing thread, so that one that a newer replaces costs nothing; null for none
 * @param snapshot weights to keep; null for none
 * @param checkpoint the learner's state in parts; empty for none
 */
public record Publication(
    Progress progress,
    @Nullable Supplier<Policy> policy,
    @Nullable Snapshot snapshot,
    List<CheckpointPart> checkpoint) {

  /** Copies the list. */
  public Publication {
    checkpoint = List.copyOf(checkpoint);
  }

  /** Progress alone. */
  public static Publication of(Progress progress) {
    return new Publication(progress, null, null, List.of());
  }

  /** The same with weights for acting. */
  public Publication with(Supplier<Policy> newPolicy) {
    return new Publication(progress, newPolicy, snapshot, checkpoint);
  }

  /** The same with weights to keep. */
  public Publication with(Snapshot newSnapshot) {
    return new Publication(progress, policy, newSnapshot, checkpoint);
  }

  /** The same with the learner's state. */
  public Publication with(List<CheckpointPart> parts) {
    return new Publication(progress, policy, snapshot, parts);
  }
}

package dev.relive.log;

import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.Snapshot;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a learner publishes together.
 *
 * <p>Policy and checkpoint are made when they are about to be sent, once, on the publishing thread,
 * so that one that a newer replaces costs nothing; what they are made of must not change meanwhile.
 *
 * @param progress how far it is; the publisher sets run, generation, ordinal, and the versions,
 *     ordinals and positions of policy, snapshot and checkpoint
 * @param policy makes the weights for acting; null for none
 * @param snapshot weights to keep; null for none
 * @param checkpoint makes the learner's state; the publisher sets run, ordinal, generation and the
 *     versions of policy and snapshot; null for none
 * @param state where the run stands from now on; the publisher sets run and generation; null where
 *     it stands as before
 */
public record Publication(
    Progress progress,
    @Nullable Supplier<Policy> policy,
    @Nullable Snapshot snapshot,
    @Nullable Supplier<CheckpointState> checkpoint,
    @Nullable RunState state) {

  /** Progress alone. */
  public static Publication of(Progress progress) {
    return new Publication(progress, null, null, null, null);
  }

  /** The same with weights for acting. */
  public Publication withPolicy(Supplier<Policy> newPolicy) {
    return new Publication(progress, newPolicy, snapshot, checkpoint, state);
  }

  /** The same with weights to keep. */
  public Publication with(Snapshot newSnapshot) {
    return new Publication(progress, policy, newSnapshot, checkpoint, state);
  }

  /** The same with the learner's state. */
  public Publication withCheckpoint(Supplier<CheckpointState> newCheckpoint) {
    return new Publication(progress, policy, snapshot, newCheckpoint, state);
  }

  /** The same with where the run stands. */
  public Publication with(RunState newState) {
    return new Publication(progress, policy, snapshot, checkpoint, newState);
  }
}

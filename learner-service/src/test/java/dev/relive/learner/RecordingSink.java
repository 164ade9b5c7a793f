package dev.relive.learner;

import dev.relive.log.Publication;
import dev.relive.log.PublicationSink;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends everything at once, and keeps it. */
final class RecordingSink implements PublicationSink {
  final List<Progress> progress = new ArrayList<>();
  final List<Policy> policies = new ArrayList<>();
  final List<Snapshot> snapshots = new ArrayList<>();
  final List<CheckpointState> checkpoints = new ArrayList<>();
  final List<RunState> states = new ArrayList<>();
  private final Optional<Progress> newest;

  /** For a new run. */
  RecordingSink() {
    this(Optional.empty());
  }

  private RecordingSink(Optional<Progress> newest) {
    this.newest = newest;
  }

  /** For the next learner of the run. */
  RecordingSink next() {
    return new RecordingSink(Optional.of(last()));
  }

  @Override
  public void publish(Publication publication) {
    Progress.Builder built = publication.progress().toBuilder().setGeneration(generation());
    Progress before = progress.isEmpty() ? newest.orElse(Progress.getDefaultInstance()) : last();
    built.setPolicyVersion(before.getPolicyVersion());
    built.setSnapshotVersion(before.getSnapshotVersion());
    if (publication.policy() != null) {
      Policy policy = publication.policy().get();
      policies.add(policy);
      built.setPolicyVersion(policy.getVersion());
    }
    if (publication.snapshot() != null) {
      snapshots.add(publication.snapshot());
      built.setSnapshotVersion(publication.snapshot().getVersion());
    }
    if (publication.checkpoint() != null) {
      checkpoints.add(publication.checkpoint().get());
    }
    if (publication.state() != null) {
      states.add(publication.state());
    }
    progress.add(built.build());
  }

  @Override
  public long generation() {
    return newest.map(Progress::getGeneration).orElse(0L) + 1;
  }

  @Override
  public Optional<Progress> newest() {
    return newest;
  }

  CheckpointState lastCheckpoint() {
    return checkpoints.get(checkpoints.size() - 1);
  }

  Progress last() {
    return progress.get(progress.size() - 1);
  }
}

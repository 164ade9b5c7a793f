package dev.relive.learner;

import dev.relive.log.LogConnection;
import dev.relive.log.LogException;
import dev.relive.log.RunFeeds;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.Snapshot;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Finds the kept weights of another run. */
final class SourceSnapshot {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private SourceSnapshot() {}

  /** The snapshot that a run begins with by its spec; null where it begins by itself. */
  static @Nullable Snapshot of(LogConnection connection, RunSpec spec) {
    return spec.getSourceSnapshot() == 0
        ? null
        : read(connection, spec.getSourceRun(), spec.getSourceSnapshot());
  }

  /**
   * One of a run's snapshots.
   *
   * @throws LogException if the run has kept no such version
   */
  static Snapshot read(LogConnection connection, String run, long version) {
    RunFeeds feeds = new RunFeeds(connection);
    long newest =
        feeds
            .progress(run)
            .next()
            .timeout(PATIENCE)
            .onErrorReturn(Progress.getDefaultInstance())
            .blockOptional()
            .map(Progress::getSnapshotVersion)
            .orElse(0L);
    if (newest == 0) {
      throw new LogException("Run %s has kept no version of its weights yet.".formatted(run));
    }
    Snapshot found =
        feeds
            .snapshots(run, Math.min(version, newest))
            .next()
            .blockOptional(PATIENCE)
            .orElseThrow(
                () -> new LogException("The snapshots of run %s are gone.".formatted(run)));
    if (found.getVersion() != version) {
      throw new LogException(
          "Run %s has not kept version %d: the nearest that it kept is %d, and the newest %d."
              .formatted(run, version, found.getVersion(), newest));
    }
    return found;
  }
}

package dev.relive.learner;

import dev.relive.log.LogException;
import dev.relive.log.Publication;
import dev.relive.log.PublicationSink;
import dev.relive.log.RejectedTopic;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Progress;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Publishes a checkpoint only when every unusable record that was read before it has its copy in
 * the rejected topic: who goes on from the checkpoint may never read such a record again.
 */
final class CopiesFirst implements PublicationSink {
  private final PublicationSink sink;
  private final RejectedTopic rejected;

  CopiesFirst(PublicationSink sink, RejectedTopic rejected) {
    this.sink = sink;
    this.rejected = rejected;
  }

  @Override
  public void publish(Publication publication) throws InterruptedException {
    Supplier<CheckpointState> checkpoint = publication.checkpoint();
    sink.publish(
        checkpoint == null
            ? publication
            : publication.withCheckpoint(() -> afterCopies(checkpoint)));
  }

  /** On the publishing thread, right before the checkpoint is sent. */
  private CheckpointState afterCopies(Supplier<CheckpointState> checkpoint) {
    try {
      rejected.awaitCopies();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogException("Waiting for copies of unusable records was interrupted.", e);
    }
    return checkpoint.get();
  }

  @Override
  public long generation() {
    return sink.generation();
  }

  @Override
  public Optional<Progress> newest() {
    return sink.newest();
  }
}

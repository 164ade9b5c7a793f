package dev.relive.log;

import dev.relive.log.wire.Progress;
import java.util.Optional;

/** Where a learner's publications go: a {@link RunPublisher}, or a simulated log. */
public interface PublicationSink {
  /**
   * Hands a publication over. Returns at once, unless too many snapshots wait to be sent.
   *
   * @throws LogException if publishing has failed, now or earlier
   */
  void publish(Publication publication) throws InterruptedException;

  /** Counts the learners of the run from 1; every Progress from here has it. */
  long generation();

  /** What an earlier generation committed last; empty for a new run. */
  Optional<Progress> newest();
}

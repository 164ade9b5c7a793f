package dev.relive.log;

/** Where a learner hands over what it publishes: the run's transactions, or a simulated log. */
public interface PublicationSink {

  /** Counts the learners of the run from 1; everything published from here has it. */
  long generation();

  /**
   * Hands a publication over. Returns at once, unless too many snapshots wait to be sent.
   *
   * @throws LogException if publishing has failed, now or earlier
   */
  void publish(Publication publication) throws InterruptedException;
}

package dev.relive.producers;

import java.util.Map;

/**
 * Where a producer stands, for the screen and for metrics.
 *
 * @param run the run's id
 * @param actor the producer's name
 * @param epoch the 64 bits of its process start
 * @param lanes environments stepped together
 * @param steps transitions made
 * @param episodes episodes finished
 * @param abandonedEpisodes episodes that broke off because the environment failed
 * @param lastReturn of the last one; NaN before
 * @param meanReturn over the last 100; NaN before the first
 * @param ingestedSteps transitions that the learner has ingested
 * @param maxLead transitions that the producer may be ahead of that
 * @param waitedSeconds time spent waiting so far for each reason
 * @param policyVersion the version acting; 0 before the first
 * @param epsilon its probability of a random action; NaN before the first
 * @param policiesRefused policies that could not be used
 * @param segmentsSent segments handed to Kafka
 * @param segmentsAcknowledged segments in the log
 * @param segmentsInFlight segments whose acknowledgement is awaited
 * @param bytesSent their records, before compression
 * @param bytesAcknowledged bytes of the records in the log, before compression
 */
public record ProducerStatus(
    String run,
    String actor,
    long epoch,
    int lanes,
    long steps,
    long episodes,
    long abandonedEpisodes,
    double lastReturn,
    double meanReturn,
    long ingestedSteps,
    long maxLead,
    Map<WaitReason, Double> waitedSeconds,
    long policyVersion,
    double epsilon,
    long policiesRefused,
    long segmentsSent,
    long segmentsAcknowledged,
    long segmentsInFlight,
    long bytesSent,
    long bytesAcknowledged) {

  /** Copies the map. */
  public ProducerStatus {
    waitedSeconds = Map.copyOf(waitedSeconds);
  }

  /** Transitions that the learner has not ingested yet. */
  public long lead() {
    return steps - ingestedSteps;
  }

  /** Transitions that may still be made before more are ingested. */
  public long credit() {
    return Math.max(0, maxLead - lead());
  }
}

package dev.relive.simulation;

import dev.relive.log.Publication;
import dev.relive.log.Segment;
import dev.relive.log.SegmentRecord;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Progress;
import dev.relive.simulation.kafka.SimulatedTopic;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * Where things pass into and out of what is simulated. Here they pass as they are; a planted fault
 * changes one of them.
 */
class Edges {

  /**
   * What a learner reads.
   *
   * @param learner tells it from others
   * @return null where it does not get it
   */
  @Nullable SegmentRecord intoLearner(int learner, SegmentRecord record) {
    return record;
  }

  /** What a learner publishes. */
  Publication outOfLearner(int learner, Publication publication) {
    return publication;
  }

  /** The newest Progress that a learner begins with. */
  @Nullable Progress newestOfLearner(@Nullable Progress newest) {
    return newest;
  }

  /** The checkpoint that a learner begins with. */
  CheckpointState checkpointOfLearner(CheckpointState checkpoint) {
    return checkpoint;
  }

  /** Whether a learner reads what is committed before it fences whoever may still commit. */
  boolean readsBeforeFencing() {
    return false;
  }

  /** Whom the broker takes a learner for. */
  String transactionalId(String id, int learner) {
    return id;
  }

  /** How a learner's transactions reach the broker. */
  Producer<byte[], byte[]> learnerClient(Producer<byte[], byte[]> client) {
    return client;
  }

  /** How an evaluator's transactions reach the broker. */
  Producer<byte[], byte[]> evaluatorClient(Producer<byte[], byte[]> client) {
    return client;
  }

  /** How a producer's segments reach the broker. */
  Producer<byte[], byte[]> actorClient(Producer<byte[], byte[]> client) {
    return client;
  }

  /** What a producer hears of the learner. */
  Progress intoActor(Progress progress) {
    return progress;
  }

  /** Whether producers see policies that may never be committed. */
  boolean readsUncommitted() {
    return false;
  }

  /** Whether a producer sends a segment as soon as it is cut, and not only with the next. */
  boolean isSentAtOnce(Segment segment, int longest) {
    return true;
  }

  /** The epoch of a producer that starts. */
  long epoch(String actor, long fresh) {
    return fresh;
  }

  /** Compaction of a topic. */
  void compact(SimulatedTopic topic) {
    topic.compact();
  }
}

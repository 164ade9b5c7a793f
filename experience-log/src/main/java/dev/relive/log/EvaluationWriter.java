package dev.relive.log;

import dev.relive.log.wire.Evaluation;

/** Writes evaluations; each is in the log when the call returns. */
public final class EvaluationWriter implements AutoCloseable {
  private final Topic topic;
  private final RecordProducer producer;
  private final int partitions;

  /** A writer to the evaluations topic, which must exist. */
  public EvaluationWriter(LogConnection connection) {
    this.topic = connection.topics().evaluations();
    this.producer = new RecordProducer(connection);
    this.partitions = producer.partitions(topic);
  }

  /**
   * Writes one.
   *
   * @throws LogException if it was not acknowledged
   */
  public void write(Evaluation evaluation) {
    String run = evaluation.getRun();
    producer.write(
        topic, RunPartition.of(run, partitions), run, RecordCodec.EVALUATION.encode(evaluation));
  }

  @Override
  public void close() {
    producer.close();
  }
}

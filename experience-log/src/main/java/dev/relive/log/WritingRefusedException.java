package dev.relive.log;

import org.apache.kafka.common.errors.TopicAuthorizationException;

/** Kafka takes no experience from this client; nothing of what it refused is in the log. */
public final class WritingRefusedException extends LogException {

  private WritingRefusedException(String topic, TopicAuthorizationException cause) {
    super(
        "Kafka takes no experience for topic %s: either this client has no right to write there, or it is an embedded broker whose disk has come to its free-disk floor."
            .formatted(topic),
        cause);
  }

  /** A failure to write to a topic: this where it is one, else {@code otherwise}. */
  static LogException of(String topic, Throwable failure, LogException otherwise) {
    return failure instanceof TopicAuthorizationException refusal
        ? new WritingRefusedException(topic, refusal)
        : otherwise;
  }
}

package dev.relive.simulation.kafka;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A producer without transactions, whose requests wait on their way until the schedule moves them:
 * in order, appended first and acknowledged later.
 */
public final class IdempotentClient extends SimulatedClient {
  private final SimulatedKafka kafka;
  private final boolean idempotent;
  private final Consumer<SimulatedRecord> appended;
  private final Deque<Request> requests = new ArrayDeque<>();

  /**
   * @param idempotent whether the broker knows a record that it is sent again
   * @param appended hears of each record as it is appended
   */
  public IdempotentClient(
      SimulatedKafka kafka, boolean idempotent, Consumer<SimulatedRecord> appended) {
    this.kafka = kafka;
    this.idempotent = idempotent;
    this.appended = appended;
  }

  private static final class Request {
    private final ProducerRecord<byte[], byte[]> record;
    private final Callback callback;
    private @Nullable SimulatedRecord appended;

    Request(ProducerRecord<byte[], byte[]> record, Callback callback) {
      this.record = record;
      this.callback = callback;
    }
  }

  @Override
  public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
    requests.add(new Request(record, callback));
    return new CompletableFuture<>();
  }

  /** Whether a request is on its way. */
  public boolean isBusy() {
    return !requests.isEmpty();
  }

  /** Appends the oldest request that is not in the log yet; false when all are. */
  public boolean append() {
    for (Request request : requests) {
      if (request.appended == null) {
        append(request);
        return true;
      }
    }
    return false;
  }

  private void append(Request request) {
    ProducerRecord<byte[], byte[]> record = request.record;
    SimulatedRecord logged = kafka.topic(record.topic()).append(record.key(), record.value(), null);
    request.appended = request.appended == null ? logged : request.appended;
    appended.accept(logged);
  }

  /** Acknowledges the oldest request if it is in the log. */
  public void acknowledge() {
    Request oldest = requests.peek();
    if (oldest != null && oldest.appended != null) {
      requests.remove();
      oldest.callback.onCompletion(metadata(oldest.appended), null);
    }
  }

  /** The oldest request is sent again because its acknowledgement was lost. */
  public void retry() {
    Request oldest = requests.peek();
    if (oldest != null && oldest.appended != null && !idempotent) {
      append(oldest);
    }
  }

  /** No acknowledgement comes in time, for any request. */
  public void expire() {
    while (!requests.isEmpty()) {
      requests.remove().callback.onCompletion(null, new TimeoutException("not acknowledged"));
    }
  }
}

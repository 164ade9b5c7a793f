package dev.relive.simulation.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The broker: topics, transactions with fencing, and how far consumer groups are. */
public final class SimulatedKafka {
  private final Map<String, SimulatedTopic> topics = new TreeMap<>();
  private final Map<String, Long> epochs = new HashMap<>();
  private final Map<String, SimulatedTransaction> open = new HashMap<>();
  private final Map<String, SimulatedGroup> groups = new HashMap<>();
  private Consumer<SimulatedTransaction> committed = transaction -> {};

  /** Where a group goes on once the transaction is committed. */
  record GroupOffset(String group, long offset) {}

  /** From now on is told every transaction at the moment when readers may see it. */
  public void onCommit(Consumer<SimulatedTransaction> listener) {
    committed = listener;
  }

  /** A topic, which exists as soon as somebody asks for it. */
  public SimulatedTopic topic(String name) {
    return topics.computeIfAbsent(name, SimulatedTopic::new);
  }

  /** A consumer group, without members at first. */
  public SimulatedGroup group(String id) {
    return groups.computeIfAbsent(id, unused -> new SimulatedGroup());
  }

  /** Gives a transactional id to a new client: the one before can commit nothing any more. */
  long fence(String transactionalId) {
    SimulatedTransaction left = open.get(transactionalId);
    if (left != null) {
      abort(left);
    }
    return epochs.merge(transactionalId, 1L, Long::sum);
  }

  long epoch(String transactionalId) {
    return epochs.getOrDefault(transactionalId, 0L);
  }

  SimulatedTransaction begin(String transactionalId, Object client) {
    SimulatedTransaction begun = new SimulatedTransaction(transactionalId, client);
    open.put(transactionalId, begun);
    return begun;
  }

  void commit(SimulatedTransaction transaction, @Nullable GroupOffset offset) {
    open.remove(transaction.transactionalId(), transaction);
    transaction.end(SimulatedTransaction.State.COMMITTED);
    if (offset != null) {
      group(offset.group()).commit(offset.offset());
    }
    committed.accept(transaction);
  }

  void abort(SimulatedTransaction transaction) {
    open.remove(transaction.transactionalId(), transaction);
    transaction.end(SimulatedTransaction.State.ABORTED);
  }
}

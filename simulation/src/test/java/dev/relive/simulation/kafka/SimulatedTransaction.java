package dev.relive.simulation.kafka;

import java.util.ArrayList;
import java.util.List;

/** A transaction of a {@link TransactionalClient}: open until it is committed or aborted. */
public final class SimulatedTransaction {
  private final String transactionalId;
  private final Object client;
  private final List<SimulatedRecord> records = new ArrayList<>();
  private State state = State.OPEN;

  SimulatedTransaction(String transactionalId, Object client) {
    this.transactionalId = transactionalId;
    this.client = client;
  }

  enum State {
    OPEN,
    COMMITTED,
    ABORTED
  }

  String transactionalId() {
    return transactionalId;
  }

  /** Whose it is. */
  public Object client() {
    return client;
  }

  /** What it appended so far, in this order. */
  public List<SimulatedRecord> records() {
    return records;
  }

  State state() {
    return state;
  }

  void add(SimulatedRecord record) {
    records.add(record);
  }

  void remove(SimulatedRecord record) {
    records.remove(record);
  }

  void end(State end) {
    if (state != State.OPEN) {
      throw new IllegalStateException("a transaction ends once");
    }
    state = end;
  }
}

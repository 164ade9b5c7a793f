package dev.relive.simulation.kafka;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A consumer group of a topic of one partition: one member has it, the others stand by. */
public final class SimulatedGroup {
  private final List<Object> members = new ArrayList<>();
  private int generation;
  private long offset = -1;

  /** Adds a member; another that has the partition keeps it. */
  public void join(Object member) {
    members.add(member);
    generation++;
  }

  /** Removes a member that left or was missed. */
  public void leave(Object member) {
    if (members.remove(member)) {
      generation++;
    }
  }

  /** Whoever has the partition; null while there are no members. */
  public @Nullable Object owner() {
    return members.isEmpty() ? null : members.get(0);
  }

  /** Counts the changes of membership. */
  public int generation() {
    return generation;
  }

  /** Where the group goes on; -1 before the first commit. */
  public long offset() {
    return offset;
  }

  void commit(long passed) {
    offset = passed;
  }
}

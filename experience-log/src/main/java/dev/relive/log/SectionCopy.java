package dev.relive.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Copies an archive's records of one kind behind those of them that a log holds already, which must
 * be the first ones.
 */
final class SectionCopy {
  private final String run;
  private final TopicPartition partition;
  private final UnbrokenAppend append;
  private final boolean open;
  private final Runnable beforeAdding;
  private final Source source;
  private final LongSupplier numbering;
  private final Places places;
  private final Runnable onMore;
  private long records;
  private long added;

  /** An archive's records of one kind. */
  @FunctionalInterface
  interface Source {
    /** The next one; null where there is none. */
    @Nullable ArchivedRecord next() throws IOException;
  }

  /** Is told where a record stands. */
  @FunctionalInterface
  interface Places {
    /**
     * May be called from another thread.
     *
     * @param number the record's, as the source numbers it
     */
    void stands(long number, long offset);
  }

  /**
   * @param open whether anything may be added
   * @param beforeAdding is called before anything is, and may refuse
   * @param numbering the number of the record that the source gave last
   * @param onMore is called for every record
   */
  SectionCopy(
      String run,
      TopicPartition partition,
      UnbrokenAppend append,
      boolean open,
      Runnable beforeAdding,
      Source source,
      LongSupplier numbering,
      Places places,
      Runnable onMore) {
    this.run = run;
    this.partition = partition;
    this.append = append;
    this.open = open;
    this.beforeAdding = beforeAdding;
    this.source = source;
    this.numbering = numbering;
    this.places = places;
    this.onMore = onMore;
  }

  /**
   * Takes the next record that the log holds.
   *
   * @return whether the archive may hold more; false where this one is beyond its last
   * @throws LogException if the archive holds another in its place
   */
  boolean holds(Found<ArchivedRecord> there) {
    ArchivedRecord mine = next();
    if (mine == null) {
      return false;
    }
    if (!there.value().hasValueOf(mine)) {
      throw new LogException(
          "Run %s has in this log another %s in place of the archive's %d: it was gone on with here, or is being written."
              .formatted(run, mine.kind(), records - 1));
    }
    places.stands(numbering.getAsLong(), there.offset());
    return true;
  }

  /** Adds all that the log does not hold, and returns when it stands. */
  void addRest() {
    ArchivedRecord mine = next();
    if (mine != null && open) {
      beforeAdding.run();
    }
    while (mine != null) {
      if (!open) {
        throw new LogException(
            "Run %s was gone on with in this log beyond what the archive holds, so nothing can be added to it."
                .formatted(run));
      }
      long number = numbering.getAsLong();
      append.add(partition, mine.key(), mine.value(), offset -> places.stands(number, offset));
      added++;
      mine = next();
    }
    append.flush();
  }

  private @Nullable ArchivedRecord next() {
    try {
      ArchivedRecord next = source.next();
      records += next == null ? 0 : 1;
      onMore.run();
      return next;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many the archive holds, as far as it was read. */
  long records() {
    return records;
  }

  /** How many the log did not hold. */
  long added() {
    return added;
  }
}

package dev.relive.log;

/**
 * A segment as it stands in the log. It is a view of what was fetched: whoever keeps it keeps the
 * fetch's memory, so copy out what is to stay.
 *
 * @param partition the partition it stands in
 * @param offset where it stands there
 * @param ordinal counts the well-formed segments of its run in log order, from 0 or from the
 *     request's first one; duplicates count as well, though they are not given
 * @param appendedAtMillis when the broker appended it, milliseconds since 1970
 * @param bytes the record's size
 * @param continuity what it is in the order of its actor's segments; never a duplicate
 */
public record LoggedSegment(
    Segment segment,
    int partition,
    long offset,
    long ordinal,
    long appendedAtMillis,
    int bytes,
    Continuity continuity) {}

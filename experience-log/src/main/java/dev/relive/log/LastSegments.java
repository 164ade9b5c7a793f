package dev.relive.log;

import dev.relive.log.ReadRequest.Slice;
import dev.relive.log.TopicReports.PartitionReport;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds where the last segments of a partition begin. */
public final class LastSegments {
  private LastSegments() {}

  /**
   * The offset of the first of the last {@code count} well-formed segments; of the first there is
   * where there are fewer. Looks in ever larger steps backwards, since other runs' segments may
   * stand between those of a run.
   *
   * @param run whose segments are counted; null for all
   */
  public static long start(
      LogConnection connection,
      Topic topic,
      PartitionReport partition,
      @Nullable String run,
      int count) {
    long window = count;
    while (true) {
      long from = Math.max(partition.begin(), partition.end() - window);
      ArrayDeque<Long> last = offsets(connection, topic, partition, from, run, count);
      if (last.size() == count || from == partition.begin()) {
        return last.isEmpty() ? partition.end() : last.getFirst();
      }
      window *= 2;
    }
  }

  private static ArrayDeque<Long> offsets(
      LogConnection connection,
      Topic topic,
      PartitionReport partition,
      long from,
      @Nullable String run,
      int count) {
    ArrayDeque<Long> last = new ArrayDeque<>();
    Slice slice = new Slice(partition.partition(), new StartAt.Offset(from), partition.end());
    if (from < partition.end()) {
      new ExperienceReader(connection, RejectedRecords.LEFT)
          .records(new ReadRequest(topic, List.of(slice), run, false, 0, ReadRequest.ALL, null))
          .doOnNext(
              record -> {
                last.add(record.offset());
                if (last.size() > count) {
                  last.removeFirst();
                }
              })
          .then()
          .block();
    }
    return last;
  }
}

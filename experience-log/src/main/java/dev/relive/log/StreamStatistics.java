package dev.relive.log;

import dev.relive.log.ReadRequest.Slice;
import dev.relive.log.TopicReports.TopicReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** What the experience of a stream adds up to: altogether, by run, and by a run's actors. */
public final class StreamStatistics {
  private final ExperienceTally all = new ExperienceTally();
  private final Map<String, ExperienceTally> runs = new TreeMap<>();
  private final Map<String, Map<String, ExperienceTally>> actors = new TreeMap<>();
  private final EpisodeReturns returns = new EpisodeReturns();
  private final ReaderCounters counters;

  private StreamStatistics(ReaderCounters counters) {
    this.counters = counters;
  }

  /**
   * Reads a stream as it is now.
   *
   * @param run the only run to read; null for all
   * @param read is told of the segments read so far
   * @throws LogException if it cannot be read
   */
  public static StreamStatistics of(
      LogConnection connection, TopicReport stream, @Nullable String run, LongConsumer read) {
    ExperienceReader reader = new ExperienceReader(connection, RejectedRecords.LEFT);
    StreamStatistics statistics = new StreamStatistics(reader.counters());
    List<Slice> slices =
        stream.partitions().stream()
            .filter(partition -> partition.end() > partition.begin())
            .map(
                partition ->
                    new Slice(
                        partition.partition(),
                        new StartAt.Offset(partition.begin()),
                        partition.end()))
            .toList();
    if (!slices.isEmpty()) {
      Topic topic = connection.topics().experience(stream.stream().orElseThrow());
      reader
          .read(new ReadRequest(topic, slices, run, false, 0, ReadRequest.ALL, null))
          .doOnNext(
              segment -> {
                statistics.add(segment);
                read.accept(statistics.all.segments());
              })
          .then()
          .block();
    }
    return statistics;
  }

  private void add(LoggedSegment segment) {
    LaneId lane = segment.segment().lane();
    ExperienceTally run = runs.computeIfAbsent(lane.run(), id -> new ExperienceTally());
    ExperienceTally actor =
        actors
            .computeIfAbsent(lane.run(), id -> new TreeMap<>())
            .computeIfAbsent(lane.actor(), name -> new ExperienceTally());
    all.add(segment);
    run.add(segment);
    actor.add(segment);
    returns
        .add(segment)
        .ifPresent(
            episodeReturn -> {
              all.addReturn(episodeReturn);
              run.addReturn(episodeReturn);
              actor.addReturn(episodeReturn);
            });
  }

  /** All of it. */
  public ExperienceTally all() {
    return all;
  }

  /** By run id. */
  public Map<String, ExperienceTally> runs() {
    return runs;
  }

  /** Of one run, by actor name. */
  public Map<String, ExperienceTally> actors(String run) {
    return actors.getOrDefault(run, Map.of());
  }

  /** What the reader counted, such as gaps and records of no use. */
  public ReaderCounters counters() {
    return counters;
  }
}

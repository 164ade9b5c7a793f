package dev.relive.evaluator.episodes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.relive.evaluator.episodes.ActorEpochs.Epoch;
import dev.relive.log.RecordCodec;
import dev.relive.log.RejectedRecordException;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import dev.relive.log.SegmentSelection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Joins the segments of a partition to episodes. What it writes is a function of the records that
 * it is given and of the times at which they were appended: no clock but the log's is looked at.
 */
final class EpisodeAssembly implements Processor<byte[], byte[], byte[], byte[]> {
  static final String POSITIONS = "positions";
  static final String ACTORS = "actors";
  static final String LANES = "lanes";

  /** How many times, in the time that is allowed for silence, the silent are looked for. */
  private static final int LOOKS = 24;

  private final SegmentSelection selection = SegmentSelection.ofEveryRun();
  private final EpisodeCounters counters;
  private final Duration silence;
  private @Nullable Task task;

  /** What Kafka gives one that works. */
  private record Task(
      ProcessorContext<byte[], byte[]> context,
      KeyValueStore<Integer, Long> positions,
      KeyValueStore<byte[], ActorEpochs> actors,
      KeyValueStore<byte[], OpenEpisode> lanes) {}

  /**
   * @param silence after which an actor epoch that wrote nothing is forgotten, by the log's times
   */
  EpisodeAssembly(EpisodeCounters counters, Duration silence) {
    this.counters = counters;
    this.silence = silence;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    task =
        new Task(
            context,
            context.getStateStore(POSITIONS),
            context.getStateStore(ACTORS),
            context.getStateStore(LANES));
    countOpen(1);
    var unused =
        context.schedule(
            silence.dividedBy(LOOKS), PunctuationType.STREAM_TIME, this::forgetTheSilent);
  }

  private Task task() {
    return requireNonNull(task, "task is null");
  }

  /** Those of a partition that came to this process, or leaves it. */
  private void countOpen(int sign) {
    each(task().lanes().all(), lane -> counters.of(StoreFormat.run(lane.key)).opened(sign));
  }

  @Override
  public void close() {
    if (task != null) {
      countOpen(-1);
      task = null;
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata place = task().context().recordMetadata().orElseThrow();
    Long next = task().positions().get(place.partition());
    if (next != null && place.offset() < next) {
      return; // Read before Kafka forgot how far the group had come.
    }
    task().positions().put(place.partition(), place.offset() + 1);
    try {
      take(record, segment(record));
    } catch (RejectedRecordException e) {
      counters.rejected(e.reason());
    }
  }

  private Segment segment(Record<byte[], byte[]> record) throws RejectedRecordException {
    return requireNonNull(
        selection.segment(buffer(record.key()), buffer(record.value())),
        "every run's segments are selected");
  }

  private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }

  private void take(Record<byte[], byte[]> record, Segment segment) {
    if (isNext(record, segment)) {
      join(record, segment);
    }
  }

  /** Puts a segment in the order of its actor's; false where it is a duplicate. */
  private boolean isNext(Record<byte[], byte[]> record, Segment segment) {
    RunEpisodes run = counters.of(segment.lane().run());
    byte[] actor = record.key();
    ActorEpochs known = forgetSilent(actor, task().actors().get(actor), record.timestamp());
    Epoch epoch = known.find(segment.lane().epoch());
    if (epoch == null) {
      // A newer epoch ends what the older ones left open. Reading may have begun in mid-log.
      known.epochs().forEach(older -> abandonLanes(actor, older));
    } else if (segment.sequence() < epoch.nextSequence()) {
      run.duplicate();
      return false;
    } else if (segment.sequence() > epoch.nextSequence()) {
      run.missing(segment.sequence() - epoch.nextSequence());
      abandonLanes(actor, epoch);
    }
    run.segment();
    Epoch heard = new Epoch(segment.lane().epoch(), segment.sequence() + 1, record.timestamp());
    task().actors().put(actor, known.with(heard));
    return true;
  }

  /** Adds a segment to its lane's episode, and writes the episode that it ends. */
  private void join(Record<byte[], byte[]> record, Segment segment) {
    byte[] lane = StoreFormat.lane(record.key(), segment.lane());
    OpenEpisode before = task().lanes().get(lane);
    OpenEpisode open;
    if (before != null && before.isContinuedBy(segment)) {
      open = before.with(segment);
    } else {
      abandon(lane, before);
      before = null;
      open = OpenEpisode.begunBy(segment);
    }
    if (open == null) {
      return; // Its beginning was not read: there is nothing true to say of it.
    }
    if (segment.end() == SegmentEnd.CONTINUES) {
      task().lanes().put(lane, open);
      counters.of(segment.lane().run()).opened(before == null ? 1 : 0);
      return;
    }
    if (before != null) {
      close(lane);
    }
    end(record, segment, open);
  }

  private void end(Record<byte[], byte[]> record, Segment last, OpenEpisode episode) {
    String run = last.lane().run();
    if (last.end() == SegmentEnd.ABANDONED) {
      counters.of(run).ended(EpisodeEnd.ABANDONED);
      return;
    }
    counters.finished(run, EpisodeEnd.of(last.end()), episode.sum());
    task()
        .context()
        .forward(
            new Record<>(
                run.getBytes(UTF_8),
                RecordCodec.EPISODE.encode(episode.endedBy(last)),
                record.timestamp()));
  }

  private void abandonLanes(byte[] actor, Epoch epoch) {
    each(
        task()
            .lanes()
            .prefixScan(
                StoreFormat.lanesOf(actor, epoch.number()), Serdes.ByteArray().serializer()),
        lane -> abandon(lane.key, lane.value));
  }

  private void abandon(byte[] lane, @Nullable OpenEpisode open) {
    if (open != null) {
      close(lane);
      counters.of(StoreFormat.run(lane)).ended(EpisodeEnd.ABANDONED);
    }
  }

  private void close(byte[] lane) {
    task().lanes().delete(lane);
    counters.of(StoreFormat.run(lane)).opened(-1);
  }

  private void forgetTheSilent(long nowMillis) {
    each(
        task().actors().all(),
        actor -> {
          ActorEpochs left = forgetSilent(actor.key, actor.value, nowMillis);
          if (left.epochs().isEmpty()) {
            task().actors().delete(actor.key);
          } else if (!left.equals(actor.value)) {
            task().actors().put(actor.key, left);
          }
        });
  }

  /** What is known of an actor without the silent, whose lanes are abandoned. */
  private ActorEpochs forgetSilent(byte[] actor, @Nullable ActorEpochs known, long nowMillis) {
    if (known == null) {
      return ActorEpochs.NONE;
    }
    List<Epoch> silent = known.silent(nowMillis, silence.toMillis());
    if (silent.isEmpty()) {
      return known;
    }
    silent.forEach(epoch -> abandonLanes(actor, epoch));
    return known.without(silent);
  }

  /** Gives every entry there is now; the store may be changed meanwhile. */
  private static <K, V> void each(
      KeyValueIterator<K, V> iterator, Consumer<KeyValue<K, V>> consumer) {
    List<KeyValue<K, V>> entries = new ArrayList<>();
    try (iterator) {
      iterator.forEachRemaining(entries::add);
    }
    entries.forEach(consumer);
  }
}

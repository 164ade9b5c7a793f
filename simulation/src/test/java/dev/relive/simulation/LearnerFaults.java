package dev.relive.simulation;

import dev.relive.log.LaneId;
import dev.relive.log.PolicyVersions;
import dev.relive.log.Publication;
import dev.relive.log.Segment;
import dev.relive.log.SegmentRecord;
import dev.relive.log.wire.ActorProgress;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.Snapshot;
import dev.relive.simulation.kafka.ForwardingClient;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Learners that break a rule. */
final class LearnerFaults {
  private LearnerFaults() {}

  /** An actor epoch as one learner sees it. */
  private record Seen(int learner, String actor, long epoch) {
    static Seen of(int learner, Segment segment) {
      return new Seen(learner, segment.lane().actor(), segment.lane().epoch());
    }
  }

  private static SegmentRecord with(SegmentRecord record, Segment segment) {
    return new SegmentRecord(
        segment,
        record.partition(),
        record.offset(),
        record.ordinal(),
        record.appendedAtMillis(),
        record.bytes());
  }

  private static Segment changed(
      Segment segment, LaneId lane, long sequence, PolicyVersions versions) {
    return new Segment(
        lane,
        sequence,
        segment.episode(),
        segment.firstStep(),
        segment.length(),
        segment.end(),
        versions,
        segment.actorSteps(),
        segment.startedAtMicros(),
        segment.endedAtMicros(),
        segment.observations(),
        segment.actions(),
        segment.rewards(),
        segment.behaviourProbabilities());
  }

  /** Takes what it has seen for what comes next. */
  static final class IngestsDuplicates extends Edges {
    private final Map<Seen, Long> next = new HashMap<>();

    @Override
    SegmentRecord intoLearner(int learner, SegmentRecord record) {
      Segment segment = record.segment();
      Seen epoch = Seen.of(learner, segment);
      long shifted = Math.max(segment.sequence(), next.getOrDefault(epoch, 0L));
      next.put(epoch, shifted + 1);
      return with(record, changed(segment, segment.lane(), shifted, segment.policyVersions()));
    }
  }

  /** Takes every segment for the one that it expects. */
  static final class SeesNoGaps extends Edges {
    private final Map<Seen, Long> next = new HashMap<>();
    private final Map<Seen, Long> missing = new HashMap<>();

    @Override
    SegmentRecord intoLearner(int learner, SegmentRecord record) {
      Segment segment = record.segment();
      Seen epoch = Seen.of(learner, segment);
      long sequence = segment.sequence();
      long expected = next.getOrDefault(epoch, sequence == 1 ? 0 : sequence);
      if (sequence > expected) {
        missing.merge(epoch, sequence - expected, Long::sum);
      }
      next.put(epoch, Math.max(expected, sequence + 1));
      long shifted = Math.max(0, sequence - missing.getOrDefault(epoch, 0L));
      return with(record, changed(segment, segment.lane(), shifted, segment.policyVersions()));
    }
  }

  /** Does not get one segment of many. */
  static final class LosesSegments extends Edges {
    private static final int ONE_OF = 40;

    @Override
    @Nullable SegmentRecord intoLearner(int learner, SegmentRecord record) {
      return record.ordinal() % ONE_OF == ONE_OF - 1 ? null : record;
    }
  }

  /** Takes every transition for one of the newest version. */
  static final class LearnsFromStale extends Edges {
    @Override
    SegmentRecord intoLearner(int learner, SegmentRecord record) {
      Segment segment = record.segment();
      PolicyVersions versions =
          segment.length() == 0 ? PolicyVersions.NONE : PolicyVersions.of(Long.MAX_VALUE);
      return with(record, changed(segment, segment.lane(), segment.sequence(), versions));
    }
  }

  /** Grants other credit than it has counted. */
  private abstract static class CountsOtherwise extends Edges {
    final Map<Seen, Long> counted = new HashMap<>();

    abstract long otherwise(long steps, long count);

    @Override
    Publication outOfLearner(int learner, Publication publication) {
      Progress.Builder progress = publication.progress().toBuilder();
      for (ActorProgress.Builder entry : progress.getActorsBuilderList()) {
        Long steps = counted.get(new Seen(learner, entry.getActor(), entry.getEpoch()));
        entry.setSteps(steps == null ? entry.getSteps() : otherwise(entry.getSteps(), steps));
      }
      return withProgress(publication, progress.build());
    }
  }

  private static Publication withProgress(Publication publication, Progress progress) {
    return new Publication(
        progress,
        publication.policy(),
        publication.snapshot(),
        publication.checkpoint(),
        publication.state());
  }

  /** Sums the lengths of what it ingests, so that what is lost is never credited. */
  static final class CountsLengths extends CountsOtherwise {
    @Override
    SegmentRecord intoLearner(int learner, SegmentRecord record) {
      Segment segment = record.segment();
      long before = segment.sequence() == 0 ? 0 : segment.actorSteps() - segment.length();
      Seen epoch = Seen.of(learner, segment);
      counted.put(epoch, counted.getOrDefault(epoch, before) + segment.length());
      return record;
    }

    @Override
    long otherwise(long steps, long count) {
      return Math.min(steps, count);
    }
  }

  /** Grants credit for what it has read, though it waits in a batch. */
  static final class CreditsWhatWaits extends CountsOtherwise {
    @Override
    SegmentRecord intoLearner(int learner, SegmentRecord record) {
      Segment segment = record.segment();
      counted.merge(Seen.of(learner, segment), segment.actorSteps(), Math::max);
      return record;
    }

    @Override
    long otherwise(long steps, long count) {
      return count;
    }
  }

  /** Counts its versions from the beginning when it starts again. */
  static final class RestartsVersions extends Edges {
    @Override
    @Nullable Progress newestOfLearner(@Nullable Progress newest) {
      return newest == null ? null : newest.toBuilder().clearPolicyVersion().build();
    }
  }

  /** Reads the newest state while another may still change it. */
  static final class ReadsBeforeFencing extends Edges {
    @Override
    boolean readsBeforeFencing() {
      return true;
    }
  }

  /** Requires a version with the Progress before the one that brings it. */
  static final class RequiresTooEarly extends Edges {
    @Override
    Publication outOfLearner(int learner, Publication publication) {
      Progress progress = publication.progress();
      long required = progress.getRequiredPolicyVersion();
      return withProgress(
          publication,
          progress.toBuilder().setRequiredPolicyVersion(required == 0 ? 0 : required + 1).build());
    }
  }

  /** Sends snapshots some publications after theirs, and after checkpoints that tell of them. */
  static final class DelaysSnapshots extends Edges {
    private static final int LATER = 6;

    private record Delayed(Snapshot snapshot, int learner, int due) {}

    private @Nullable Delayed delayed;
    private int publications;

    @Override
    Publication outOfLearner(int learner, Publication publication) {
      publications++;
      Snapshot now = publication.snapshot();
      if (delayed != null && delayed.learner() != learner) {
        delayed = null; // went down with its learner
      } else if (delayed != null && (publications >= delayed.due() || now != null)) {
        Snapshot due = delayed.snapshot();
        delayed = now == null ? null : new Delayed(now, learner, publications + LATER);
        return withSnapshot(publication, due);
      }
      if (now != null && publication.state() == null) {
        delayed = new Delayed(now, learner, publications + LATER);
        return withSnapshot(publication, null);
      }
      return publication;
    }
  }

  private static Publication withSnapshot(Publication publication, @Nullable Snapshot snapshot) {
    return new Publication(
        publication.progress(),
        publication.policy(),
        snapshot,
        publication.checkpoint(),
        publication.state());
  }

  /** Takes itself for the generation that was there before. */
  static final class KeepsTheGeneration extends Edges {
    @Override
    @Nullable Progress newestOfLearner(@Nullable Progress newest) {
      return newest == null
          ? null
          : newest.toBuilder().setGeneration(newest.getGeneration() - 1).build();
    }
  }

  /** Loses snapshots that it was handed. */
  static final class LosesSnapshots extends Edges {
    private int handed;

    @Override
    Publication outOfLearner(int learner, Publication publication) {
      return publication.snapshot() == null || ++handed % 2 == 0
          ? publication
          : withSnapshot(publication, null);
    }
  }

  /** Commits a snapshot by itself, before the Progress that names it. */
  static final class CommitsSnapshotsApart extends Edges {
    @Override
    Producer<byte[], byte[]> learnerClient(Producer<byte[], byte[]> client) {
      return new ForwardingClient(client) {
        @Override
        public Future<RecordMetadata> send(
            ProducerRecord<byte[], byte[]> record, Callback callback) {
          Future<RecordMetadata> sent = super.send(record, callback);
          if (record.topic().endsWith("snapshots")) {
            commitTransaction();
            beginTransaction();
          }
          return sent;
        }
      };
    }
  }

  /** Commits while its last record may still be on its way. */
  static final class CommitsUnflushed extends Edges {
    @Override
    Producer<byte[], byte[]> learnerClient(Producer<byte[], byte[]> client) {
      return new ForwardingClient(client) {
        @Override
        public void flush() {}
      };
    }
  }

  /** Restores something else than it saved. */
  static final class RestoresWrong extends Edges {
    private final UnaryOperator<CheckpointState.Builder> change;

    RestoresWrong(UnaryOperator<CheckpointState.Builder> change) {
      this.change = change;
    }

    @Override
    CheckpointState checkpointOfLearner(CheckpointState checkpoint) {
      return change.apply(checkpoint.toBuilder()).build();
    }
  }
}

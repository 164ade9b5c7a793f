package dev.relive.simulation;

import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import dev.relive.log.wire.ActorProgress;
import dev.relive.log.wire.Progress;
import dev.relive.simulation.kafka.ForwardingClient;
import dev.relive.simulation.kafka.SimulatedRecord;
import dev.relive.simulation.kafka.SimulatedTopic;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** Producers, evaluators and brokers that break a rule. */
final class OtherFaults {
  private OtherFaults() {}

  /** Keeps the most that it ever heard to be ingested, though the learner began again. */
  static final class KeepsOldCredit extends Edges {
    private final Map<Long, Long> most = new HashMap<>();

    @Override
    Progress intoActor(Progress progress) {
      Progress.Builder kept = progress.toBuilder();
      for (ActorProgress.Builder entry : kept.getActorsBuilderList()) {
        entry.setSteps(most.merge(entry.getEpoch(), entry.getSteps(), Math::max));
      }
      return kept.build();
    }
  }

  /** Takes nothing as ingested when it is not listed. */
  static final class StarvesUnlisted extends Edges {
    @Override
    Progress intoActor(Progress progress) {
      return progress.toBuilder().clearNextSegment().build();
    }
  }

  /** Steps only with the very version that is required. */
  static final class RefusesNewerVersions extends Edges {
    @Override
    Progress intoActor(Progress progress) {
      long required = progress.getRequiredPolicyVersion();
      return required == 0 || required == progress.getPolicyVersion()
          ? progress
          : progress.toBuilder().setRequiredPolicyVersion(Long.MAX_VALUE).build();
    }
  }

  /** Steps with whatever version it has. */
  static final class IgnoresRequiredVersion extends Edges {
    @Override
    Progress intoActor(Progress progress) {
      return progress.toBuilder().clearRequiredPolicyVersion().build();
    }
  }

  /** Holds back what it cut short until there is more. */
  static final class WaitsUnflushed extends Edges {
    @Override
    boolean isSentAtOnce(Segment segment, int longest) {
      return segment.length() == longest || segment.end() != SegmentEnd.CONTINUES;
    }
  }

  /** Starts again as the epoch that it was. */
  static final class ReusesEpochs extends Edges {
    private final Map<String, Long> first = new HashMap<>();

    @Override
    long epoch(String actor, long fresh) {
      return first.computeIfAbsent(actor, name -> fresh);
    }
  }

  /** Acts by policies that may never be committed. */
  static final class ReadsUncommitted extends Edges {
    @Override
    boolean readsUncommitted() {
      return true;
    }
  }

  /** Takes a segment as acknowledged when it is sent. */
  static final class AcknowledgesUnwritten extends Edges {
    @Override
    Producer<byte[], byte[]> actorClient(Producer<byte[], byte[]> client) {
      return new ForwardingClient(client) {
        private long sent;

        @Override
        public Future<RecordMetadata> send(
            ProducerRecord<byte[], byte[]> record, Callback callback) {
          var unused = super.send(record, (metadata, failure) -> {});
          TopicPartition partition = new TopicPartition(record.topic(), 0);
          callback.onCompletion(new RecordMetadata(partition, sent++, 0, 0, 0, 0), null);
          return new CompletableFuture<>();
        }
      };
    }
  }

  /** A broker that knows each learner by another name. */
  static final class FencesNobody extends Edges {
    @Override
    String transactionalId(String id, int learner) {
      return id + learner;
    }
  }

  /** A broker whose compaction keeps the newest record of a key though it was aborted. */
  static final class CompactsToAborted extends Edges {
    @Override
    void compact(SimulatedTopic topic) {
      Map<ByteBuffer, SimulatedRecord> newest = new HashMap<>();
      for (SimulatedRecord record : topic.all(0, topic.stableEnd())) {
        SimulatedRecord older = newest.put(ByteBuffer.wrap(record.key()), record);
        if (older != null) {
          topic.remove(older);
        }
      }
    }
  }

  /** Commits how far it is after what it found, and not with it. */
  static final class CommitsOffsetsApart extends Edges {
    @Override
    Producer<byte[], byte[]> evaluatorClient(Producer<byte[], byte[]> client) {
      return new ForwardingClient(client) {
        @Override
        public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
          super.commitTransaction();
          super.beginTransaction();
          super.sendOffsetsToTransaction(offsets, group);
        }
      };
    }
  }
}

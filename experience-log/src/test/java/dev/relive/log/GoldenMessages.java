package dev.relive.log;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.relive.log.wire.ActorProgress;
import dev.relive.log.wire.CheckpointPart;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.EnvironmentSpec;
import dev.relive.log.wire.Episode;
import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.Generation;
import dev.relive.log.wire.NetworkSpec;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Preprocessing;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.RunVerdict;
import dev.relive.log.wire.Setting;
import dev.relive.log.wire.Shuffle;
import dev.relive.log.wire.Snapshot;
import dev.relive.log.wire.SnapshotReason;
import dev.relive.log.wire.Space;
import dev.relive.log.wire.SpaceKind;
import dev.relive.log.wire.Tensors;
import java.util.List;

/** One message of every kind but the segment, with every field of format 1 set. */
final class GoldenMessages {
  private static final String RUN = "cartpole-v1-2026-07f3";
  private static final long MICROS = 1_790_000_000_000_000L;
  private static final long EPOCH = 0xfedc_ba98_7654_3210L;

  private GoldenMessages() {}

  /** A message, the codec that makes it a record, and the name of its golden file. */
  record Golden<T extends Message>(String name, RecordCodec<T> codec, T message) {
    byte[] record() {
      return codec.encode(message);
    }
  }

  static List<Golden<?>> all() {
    return List.of(
        new Golden<>("run-spec", RecordCodec.RUN_SPEC, runSpec()),
        new Golden<>("run-spec-of-a-reader", RecordCodec.RUN_SPEC, readersSpec()),
        new Golden<>("run-state", RecordCodec.RUN_STATE, runState()),
        new Golden<>("run-verdict", RecordCodec.RUN_VERDICT, runVerdict()),
        new Golden<>("progress", RecordCodec.PROGRESS, progress()),
        new Golden<>("policy", RecordCodec.POLICY, policy()),
        new Golden<>("policy-with-convolutions", RecordCodec.POLICY, policyWithConvolutions()),
        new Golden<>("policy-with-preprocessing", RecordCodec.POLICY, policyWithPreprocessing()),
        new Golden<>("snapshot", RecordCodec.SNAPSHOT, snapshot()),
        new Golden<>("snapshot-with-lineage", RecordCodec.SNAPSHOT, snapshotWithLineage()),
        new Golden<>("checkpoint-part", RecordCodec.CHECKPOINT_PART, checkpointPart()),
        new Golden<>("episode", RecordCodec.EPISODE, episode()),
        new Golden<>("evaluation", RecordCodec.EVALUATION, evaluation()));
  }

  static RunSpec runSpec() {
    return RunSpec.newBuilder()
        .setRun(RUN)
        .setLabel("first light")
        .setCreatedAtMicros(MICROS)
        .setEnvironment(environment())
        .setAlgorithm("double-dqn")
        .addSettings(setting("double-dqn.learning-rate", "0.001"))
        .addSettings(setting("replay.capacity", "50000"))
        .setSeed(-2) // 2^64 - 2: seeds are plain bits
        .setDeterministic(true)
        .setStream("CartPole-v1")
        .addPartitions(
            PartitionRange.newBuilder().setPartition(2).setFirstOffset(1000).setEndOffset(2000))
        .setSourceRun("cartpole-v1-2026-07f2")
        .addVersions(setting("relive", "0.1.0"))
        .addFilters(setting("min-return", "100"))
        .setRetentionMs(-1)
        .build();
  }

  private static RunSpec readersSpec() {
    return runSpec().toBuilder()
        .setSourceSnapshot(814)
        .setShuffle(Shuffle.newBuilder().setPasses(3).setChunkSteps(8_192))
        .build();
  }

  private static EnvironmentSpec environment() {
    return EnvironmentSpec.newBuilder()
        .setId("CartPole-v1")
        .addOptions(setting("sutton-barto-reward", "false"))
        .addWrappers("sticky-actions(0.25)")
        .setObservations(
            Space.newBuilder()
                .setKind(SpaceKind.BOX)
                .setType(dev.relive.log.wire.ElementType.FLOAT32)
                .addShape(4)
                .addLow(-4.8)
                .addHigh(4.8)
                .addPartNames("position")
                .addPartSizes(4))
        .setActions(
            Space.newBuilder()
                .setKind(SpaceKind.DISCRETE)
                .setType(dev.relive.log.wire.ElementType.UINT8)
                .addCounts(2)
                .setStart(-1))
        .setMaxEpisodeSteps(500)
        .setRewardThreshold(475)
        .addVersions(setting("gymnasium", "1.4.0"))
        .build();
  }

  static RunState runState() {
    return RunState.newBuilder()
        .setRun(RUN)
        .setPhase(RunPhase.FAILED)
        .setSinceMicros(MICROS)
        .setReason("The data directory is full.")
        .setGeneration(3)
        .build();
  }

  static RunVerdict runVerdict() {
    return RunVerdict.newBuilder()
        .setRun(RUN)
        .setVersion(17)
        .setRunSteps(42_000)
        .setMeanReturn(487.25)
        .setConfirmedMeanReturn(491.5)
        .setThreshold(475)
        .setAtMicros(MICROS)
        .build();
  }

  static Progress progress() {
    return Progress.newBuilder()
        .setRun(RUN)
        .setGeneration(3)
        .setOrdinal(123)
        .setSegments(400)
        .setRunSteps(42_000)
        .setUpdates(10_500)
        .setRequiredPolicyVersion(16)
        .setPolicyVersion(17)
        .setSnapshotVersion(15)
        .setCheckpointOrdinal(4)
        .setPolicy(position("relive.policies", 120))
        .setSnapshot(position("relive.snapshots", 30))
        .setCheckpoint(position("relive.checkpoints", 12))
        .addActors(
            ActorProgress.newBuilder()
                .setActor("actor-0")
                .setEpoch(EPOCH)
                .setSteps(42_000)
                .setNextSequence(400)
                .setGaps(1)
                .setDuplicates(2))
        .setAtMicros(MICROS)
        .setNextSegment(position("relive.experience.CartPole-v1", 401))
        .build();
  }

  static Policy policy() {
    return Policy.newBuilder()
        .setRun(RUN)
        .setVersion(17)
        .setGeneration(3)
        .setRunSteps(42_000)
        .setUpdates(10_500)
        .setEpsilon(0.05f)
        .setNetwork(network())
        .setWeights(tensors(40))
        .setPreprocessing(preprocessing())
        .setAtMicros(MICROS)
        .build();
  }

  private static Policy policyWithConvolutions() {
    return policy().toBuilder()
        .setNetwork(
            network().toBuilder()
                .setKind("cnn")
                .setObservationSize(400)
                .addAllImageShape(List.of(1, 10, 10, 4))
                .addAllConvolutionChannels(List.of(16, 8)))
        .build();
  }

  private static Policy policyWithPreprocessing() {
    return policy().toBuilder()
        .setPreprocessing(
            preprocessing().toBuilder()
                .setMoments(
                    Preprocessing.Moments.newBuilder()
                        .setCount(42_000)
                        .addMean(0.25)
                        .addMean(-1e300)
                        .addSquares(Double.MIN_VALUE)
                        .addSquares(3)))
        .build();
  }

  static Snapshot snapshot() {
    return Snapshot.newBuilder()
        .setRun(RUN)
        .setVersion(15)
        .setGeneration(3)
        .setParentVersion(12)
        .setRunSteps(40_000)
        .setUpdates(10_000)
        .setReason(SnapshotReason.BEST)
        .setNetwork(network())
        .setWeights(tensors(40))
        .setPreprocessing(preprocessing())
        .setAtMicros(MICROS)
        .setEnvironment("CartPole-v1")
        .setAlgorithm("double-dqn")
        .build();
  }

  private static Snapshot snapshotWithLineage() {
    return snapshot().toBuilder()
        .addLineage(Generation.newBuilder().setGeneration(1).setFirstVersion(1))
        .addLineage(
            Generation.newBuilder()
                .setGeneration(3)
                .setSegments(310)
                .setFirstVersion(13)
                .addVersions(setting("relive", "0.2.0")))
        .build();
  }

  static CheckpointPart checkpointPart() {
    return CheckpointPart.newBuilder()
        .setRun(RUN)
        .setOrdinal(4)
        .setPart(1)
        .setParts(2)
        .setData(bytes(50))
        .setSha256(bytes(32))
        .build();
  }

  /** What the data of a checkpoint's parts add up to. */
  static CheckpointState checkpointState() {
    return CheckpointState.newBuilder()
        .setRun(RUN)
        .setOrdinal(4)
        .setGeneration(3)
        .setProgressed(progressed())
        .setTensors(tensors(40))
        .addRandomStreams(
            CheckpointState.RandomStream.newBuilder()
                .setName("replay")
                .setStateHigh(-1)
                .setStateLow(2)
                .setIncrementHigh(-3)
                .setIncrementLow(5)
                .setKeptHalf(-7))
        .setWindowFirstSegment(390)
        .setWindowStart(position("relive.experience.CartPole-v1", 391))
        .setWindowSkippedSteps(17)
        .setPreprocessing(preprocessing())
        .setWindowFirst(
            CheckpointState.SegmentIdentity.newBuilder()
                .setActor("actor-0")
                .setEpoch(EPOCH)
                .setSequence(390))
        .addWindowDuplicates(393)
        .addWindowDuplicates(395)
        .build();
  }

  private static CheckpointState.Progressed progressed() {
    return CheckpointState.Progressed.newBuilder()
        .setSegments(400)
        .setRunSteps(42_000)
        .setUpdates(10_500)
        .setPolicyVersion(17)
        .setSnapshotVersion(15)
        .addActors(
            CheckpointState.Actor.newBuilder()
                .setActor("actor-0")
                .setEpoch(EPOCH)
                .setNextSequence(400)
                .setSteps(42_000)
                .setGaps(1)
                .setDuplicates(2)
                .addLanes(
                    CheckpointState.Lane.newBuilder()
                        .setLane(3)
                        .setOpen(true)
                        .setEpisode(21)
                        .setStep(128))
                .setComplete(true))
        .setNextSegment(position("relive.experience.CartPole-v1", 401))
        .setStaleSteps(256)
        .setSnapshotSteps(40_000)
        .build();
  }

  static Episode episode() {
    return Episode.newBuilder()
        .setRun(RUN)
        .setActor("actor-0")
        .setEpoch(EPOCH)
        .setLane(3)
        .setEpisode(21)
        .setLength(500)
        .setReturn(500)
        .setEnd(dev.relive.log.wire.SegmentEnd.TRUNCATED)
        .setFirstPolicyVersion(16)
        .setLastPolicyVersion(17)
        .setStartedAtMicros(MICROS)
        .setEndedAtMicros(MICROS + 5_000_000)
        .build();
  }

  static Evaluation evaluation() {
    return Evaluation.newBuilder()
        .setRun(RUN)
        .setVersion(15)
        .setRunSteps(40_000)
        .setUpdates(10_000)
        .setEvaluator("evaluator-0")
        .setGreedy(true)
        .setFirstSeed(Long.MIN_VALUE) // 2^63
        .addReturns(500)
        .addReturns(474.5)
        .addLengths(500)
        .addLengths(474)
        .setAtMicros(MICROS)
        .setConfirmation(true)
        .setDurationMicros(250_000)
        .build();
  }

  private static NetworkSpec network() {
    return NetworkSpec.newBuilder()
        .setKind("mlp")
        .setObservationSize(4)
        .setActionCount(2)
        .addHiddenSizes(128)
        .addHiddenSizes(128)
        .setActivation("relu")
        .addSettings(setting("dueling", "false"))
        .build();
  }

  private static Preprocessing preprocessing() {
    return Preprocessing.newBuilder()
        .addSettings(setting("normalise", "true"))
        .setStatistics(tensors(16))
        .build();
  }

  /** Bytes in the place of tensors, which the codec carries and does not read. */
  private static Tensors tensors(int size) {
    return Tensors.newBuilder().setSafetensors(bytes(size)).setSha256(bytes(32)).build();
  }

  private static Position position(String topic, long offset) {
    return Position.newBuilder().setTopic(topic).setPartition(1).setOffset(offset).build();
  }

  private static Setting setting(String name, String value) {
    return Setting.newBuilder().setName(name).setValue(value).build();
  }

  private static ByteString bytes(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (7 * i + 1);
    }
    return ByteString.copyFrom(bytes);
  }
}

package dev.relive.learner;

import static java.util.Objects.requireNonNull;

import dev.relive.agents.ModelMessages;
import dev.relive.agents.NetworkSpec;
import dev.relive.agents.Tensors;
import dev.relive.log.Publication;
import dev.relive.log.PublicationSink;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Preprocessing;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.Snapshot;
import dev.relive.log.wire.SnapshotReason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the learner's messages, gathers those that belong together, and hands them over to be sent.
 * Every message of weights has a version of its own. Silent for too long, it repeats itself, so
 * that everyone sees that the run has a learner.
 *
 * <p>Used by the training thread, and by any for {@link #heartbeat} and what it tells.
 */
final class Publications {
  /** The longest silence between two publications, if {@link #heartbeat} comes often enough. */
  static final Duration LONGEST_SILENCE = Duration.ofMillis(500);

  private final RunSpec spec;
  private final LearnerSettings settings;
  private final NetworkSpec network;
  private final WeightVersions versions;
  private final Lineage lineage;
  private final PublicationSink sink;
  private final InstantSource clock;

  // What the next publication carries besides Progress.
  private @Nullable Supplier<Policy> policy;
  private @Nullable Snapshot snapshot;
  private @Nullable Supplier<CheckpointState> checkpoint;
  private @Nullable RunState state;

  // Guarded by this.
  private @Nullable Progress last;
  private Instant lastAt = Instant.MIN;
  private volatile long snapshotVersion;
  private volatile Instant snapshotAt;

  Publications(
      RunSpec spec,
      LearnerSettings settings,
      WeightVersions versions,
      Lineage lineage,
      PublicationSink sink,
      InstantSource clock) {
    this.spec = spec;
    this.settings = settings;
    this.network = settings.network(spec.getEnvironment());
    this.versions = versions;
    this.lineage = lineage;
    this.sink = sink;
    this.clock = clock;
    this.snapshotVersion = sink.newest().map(Progress::getSnapshotVersion).orElse(0L);
    this.snapshotAt = clock.instant();
  }

  /** The newest version handed over to be kept; 0 before the first. */
  long snapshotVersion() {
    return snapshotVersion;
  }

  /** When the newest version was handed over to be kept; before the first, the beginning. */
  Instant snapshotAt() {
    return snapshotAt;
  }

  /** Adds new weights to act by. */
  void policy(long runSteps, long updates, Tensors weights, Preprocessing preprocessing) {
    Policy.Builder message = policy(runSteps, updates, preprocessing);
    policy = () -> message.setWeights(ModelMessages.message(weights)).build();
  }

  /** Adds new weights to keep, and to act by. */
  void snapshot(
      long runSteps,
      long updates,
      Tensors weights,
      Preprocessing preprocessing,
      SnapshotReason reason) {
    Policy message =
        policy(runSteps, updates, preprocessing).setWeights(ModelMessages.message(weights)).build();
    policy = () -> message;
    Snapshot.Builder kept =
        Snapshot.newBuilder()
            .setRun(spec.getRun())
            .setVersion(message.getVersion())
            .setParentVersion(snapshotVersion)
            .setGeneration(sink.generation())
            .setRunSteps(runSteps)
            .setUpdates(updates)
            .setReason(reason)
            .setEnvironment(spec.getEnvironment().getId())
            .setAlgorithm(spec.getAlgorithm())
            .setNetwork(message.getNetwork())
            .setWeights(message.getWeights())
            .setEpsilon(message.getEpsilon())
            .addAllLineage(lineage.generations())
            .setAtMicros(message.getAtMicros());
    if (message.hasPreprocessing()) {
      kept.setPreprocessing(message.getPreprocessing());
    }
    snapshot = kept.build();
    snapshotVersion = message.getVersion();
    snapshotAt = clock.instant();
  }

  /** Adds the learner's state, made when it is about to be sent. */
  void checkpoint(Supplier<CheckpointState> made) {
    checkpoint = made;
  }

  /** Adds where the run stands. */
  void state(RunPhase phase, String reason) {
    state =
        RunState.newBuilder()
            .setPhase(phase)
            .setReason(reason)
            .setSinceMicros(micros(clock.instant()))
            .build();
  }

  /** Whether weights wait for the next {@link #publish}. */
  boolean haveWeights() {
    return policy != null;
  }

  /** Whether anything waits for it. */
  boolean haveNews() {
    return policy != null || checkpoint != null || state != null;
  }

  /** Hands over how far the learner is, and with it everything added since the last time. */
  synchronized void publish(Progress.Builder progress) throws InterruptedException {
    progress.setRequiredPolicyVersion(versions.required());
    Publication publication =
        new Publication(stamped(progress), policy, snapshot, checkpoint, state);
    policy = null;
    snapshot = null;
    checkpoint = null;
    state = null;
    sink.publish(publication);
  }

  /** Says again what was said last, if that is long ago. */
  synchronized void heartbeat() throws InterruptedException {
    if (last != null && !clock.instant().isBefore(lastAt.plus(LONGEST_SILENCE))) {
      sink.publish(Publication.of(stamped(last.toBuilder())));
    }
  }

  private Progress stamped(Progress.Builder progress) {
    lastAt = clock.instant();
    last = progress.setAtMicros(micros(lastAt)).build();
    return requireNonNull(last);
  }

  /** Everything but the weights, which cost a checksum. */
  private Policy.Builder policy(long runSteps, long updates, Preprocessing preprocessing) {
    Policy.Builder message =
        Policy.newBuilder()
            .setRun(spec.getRun())
            .setVersion(versions.next())
            .setGeneration(sink.generation())
            .setRunSteps(runSteps)
            .setUpdates(updates)
            .setEpsilon((float) settings.exploration().at(runSteps))
            .setNetwork(ModelMessages.message(network))
            .setAtMicros(micros(clock.instant()));
    if (preprocessing.getSettingsCount() > 0) {
      message.setPreprocessing(preprocessing);
    }
    return message;
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}

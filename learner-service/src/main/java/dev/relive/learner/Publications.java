package dev.relive.learner;

import dev.relive.agents.LinearSchedule;
import dev.relive.agents.ModelMessages;
import dev.relive.agents.NetworkSpec;
import dev.relive.agents.Tensors;
import dev.relive.log.LoggedSegment;
import dev.relive.log.Publication;
import dev.relive.log.RunPublisher;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.Snapshot;
import dev.relive.log.wire.SnapshotReason;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes the learner's messages and hands them to the publisher, which sends them off the training
 * thread. Each message of weights has a version of its own, strictly increasing.
 */
final class Publications {
  private final RunSpec spec;
  private final NetworkSpec network;
  private final LinearSchedule exploration;
  private final RunPublisher publisher;
  private final Clock clock;
  private final ActorLedger actors = new ActorLedger();
  private Position nextSegment = Position.getDefaultInstance();
  private final AtomicLong newestVersion;
  private volatile long snapshotVersion;

  Publications(
      RunSpec spec,
      NetworkSpec network,
      LinearSchedule exploration,
      RunPublisher publisher,
      Clock clock) {
    this.spec = spec;
    this.network = network;
    this.exploration = exploration;
    this.publisher = publisher;
    this.clock = clock;
    this.newestVersion =
        new AtomicLong(publisher.newest().map(Progress::getPolicyVersion).orElse(0L));
    this.snapshotVersion = publisher.newest().map(Progress::getSnapshotVersion).orElse(0L);
  }

  /** The newest version handed over. */
  long version() {
    return newestVersion.get();
  }

  /** The newest version handed over to be kept; 0 before the first. */
  long snapshotVersion() {
    return snapshotVersion;
  }

  /** Everything due after this segment has been done: its actor gets its credit. */
  void ingested(PipelineState state, LoggedSegment logged) throws InterruptedException {
    actors.ingested(logged.segment(), logged.continuity().missingSegments());
    nextSegment =
        Position.newBuilder()
            .setTopic(nextSegment.getTopic())
            .setPartition(logged.partition())
            .setOffset(logged.offset() + 1)
            .build();
    publisher.publish(Publication.of(progress(state)));
  }

  /** New weights to act by. */
  void policy(PipelineState state, Tensors weights) throws InterruptedException {
    long version = newestVersion.incrementAndGet();
    publisher.publish(
        Publication.of(progress(state)).withPolicy(() -> policy(version, state, weights)));
  }

  /** New weights to keep, and to act by. */
  void snapshot(PipelineState state, Tensors weights, SnapshotReason reason)
      throws InterruptedException {
    long version = newestVersion.incrementAndGet();
    Policy policy = policy(version, state, weights);
    Snapshot snapshot =
        Snapshot.newBuilder()
            .setRun(spec.getRun())
            .setVersion(version)
            .setParentVersion(snapshotVersion)
            .setGeneration(publisher.generation())
            .setRunSteps(state.runSteps())
            .setUpdates(state.updates())
            .setReason(reason)
            .setEnvironment(spec.getEnvironment().getId())
            .setAlgorithm(spec.getAlgorithm())
            .setNetwork(policy.getNetwork())
            .setWeights(policy.getWeights())
            .setAtMicros(policy.getAtMicros())
            .build();
    snapshotVersion = version;
    publisher.publish(Publication.of(progress(state)).withPolicy(() -> policy).with(snapshot));
  }

  /** Where the run stands from now on. */
  void state(PipelineState state, RunPhase phase, String reason) throws InterruptedException {
    RunState runState =
        RunState.newBuilder().setPhase(phase).setReason(reason).setSinceMicros(nowMicros()).build();
    publisher.publish(Publication.of(progress(state)).with(runState));
  }

  /** Costs a checksum of the weights: made on the publishing thread where it can be. */
  private Policy policy(long version, PipelineState state, Tensors weights) {
    return Policy.newBuilder()
        .setRun(spec.getRun())
        .setVersion(version)
        .setGeneration(publisher.generation())
        .setRunSteps(state.runSteps())
        .setUpdates(state.updates())
        .setEpsilon((float) exploration.at(state.runSteps()))
        .setNetwork(ModelMessages.message(network))
        .setWeights(ModelMessages.message(weights))
        .setAtMicros(nowMicros())
        .build();
  }

  private Progress progress(PipelineState state) {
    return Progress.newBuilder()
        .setSegments(state.segments())
        .setRunSteps(state.runSteps())
        .setUpdates(state.updates())
        .addAllActors(actors.actors())
        .setNextSegment(nextSegment)
        .setAtMicros(nowMicros())
        .build();
  }

  private long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }
}

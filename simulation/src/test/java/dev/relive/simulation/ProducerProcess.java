package dev.relive.simulation;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Message;
import dev.relive.log.Acknowledgement;
import dev.relive.log.Segment;
import dev.relive.log.SimulatedExperience;
import dev.relive.log.SimulatedFeed;
import dev.relive.log.SimulatedWriter;
import dev.relive.log.WriterSettings;
import dev.relive.log.wire.ActorProgress;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunState;
import dev.relive.producers.SimulatedActor;
import dev.relive.producers.WaitReason;
import dev.relive.simulation.kafka.IdempotentClient;
import dev.relive.simulation.kafka.SimulatedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One start of a producer. */
final class ProducerProcess extends SimulatedProcess {
  private final World world;
  private final ExperienceTruth truth;
  private final Commits commits;
  private final Edges edges;
  private final int start;
  private final String actor;
  private final long epoch;
  private final IdempotentClient client;
  private final SimulatedWriter writer;
  private final SimulatedActor loop;
  private final SimulatedFeed<Policy> policies;
  private final SimulatedFeed<Progress> progress;
  private final SimulatedFeed<RunState> states;
  private final List<Task> tasks;
  private Progress heard = Progress.getDefaultInstance();
  private final List<Acknowledgement> acknowledged = new ArrayList<>();
  private final List<Segment> heldBack = new ArrayList<>();
  private boolean completed;
  private boolean lastWasDamaged;

  /**
   * @param start counts all starts of all producers
   */
  ProducerProcess(
      World world,
      RunFacts run,
      ExperienceTruth truth,
      Commits commits,
      Edges edges,
      String actor,
      long epoch,
      int start) {
    super("%s@%x (%d)".formatted(actor, epoch, start), world);
    this.world = world;
    this.truth = truth;
    this.commits = commits;
    this.edges = edges;
    this.start = start;
    this.actor = actor;
    this.epoch = epoch;
    Scenario scenario = world.scenario();
    client = new IdempotentClient(run.kafka(), scenario.idempotent(), this::appended);
    writer =
        new SimulatedWriter(
            edges.actorClient(client),
            run.experience(),
            new WriterSettings(
                world.chance().between(1, 8), 1 << 20, 0, Duration.ZERO, Duration.ofSeconds(1)),
            this::acknowledged);
    loop = new SimulatedActor(Scenario.RUN, actor, epoch, start, scenario.settings().flow(), world);
    policies = edges.readsUncommitted() ? run.uncommittedPolicies() : run.policies();
    progress = run.progress();
    states = run.states();
    tasks =
        List.of(
            new Task(name() + " policies", policies::hasNews, this::readPolicies),
            new Task(name() + " progress", progress::hasNews, this::readProgress),
            new Task(name() + " run", states::hasNews, this::readState),
            new Task(name() + " loop", this::canStep, this::step),
            new Task(name() + " network", client::isBusy, this::transmit));
  }

  String actor() {
    return actor;
  }

  @Override
  List<Task> tasks() {
    return tasks;
  }

  private <T extends Message> @Nullable T fetch(SimulatedFeed<T> feed) {
    return feed.poll(feed.end());
  }

  private void readPolicies() {
    Policy newest = fetch(policies);
    if (newest != null) {
      loop.onPolicy(newest.getVersion());
    }
  }

  private void readProgress() {
    Progress newest = fetch(progress);
    if (newest != null) {
      heard = newest;
      loop.onProgress(edges.intoActor(newest));
    }
  }

  private void readState() {
    if (RunFacts.hasEnded(fetch(states))) {
      loop.stop();
    }
  }

  private boolean canStep() {
    return loop.hasEnded() ? !completed : loop.isBusy() && writer.wantsMore();
  }

  private void step() {
    if (loop.hasEnded()) {
      completed = true;
      writer.complete();
      endIfDone();
      return;
    }
    long before = loop.steps();
    Segment segment = loop.next();
    if (loop.steps() > before) {
      checkStep();
    } else if (segment == null && !client.isBusy()) {
      checkWait();
    }
    if (segment != null) {
      send(segment);
    }
  }

  private void send(Segment segment) {
    heldBack.add(segment);
    if (edges.isSentAtOnce(segment, world.scenario().settings().flow().segmentLength())) {
      heldBack.forEach(writer::write);
      heldBack.clear();
    }
  }

  private void checkStep() {
    Invariant.POLICIES_ARE_COMMITTED.require(
        commits.hasPolicy(loop.version()),
        () -> "%s steps with version %d".formatted(this, loop.version()));
    Invariant.LEAD_IS_BOUNDED.require(
        loop.version() >= heard.getRequiredPolicyVersion(),
        () ->
            "%s steps with version %d, and %d is required"
                .formatted(this, loop.version(), heard.getRequiredPolicyVersion()));
    long lead = loop.steps() - granted();
    Invariant.LEAD_IS_BOUNDED.require(
        lead <= world.scenario().settings().flow().maxLead(),
        () -> "%s is %d steps ahead of what it heard to be ingested".formatted(this, lead));
  }

  /** With everything acknowledged it knows as much as is known here. */
  private void checkWait() {
    Scenario scenario = world.scenario();
    Invariant.CREDIT_IS_USED.require(
        loop.missing() != WaitReason.VERSION || loop.version() < heard.getRequiredPolicyVersion(),
        () -> "%s waits for a version and has %d".formatted(this, loop.version()));
    long known =
        acknowledged.stream()
            .filter(segment -> segment.offset() < heard.getNextSegment().getOffset())
            .mapToLong(Acknowledgement::actorSteps)
            .max()
            .orElse(0);
    long most =
        granted(known) + scenario.settings().flow().maxLead() - scenario.settings().flow().lanes();
    Invariant.CREDIT_IS_USED.require(
        loop.missing() != WaitReason.CREDIT || loop.steps() > most,
        () ->
            "%s waits for credit at step %d, and has it until %d"
                .formatted(this, loop.steps(), most));
  }

  /** What the Progress heard last says of this epoch, read plainly. */
  private long granted() {
    return granted(truth.stepsOfStartBefore(start, heard.getNextSegment().getOffset()));
  }

  private long granted(long unlisted) {
    for (ActorProgress entry : heard.getActorsList()) {
      if (entry.getActor().equals(actor) && entry.getEpoch() == epoch) {
        return entry.getSteps();
      }
    }
    return unlisted;
  }

  private void transmit() {
    if (world.chance().onceIn(2)) {
      var unused = client.append();
    } else if (fate() == Fate.ANSWERED) {
      client.acknowledge();
    } else if (world.chance().onceIn(10)) {
      world.note(this + " gets no acknowledgement in time");
      client.expire();
    } else {
      client.retry();
    }
    endIfDone();
  }

  private void endIfDone() {
    if (writer.hasEnded()) {
      world.note(this + " ends: " + writer.failure());
      kill();
    }
  }

  private void appended(SimulatedRecord record) {
    Segment segment = requireNonNull(SimulatedExperience.decode(record.copied()));
    boolean damage =
        world.isTroubled()
            && !lastWasDamaged
            && world.chance().onceIn(world.scenario().damagedIn());
    lastWasDamaged = damage;
    if (damage) {
      world.note("a segment of " + this + " is damaged at offset " + record.offset());
      record.value()[record.value().length / 2] ^= 1;
    }
    truth.appended(start, segment, record);
  }

  private void acknowledged(Acknowledgement acknowledgement) {
    ExperienceTruth.Written written = truth.written(acknowledgement.offset());
    Invariant.ACKNOWLEDGED_IS_LOGGED.require(
        written != null
            && written.start() == start
            && written.sequence() == acknowledgement.sequence(),
        () ->
            "%s takes its segment %d to stand at offset %d, where there is %s"
                .formatted(this, acknowledgement.sequence(), acknowledgement.offset(), written));
    acknowledged.add(acknowledgement);
    loop.onAcknowledged(acknowledgement.offset(), acknowledgement.actorSteps());
  }

  /** Some of what is on its way when the process is killed still arrives. */
  @Override
  void kill() {
    boolean lingers = isAlive() && !world.scenario().deterministic();
    super.kill();
    while (lingers && world.chance().onceIn(2) && client.append()) {
      world.note("a segment of " + this + " arrives after its end");
    }
  }
}

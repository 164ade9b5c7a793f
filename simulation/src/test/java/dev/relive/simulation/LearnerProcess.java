package dev.relive.simulation;

import static java.util.Objects.requireNonNull;

import dev.relive.learner.SimulatedLearner;
import dev.relive.log.LogException;
import dev.relive.log.Publication;
import dev.relive.log.Segment;
import dev.relive.log.SegmentRecord;
import dev.relive.log.SimulatedExperience;
import dev.relive.log.SimulatedFeed;
import dev.relive.log.SimulatedPublisher;
import dev.relive.log.wire.ActorProgress;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunVerdict;
import dev.relive.simulation.kafka.TransactionalClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One start of a learner: it takes the run over, learns, and publishes. */
final class LearnerProcess extends SimulatedProcess {
  private final World world;
  private final RunFacts run;
  private final Edges edges;
  private final int number;
  private final ExperienceTruth experience;
  private final LearnerMemory memory;
  private final SimulatedPublisher publisher;
  private final SimulatedExperience reader;
  private final SimulatedFeed<RunVerdict> verdicts;
  private final List<Task> tasks;
  private final List<Integer> gathered = new ArrayList<>();
  private @Nullable SimulatedLearner learner;
  private @Nullable LearnerTruth truth;
  private Progress handedOver = Progress.getDefaultInstance();
  private boolean ended;

  /**
   * @param number counts all starts of learners
   */
  LearnerProcess(
      World world,
      RunFacts run,
      ExperienceTruth experience,
      LearnerMemory memory,
      Edges edges,
      int number) {
    super("learner (" + number + ")", world);
    this.world = world;
    this.run = run;
    this.edges = edges;
    this.number = number;
    this.experience = experience;
    this.memory = memory;
    String id = edges.transactionalId(SimulatedPublisher.transactionalId(Scenario.RUN), number);
    publisher =
        new SimulatedPublisher(
            run.topics(),
            Scenario.RUN,
            edges.learnerClient(new TransactionalClient(run.kafka(), id, this)),
            this::passing);
    reader = new SimulatedExperience(run.kafka(), run.experience());
    verdicts = run.verdicts();
    tasks =
        List.of(
            new Task(name() + " opening", () -> learner == null, this::open),
            new Task(name() + " training", this::canTrain, this::train),
            new Task(name() + " publishing", this::canPublish, this::publish),
            new Task(
                name() + " heart", () -> isLearning() && world.chance().onceIn(10), this::beat),
            new Task(name() + " verdict", () -> isLearning() && canEndEarly(), this::readVerdict));
  }

  @Override
  List<Task> tasks() {
    return tasks;
  }

  private SimulatedLearner learner() {
    return requireNonNull(learner);
  }

  private LearnerTruth truth() {
    return requireNonNull(truth);
  }

  private boolean isLearning() {
    return learner != null && !ended;
  }

  private void open() {
    try {
      takeOver();
    } catch (LogException e) {
      world.note(this + " cannot begin: " + e.getMessage());
      kill();
    }
  }

  /** In the order of the protocol. */
  private void takeOver() {
    Progress newest;
    if (edges.readsBeforeFencing()) {
      newest = run.progress().newest();
      publisher.fence();
    } else {
      publisher.fence();
      newest = run.progress().newest();
    }
    newest = edges.newestOfLearner(newest);
    publisher.startFrom(newest);
    Optional<CheckpointState> checkpoint =
        newest == null
            ? Optional.empty()
            : SimulatedExperience.checkpoint(run.kafka(), run.topics(), newest);
    delay();
    Scenario scenario = world.scenario();
    truth =
        new LearnerTruth(
            scenario, experience, publisher.newest().map(Progress::getPolicyVersion).orElse(0L));
    SimulatedLearner opened =
        new SimulatedLearner(
            scenario.spec(), scenario.settings(), publisher, this::gathered, world);
    learner = opened;
    checkpoint.ifPresent(this::restore);
    world.note(
        "%s, generation %d, goes on from segment %d, step %d"
            .formatted(this, publisher.generation(), opened.segments(), opened.runSteps()));
    opened.begin();
  }

  private void restore(CheckpointState checkpoint) {
    truth().restored(checkpoint);
    learner().restore(edges.checkpointOfLearner(checkpoint));
    reader.resume(checkpoint);
    memory.restored(learner(), checkpoint);
  }

  private boolean canTrain() {
    return isLearning() && publisher.hasRoom() && reader.hasNext();
  }

  private void train() {
    SegmentRecord read = reader.next();
    SegmentRecord given = read == null ? null : edges.intoLearner(number, read);
    if (read == null) {
      return;
    }
    truth().accepts(read.ordinal());
    gathered.clear();
    if (given != null) {
      learner().accept(given);
    }
    check();
    if (learner().isFinished()) {
      end("its steps are spent");
    }
  }

  private void check() {
    LearnerTruth must = truth();
    SimulatedLearner is = learner();
    if (is.runSteps() > must.runSteps()) {
      Invariant.NOTHING_TWICE.requireSame(must.runSteps(), is.runSteps(), () -> this + ", steps");
    }
    Invariant.NOTHING_LOST.requireSame(must.segments(), is.segments(), () -> this + ", segments");
    Invariant.NOTHING_LOST.requireSame(must.runSteps(), is.runSteps(), () -> this + ", steps");
    Invariant.GAPS_ARE_SEEN.requireSame(must.gaps(), is.gaps(), () -> this + ", missing segments");
    Invariant.GAPS_ARE_SEEN.requireSame(
        must.duplicates(), is.duplicates(), () -> this + ", duplicates");
    Invariant.BATCHES_ARE_FRESH.require(
        gathered.equals(must.gathered()),
        () ->
            "%s takes the transitions %s into a batch, not %s"
                .formatted(this, gathered, must.gathered()));
    Invariant.BATCHES_ARE_FRESH.requireSame(
        must.staleSteps(), is.staleSteps(), () -> this + ", stale steps");
    Invariant.UPDATES_FOLLOW_THE_LOG.requireSame(
        must.updates(), is.updates(), () -> this + ", updates");
    checkCredit();
    memory.accepted(is, publisher.generation());
  }

  private void gathered(Segment segment, int from, int steps) {
    for (int step = from; step < from + steps; step++) {
      gathered.add(step);
    }
  }

  /** Sees what the learner hands over, on its way into the queue. */
  private Publication passing(Publication publication) {
    Publication passed = edges.outOfLearner(number, listingFew(publication));
    handedOver = passed.progress();
    for (ActorProgress entry : handedOver.getActorsList()) {
      long ingested = truth().ingested(entry.getActor(), entry.getEpoch());
      Invariant.CREDIT_IS_EARNED.require(
          entry.getSteps() <= ingested,
          () ->
              "%s grants %s@%x %d steps, and %d are ingested"
                  .formatted(this, entry.getActor(), entry.getEpoch(), entry.getSteps(), ingested));
    }
    return passed;
  }

  /** Progress lists the actors heard of last, in these schedules few of them. */
  private Publication listingFew(Publication publication) {
    List<ActorProgress> heard = publication.progress().getActorsList();
    int few = Math.min(heard.size(), world.scenario().listedActors());
    Progress.Builder progress = publication.progress().toBuilder().clearActors();
    progress.addAllActors(heard.subList(heard.size() - few, heard.size()));
    return new Publication(
        progress.build(),
        publication.policy(),
        publication.snapshot(),
        publication.checkpoint(),
        publication.state());
  }

  /** After a segment nothing that was ingested is kept back, but where credit comes in rounds. */
  private void checkCredit() {
    if (world.scenario().deterministic() || learner().isFinished()) {
      return;
    }
    for (ActorProgress entry : handedOver.getActorsList()) {
      Invariant.CREDIT_DOES_NOT_LEAK.requireSame(
          truth().ingested(entry.getActor(), entry.getEpoch()),
          entry.getSteps(),
          () -> "%s, credit of %s@%x".formatted(this, entry.getActor(), entry.getEpoch()));
    }
  }

  private boolean canPublish() {
    return learner != null && publisher.isBusy();
  }

  private void publish() {
    try {
      publisher.commitNext();
    } catch (LogException e) {
      world.note(this + " ends: " + e.getMessage());
      kill();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts a simulation", e);
    }
    if (ended && !publisher.isBusy()) {
      world.note(this + " is done");
      kill();
    }
  }

  private void beat() {
    learner().heartbeat();
  }

  private boolean canEndEarly() {
    return !world.scenario().deterministic() && verdicts.hasNews() && publisher.hasRoom();
  }

  private void readVerdict() {
    if (verdicts.newest() != null) {
      end("an evaluator found it solved");
    }
  }

  private void end(String reason) {
    world.note(this + " ends the run: " + reason);
    ended = true;
    learner().end(reason);
  }
}

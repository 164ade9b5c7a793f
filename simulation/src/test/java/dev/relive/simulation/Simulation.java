package dev.relive.simulation;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import dev.relive.environments.random.RunSeeds;
import dev.relive.simulation.Invariant.Violation;
import dev.relive.simulation.kafka.SimulatedKafka;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One schedule: a run with everyone who takes part in it, first in trouble and then in peace, all
 * chosen by a seed.
 */
final class Simulation {
  /** Events in peace by which the run must have ended. */
  private static final int LONGEST_PEACE = 60_000;

  private final long seed;
  private final Chance chance;
  private final Scenario scenario;
  private final Edges edges;
  private final World world;
  private final SimulatedKafka kafka;
  private final RunFacts run;
  private final Commits commits;
  private final ExperienceTruth experience = new ExperienceTruth();
  private final LearnerMemory memory;
  private final Map<String, ProducerProcess> producers = new HashMap<>();
  private final List<LearnerProcess> learners = new ArrayList<>();
  private final List<EvaluatorProcess> evaluators = new ArrayList<>();
  private int producerStarts;
  private int otherStarts;

  /** A schedule of a scenario, both from one seed. */
  Simulation(long seed, Edges edges) {
    this(seed, new Chance(seed), edges);
  }

  private Simulation(long seed, Chance chance, Edges edges) {
    this(seed, chance, Scenario.of(chance), edges);
  }

  /** A schedule of this scenario. */
  Simulation(long seed, Scenario scenario, Edges edges) {
    this(seed, new Chance(seed), scenario, edges);
  }

  private Simulation(long seed, Chance chance, Scenario scenario, Edges edges) {
    this.seed = seed;
    this.chance = chance;
    this.scenario = scenario;
    this.edges = edges;
    this.world = new World(chance, scenario);
    this.kafka = new SimulatedKafka();
    this.run = new RunFacts(kafka, scenario);
    this.commits = new Commits(run);
    kafka.onCommit(commits::committed);
    this.memory = new LearnerMemory(scenario);
  }

  private void run() {
    world.letHappen(this::trouble);
    while (world.events() < scenario.troubledEvents() && !isOver()) {
      world.event();
    }
    world.endTrouble();
    world.letHappen(this::startWhoIsMissing);
    long peace = world.events() + LONGEST_PEACE;
    while (!isOver()) {
      Invariant.NOTHING_WAITS_FOR_EVER.require(
          world.events() < peace, () -> "after %d events in peace".formatted(LONGEST_PEACE));
      world.event();
    }
    checkEnd();
  }

  private void trouble() {
    if (chance.onceIn(scenario.strikeIn())) {
      strike();
    }
    if (chance.onceIn(scenario.compactedIn())) {
      compact();
    }
    if (chance.onceIn(20)) {
      kafka.topic(run.experienceTopic()).appendForeign();
    }
    if (chance.onceIn(20)) {
      startWhoIsMissing();
    }
  }

  private void startWhoIsMissing() {
    if (commits.runHasEnded()) {
      evaluators();
      return;
    }
    if (learners.stream().noneMatch(SimulatedProcess::isAlive)) {
      startLearner();
    }
    for (String actor : scenario.actors()) {
      ProducerProcess before = producers.get(actor);
      // A producer waits for the run's first Progress.
      if (commits.newest().getOrdinal() > 0 && (before == null || !before.isAlive())) {
        startProducer(actor);
      }
    }
    evaluators();
  }

  private void evaluators() {
    evaluators.removeIf(evaluator -> !evaluator.isAlive());
    if (evaluators.size() < scenario.evaluators()) {
      EvaluatorProcess evaluator = new EvaluatorProcess(world, run, edges, ++otherStarts);
      evaluators.add(evaluator);
      world.start(evaluator);
    }
  }

  private void startLearner() {
    learners.removeIf(learner -> !learner.isAlive());
    LearnerProcess learner =
        new LearnerProcess(world, run, experience, memory, edges, ++otherStarts);
    learners.add(learner);
    world.start(learner);
  }

  private void startProducer(String actor) {
    long fresh =
        scenario.deterministic()
            ? new RunSeeds(scenario.spec().getSeed())
                .deterministicEpoch(actor, experience.epochs(actor))
            : chance.bits();
    ProducerProcess producer =
        new ProducerProcess(
            world,
            run,
            experience,
            commits,
            edges,
            actor,
            edges.epoch(actor, fresh),
            ++producerStarts);
    producers.put(actor, producer);
    world.start(producer);
  }

  private void strike() {
    switch (chance.between(0, 2)) {
      case 0 -> killOne();
      case 1 -> takeOver();
      default -> world.processes().forEach(SimulatedProcess::changeSpeed);
    }
  }

  private void killOne() {
    List<SimulatedProcess> all = world.processes();
    if (!all.isEmpty()) {
      world.kill(chance.pick(all));
    }
  }

  /** A second learner while the first goes on. */
  private void takeOver() {
    if (!commits.runHasEnded()) {
      startLearner();
    }
  }

  private void compact() {
    edges.compact(kafka.topic(run.progressTopic()));
    edges.compact(kafka.topic(run.policyTopic()));
    edges.compact(kafka.topic(run.checkpointTopic()));
    edges.compact(kafka.topic(run.runTopic()));
  }

  private boolean isOver() {
    return commits.runHasEnded()
        && producers.values().stream().noneMatch(SimulatedProcess::isAlive)
        && learners.stream().noneMatch(SimulatedProcess::isAlive)
        && (scenario.evaluators() == 0 || EvaluatorProcess.areDone(run));
  }

  private void checkEnd() {
    if (!scenario.settings().onPolicy()) {
      new NeverStopped(scenario, run).check(memory);
      checkSnapshots();
    }
  }

  /** Every snapshot that was due is kept. */
  private void checkSnapshots() {
    Schedule schedule = new Schedule(scenario);
    long steps = commits.newest().getRunSteps();
    for (long due = schedule.snapshotEvery();
        schedule.keptAt(due) <= steps;
        due += schedule.snapshotEvery()) {
      requireSnapshot(due, schedule.keptAt(due));
    }
  }

  private void requireSnapshot(long due, long latest) {
    Long kept = commits.kept().ceilingKey(due);
    Invariant.SNAPSHOTS_ARE_KEPT.require(
        kept != null && kept <= latest,
        () ->
            "of step %d, due with the updates at step %d, there is the one of step %s"
                .formatted(due, latest, kept));
  }

  /** Runs the schedule, and tells what was violated in it; null where nothing was. */
  @Nullable Failure failure() {
    try {
      run();
      return null;
    } catch (Violation e) {
      return new Failure(seed, e, scenario, world.notes());
    }
  }

  /** The run's experience, without times. */
  List<String> experience() {
    return experience.told();
  }

  /** The run's newest weights. */
  ByteString weights() {
    return requireNonNull(run.policies().newest()).getWeights().getSha256();
  }

  /** How many events there were, and what was noted of the last. */
  String history() {
    return world.events() + "\n" + world.notes();
  }

  /** What went wrong in a schedule. */
  record Failure(long seed, Violation violation, Scenario scenario, String notes) {
    @Override
    public String toString() {
      return "%s%nSeed %d, to be run alone with -Dsimulation.seed=%d, of%n%s%nWhat happened last:%n%s"
          .formatted(violation.getMessage(), seed, seed, scenario, notes);
    }
  }
}

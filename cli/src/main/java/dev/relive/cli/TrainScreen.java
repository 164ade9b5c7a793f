package dev.relive.cli;

import dev.relive.cli.TrainSummary.Outcome;
import dev.relive.cli.TrainSummary.Policy;
import dev.relive.cli.Training.Services;
import dev.relive.cli.display.Evaluations;
import dev.relive.cli.display.Evaluations.Evaluated;
import dev.relive.cli.display.ProgressView;
import dev.relive.cli.display.Section;
import dev.relive.learner.LearnerStatus;
import dev.relive.log.wire.RunVerdict;
import dev.relive.producers.ProducerService;
import dev.relive.producers.ProducerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers what is to be shown of a training: while it goes on, and when it has ended. */
final class TrainScreen {

  private final Training training;
  private final ServiceProcess process;
  private final LearnerSections learning = new LearnerSections();
  private final ProducerSections producing = new ProducerSections();
  private @Nullable Duration firstTransition; // of the display's thread, then of the main one

  TrainScreen(Training training, ServiceProcess process) {
    this.training = training;
    this.process = process;
  }

  /** This moment. Always called by the same thread. */
  ProgressView view() {
    Duration now = process.stopwatch().elapsed();
    Optional<Services> services = training.services();
    return new ProgressView(
        services
            .map(s -> s.task().title(s.learner().run()))
            .orElseGet(() -> Task.titleBefore(training.config().start())),
        process.activity(),
        now,
        services.map(s -> sections(now, s)).orElse(List.of()),
        training.config().log().toString(),
        process.pageAddress());
  }

  private List<Section> sections(Duration now, Services services) {
    LearnerStatus learner = services.learner().status();
    Optional<ProducerStatus> producer = services.producer().flatMap(ProducerService::status);
    seeFirstTransition(learner);
    List<Section> sections = new ArrayList<>();
    sections.add(learning.work(now, learner));
    LearnerSections.source(services.learner().spec(), learner).ifPresent(sections::add);
    producer.ifPresent(
        status ->
            sections.add(ProducerSections.training(status, LearnerSections.measures(learner))));
    sections.add(new Evaluations(services.evaluations().all(), services.task().threshold()));
    sections.add(LearnerSections.learner(learner));
    producer.ifPresent(status -> sections.add(producing.producer(now, status)));
    sections.add(LearnerSections.losses(learner));
    return sections;
  }

  /** The log stamps what it takes in. */
  private void seeFirstTransition(LearnerStatus learner) {
    if (firstTransition == null && learner.firstIngestedMillis() > 0) {
      firstTransition = process.stopwatch().at(Instant.ofEpochMilli(learner.firstIngestedMillis()));
    }
  }

  /**
   * What there is to say at the end.
   *
   * @return empty where there never was a run
   */
  Optional<TrainSummary> summary(Outcome outcome) {
    return training.services().map(services -> summary(outcome, services));
  }

  private TrainSummary summary(Outcome outcome, Services services) {
    LearnerStatus learner = services.learner().status();
    Optional<ProducerStatus> producer = services.producer().flatMap(ProducerService::status);
    LogPlace log = training.config().log();
    seeFirstTransition(learner);
    return new TrainSummary(
        outcome,
        services.task(),
        training.learned(),
        firstTransition,
        learner.runSteps(),
        learner.updates(),
        learner.staleSteps(),
        policy(services).orElse(null),
        find(services.evaluations().all(), learner.snapshotVersion())
            .map(found -> policy(found, Double.NaN))
            .orElse(null),
        new TrainSummary.Log(
            log.toString(),
            log.servers().isEmpty(),
            learner.run(),
            producer.map(ProducerStatus::segmentsAcknowledged).orElse(0L),
            producer.map(ProducerStatus::bytesAcknowledged).orElse(0L)));
  }

  /** The one that solved the environment, else the best. */
  private static Optional<Policy> policy(Services services) {
    List<Evaluated> all = services.evaluations().all();
    Optional<RunVerdict> verdict = services.verdict();
    if (verdict.isPresent()) {
      double confirmed = verdict.get().getConfirmedMeanReturn();
      return find(all, verdict.get().getVersion()).map(found -> policy(found, confirmed));
    }
    return Evaluations.best(all).map(found -> policy(found, Double.NaN));
  }

  private static Optional<Evaluated> find(List<Evaluated> all, long version) {
    return all.stream().filter(evaluated -> evaluated.version() == version).findFirst();
  }

  private static Policy policy(Evaluated evaluated, double confirmed) {
    return new Policy(
        evaluated.version(), evaluated.steps(), evaluated.mean(), evaluated.deviation(), confirmed);
  }
}

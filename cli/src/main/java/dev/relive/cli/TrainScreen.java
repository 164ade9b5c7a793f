package dev.relive.cli;

import static java.util.Comparator.comparingDouble;

import dev.relive.cli.TrainSummary.Outcome;
import dev.relive.cli.TrainSummary.Policy;
import dev.relive.cli.Training.Services;
import dev.relive.cli.display.ProgressView;
import dev.relive.cli.display.ProgressView.Evaluated;
import dev.relive.cli.display.ProgressView.Flow;
import dev.relive.cli.display.ProgressView.Losses;
import dev.relive.cli.display.ProgressView.Task;
import dev.relive.cli.display.ProgressView.Work;
import dev.relive.learner.Algorithm;
import dev.relive.learner.LearnerSettings;
import dev.relive.learner.LearnerStatus;
import dev.relive.log.wire.RunVerdict;
import dev.relive.producers.ProducerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers what is to be shown of a training: while it goes on, and when it has ended. */
final class TrainScreen {

  /** As many episodes as a producer averages over. */
  private static final int WINDOW = 100;

  private final Training training;
  private final Stopwatch stopwatch;
  private final LearnerSettings settings;
  private final RateMeter steps = new RateMeter();
  private final RateMeter updates = new RateMeter();
  private @Nullable Duration firstTransition; // of the display's thread, then of the main one

  TrainScreen(Training training, Stopwatch stopwatch) {
    this.training = training;
    this.stopwatch = stopwatch;
    settings = Algorithm.DOUBLE_DQN.settings(training.config().settings(), false);
  }

  /** This moment. Always called by the same thread. */
  ProgressView view() {
    Duration now = stopwatch.elapsed();
    Optional<Services> services = training.services();
    Optional<LearnerStatus> learner = services.map(s -> s.learner().status());
    Optional<ProducerStatus> producer = services.flatMap(s -> s.producer().status());
    learner.ifPresent(this::seeFirstTransition);
    return new ProgressView(
        task(learner),
        training.activity(),
        now,
        work(now, learner),
        episodes(learner, producer),
        services.map(s -> s.evaluations().all()).orElse(List.of()),
        flow(learner, producer),
        learner
            .map(s -> new Losses(s.gaps(), s.duplicates(), s.rejected()))
            .orElse(new Losses(0, 0, 0)),
        place(),
        training.endpoint().map(uri -> uri.resolve("metrics").toString()).orElse(null));
  }

  private Task task(Optional<LearnerStatus> learner) {
    TrainConfig config = training.config();
    return new Task(
        config.environment().id(),
        Algorithm.DOUBLE_DQN.id(),
        config.seed(),
        learner.map(LearnerStatus::run).orElse(""),
        config.threshold());
  }

  private Work work(Duration now, Optional<LearnerStatus> learner) {
    long stepsNow = learner.map(LearnerStatus::runSteps).orElse(0L);
    long updatesNow = learner.map(LearnerStatus::updates).orElse(0L);
    return new Work(
        stepsNow,
        training.config().steps(),
        steps.add(now, stepsNow),
        updatesNow,
        updates.add(now, updatesNow));
  }

  private ProgressView.Training episodes(
      Optional<LearnerStatus> learner, Optional<ProducerStatus> producer) {
    return new ProgressView.Training(
        producer.map(ProducerStatus::episodes).orElse(0L),
        WINDOW,
        producer.map(ProducerStatus::meanReturn).orElse(Double.NaN),
        learner.map(LearnerStatus::epsilon).orElse(settings.exploration().at(0)),
        learner.map(LearnerStatus::loss).orElse(Double.NaN));
  }

  private Flow flow(Optional<LearnerStatus> learner, Optional<ProducerStatus> producer) {
    return new Flow(
        producer.map(ProducerStatus::lead).orElse(0L),
        settings.flow().maxLead(),
        learner.map(LearnerStatus::transitionsHeld).orElse(0),
        learner.map(LearnerStatus::holdingCapacity).orElse(0));
  }

  private String place() {
    TrainConfig config = training.config();
    return config.servers().orElse(config.dataDirectory().toString());
  }

  /** The log stamps what it takes in. */
  private void seeFirstTransition(LearnerStatus learner) {
    if (firstTransition == null && learner.firstIngestedMillis() > 0) {
      firstTransition = stopwatch.at(Instant.ofEpochMilli(learner.firstIngestedMillis()));
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
    Optional<ProducerStatus> producer = services.producer().status();
    seeFirstTransition(learner);
    return new TrainSummary(
        outcome,
        training.config().environment().id(),
        training.config().seed(),
        training.learned(),
        firstTransition,
        learner.runSteps(),
        learner.updates(),
        policy(services).orElse(null),
        find(services.evaluations().all(), learner.snapshotVersion())
            .map(found -> policy(found, Double.NaN))
            .orElse(null),
        new TrainSummary.Log(
            place(),
            training.config().servers().isEmpty(),
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
    return all.stream()
        .max(comparingDouble(Evaluated::mean))
        .map(found -> policy(found, Double.NaN));
  }

  private static Optional<Evaluated> find(List<Evaluated> all, long version) {
    return all.stream().filter(evaluated -> evaluated.version() == version).findFirst();
  }

  private static Policy policy(Evaluated evaluated, double confirmed) {
    return new Policy(
        evaluated.version(), evaluated.steps(), evaluated.mean(), evaluated.deviation(), confirmed);
  }
}

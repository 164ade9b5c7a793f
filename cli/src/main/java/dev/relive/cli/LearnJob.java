package dev.relive.cli;

import static java.util.Objects.requireNonNull;

import dev.relive.cli.display.Evaluations;
import dev.relive.cli.display.Numbers;
import dev.relive.cli.display.Section;
import dev.relive.cli.page.WatchedRun;
import dev.relive.learner.LearnerService;
import dev.relive.learner.LearnerStatus;
import dev.relive.log.LogConnection;
import dev.relive.log.Run;
import dev.relive.service.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A learner with its screen and its end. */
final class LearnJob extends ServiceJob<LearnerService> {

  private final LearnConfig config;
  private final LearnerSections learning = new LearnerSections();
  private volatile @Nullable Task task;
  private volatile @Nullable EvaluationWatch evaluations;

  LearnJob(LearnConfig config, ServiceProcess process) {
    super(config.log(), config.endpoint(), config.onEnd(), process);
    this.config = config;
  }

  @Override
  LearnerService open(LogConnection connection, Metrics metrics) {
    return new LearnerService(config.learner(connection), metrics.registry(), Clock.systemUTC());
  }

  @Override
  String waiting() {
    return "starting the run";
  }

  @Override
  String working() {
    return "learning";
  }

  /** It begins the run, or finds it, when it is started. */
  @Override
  boolean hasRun(LearnerService running) {
    return true;
  }

  @Override
  void prepare(LearnerService running, LogConnection connection) {
    task = Task.of(config.start(), connection, running.run());
    EvaluationWatch watch = EvaluationWatch.open(connection, running.run(), process().group());
    evaluations = watch;
    process().page().watch(new WatchedRun(connection, running.run(), watch));
  }

  private Task task() {
    return requireNonNull(task, "task is null");
  }

  @Override
  String run(LearnerService running) {
    return running.run();
  }

  @Override
  List<String> title() {
    return Task.titleBefore(config.start());
  }

  @Override
  List<String> title(LearnerService running) {
    return task().title(running.run());
  }

  @Override
  List<Section> sections(LearnerService running, Duration now) {
    LearnerStatus status = running.status();
    List<Section> sections = new ArrayList<>();
    sections.add(learning.work(now, status));
    LearnerSections.source(running.spec(), status).ifPresent(sections::add);
    sections.add(
        new Evaluations(
            requireNonNull(evaluations, "evaluations is null").all(), task().threshold()));
    sections.add(LearnerSections.learner(status));
    sections.add(LearnerSections.losses(status));
    return sections;
  }

  /** Whether it is solved is the evaluator's word. */
  @Override
  int exitCode(LearnerService done) {
    return ExitCode.SUCCESS;
  }

  @Override
  String conclusion(LearnerService closed, boolean runEnded) {
    LearnerStatus status = closed.status();
    String work =
        "%s steps and %s updates"
            .formatted(Numbers.count(status.runSteps()), Numbers.count(status.updates()));
    return runEnded
        ? "Run %s has ended after %s%s.\n".formatted(status.run(), work, experience(closed))
        : """
        Stopped after %s; the log is whole.

        Next
          relive learn --run %s   goes on with it
        """
            .formatted(work, status.run());
  }

  /** Whose experience it was, and what of it was dropped, where it was another run's. */
  private static String experience(LearnerService closed) {
    if (!Run.learnsFromAnother(closed.spec())) {
      return "";
    }
    List<String> dropped = DroppedWords.of(closed.status());
    return " with the experience of run %s%s"
        .formatted(
            closed.spec().getSourceRun(),
            dropped.isEmpty() ? "" : "; dropped: " + String.join(", ", dropped));
  }
}

package dev.relive.learner;

import static java.util.Objects.requireNonNull;

import dev.relive.log.ExperienceReader;
import dev.relive.log.InvalidSettingException;
import dev.relive.log.LogAdmin;
import dev.relive.log.LoggedSegment;
import dev.relive.log.ReadRequest;
import dev.relive.log.ReaderCounters;
import dev.relive.log.RejectedTopic;
import dev.relive.log.RunPublisher;
import dev.relive.log.RunRegistry;
import dev.relive.log.Topic;
import dev.relive.log.TopicCatalogue;
import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunVerdict;
import dev.relive.service.Service;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The learner of one run, from creating the run to its end: its steps are spent, an evaluator finds
 * it solved, or it is closed. Reading, training and publishing each have a thread of their own.
 */
public final class LearnerService implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(LearnerService.class);
  private static final int PARTITION = 0;

  /** Segments decoded ahead of training: enough that training never waits, little to hold. */
  private static final int PREFETCH = 32;

  private final LearnerConfig config;
  private final LearnerStart.NewRun run;
  private final ReplaySettings settings;
  private final PrometheusRegistry metrics;
  private final Clock clock;
  private final Scheduler training = Schedulers.newSingle("relive-train", true);
  private final Disposable.Composite subscriptions = Disposables.composite();
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private final CompletableFuture<Void> completion = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile @Nullable Parts parts;
  private boolean ending; // on the training thread

  /** What there is from the start on. */
  private record Parts(
      RunSpec spec,
      RunRegistry registry,
      RunPublisher publisher,
      RunLearner learner,
      ReaderCounters read) {}

  /**
   * A learner that is not started.
   *
   * @param metrics where its meters are registered
   */
  public LearnerService(LearnerConfig config, PrometheusRegistry metrics, Clock clock) {
    this.config = config;
    this.run = newRun(config.start());
    this.settings = replaySettings(run);
    this.metrics = metrics;
    this.clock = clock;
  }

  private static LearnerStart.NewRun newRun(LearnerStart start) {
    if (start instanceof LearnerStart.NewRun run) {
      return run;
    }
    throw new InvalidSettingException("This learner can only begin new runs yet.");
  }

  private static ReplaySettings replaySettings(LearnerStart.NewRun run) {
    if (run.algorithm().settings(run.settings(), run.deterministic()) instanceof ReplaySettings s) {
      return s;
    }
    throw new InvalidSettingException("This learner cannot learn by " + run.algorithm() + " yet.");
  }

  @Override
  public String name() {
    return "learner";
  }

  /** Creates the run and begins to learn; from here on producers and evaluators find it. */
  @Override
  public void start() {
    RunSpec spec = createTopicsAndSpec();
    RunRegistry registry = keep(new RunRegistry(config.connection()));
    registry.create(spec);
    RunPublisher publisher = keep(RunPublisher.open(config.connection(), spec.getRun()));
    RunLearner learner = keep(RunLearner.open(spec, settings, config.device(), publisher, clock));
    RejectedTopic rejected =
        keep(RejectedTopic.open(config.connection(), spec.getStream(), spec.getRun()));
    ExperienceReader reader = new ExperienceReader(config.connection(), rejected);
    parts = new Parts(spec, registry, publisher, learner, reader.counters());
    LearnerMetrics.register(metrics, this, clock);
    begin(started());
    LOG.info("Run {} learns on {}", spec.getRun(), learner.device());

    subscriptions.add(
        reader
            .read(ReadRequest.of(config.connection().topics(), spec))
            .publishOn(training, PREFETCH)
            .subscribe(this::accept, this::fail));
    subscriptions.add(
        registry
            .watch(spec.getRun())
            .publishOn(training)
            .mapNotNull(run -> run.verdict())
            .subscribe(this::solved, this::fail));
    var unused = publisher.ended().whenComplete(this::publishingEnded);
  }

  private RunSpec createTopicsAndSpec() {
    TopicCatalogue topics = config.connection().topics();
    String stream = run.environment().getId();
    Topic experience = topics.experience(stream);
    try (LogAdmin admin = LogAdmin.open(config.connection())) {
      List<Topic> needed = new ArrayList<>(topics.shared());
      needed.add(experience);
      needed.add(topics.rejected(stream));
      admin.ensure(needed);
      long firstOffset = admin.endOffset(experience, PARTITION);
      return NewRunSpec.of(run, config.versions(), PARTITION, firstOffset, clock.instant());
    }
  }

  private static void begin(Parts started) {
    try {
      started.learner().pipeline().begin();
      write(started, RunPhase.ACTIVE, "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Starting the learner was interrupted.", e);
    }
  }

  /** The run's id. */
  public String run() {
    return started().spec().getRun();
  }

  /** Where the learner stands; may be asked from any thread once it is started. */
  public LearnerStatus status() {
    Parts started = started();
    PipelineState state = started.learner().pipeline().state();
    return new LearnerStatus(
        started.spec().getRun(),
        run.algorithm(),
        started.publisher().generation(),
        0,
        state.runSteps(),
        settings.schedule().steps(),
        state.segments(),
        0,
        state.updates(),
        state.replayTransitions(),
        settings.replayCapacity(),
        state.replayOldestMillis(),
        state.firstIngestedMillis(),
        started.learner().publications().version(),
        0,
        started.learner().publications().snapshotVersion(),
        0,
        0,
        settings.exploration().at(state.runSteps()),
        state.lastUpdate(),
        0,
        started.read().gaps(),
        started.read().duplicates(),
        started.read().rejected().total(),
        started.read().lag());
  }

  /** Completes when the run has ended: its steps are spent or it is solved. */
  @Override
  public CompletableFuture<Void> completion() {
    return completion.copy();
  }

  private void accept(LoggedSegment segment) {
    if (ending) {
      return;
    }
    try {
      LearnerPipeline pipeline = started().learner().pipeline();
      pipeline.accept(segment);
      if (pipeline.finished()) {
        end(RunPhase.STOPPED, "its " + settings.schedule().steps() + " steps are spent");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(e);
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void solved(RunVerdict verdict) {
    end(RunPhase.STOPPED, "solved by version " + verdict.getVersion());
  }

  /** On the training thread: publishes the last weights and says why the run ended. */
  private void end(RunPhase phase, String reason) {
    if (ending) {
      return;
    }
    ending = true;
    Parts started = started();
    try {
      started.learner().pipeline().end();
      write(started, phase, reason);
      LOG.info("Run {} has ended: {}", started.spec().getRun(), reason);
      completion.complete(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      completion.completeExceptionally(e);
    } catch (RuntimeException e) {
      completion.completeExceptionally(e);
    } finally {
      ended.complete(null);
    }
  }

  /** On the training thread: nothing more is published, and the run's state says why. */
  private void fail(Throwable failure) {
    if (ending) {
      return;
    }
    ending = true;
    Parts started = started();
    try {
      write(started, RunPhase.FAILED, String.valueOf(failure.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure.addSuppressed(e);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
    completion.completeExceptionally(failure);
    ended.complete(null);
  }

  private void publishingEnded(@Nullable Void nothing, @Nullable Throwable failure) {
    if (failure != null && !training.isDisposed()) {
      var unused = training.schedule(() -> fail(failure));
    }
  }

  private static void write(Parts started, RunPhase phase, String reason)
      throws InterruptedException {
    LearnerPipeline pipeline = started.learner().pipeline();
    started.learner().publications().state(pipeline.state(), phase, reason);
    started.publisher().flush();
  }

  /** Ends the run as stopped by its user, unless it has ended, and gives everything back. */
  @Override
  public void close() {
    if (parts != null) {
      var unused = training.schedule(() -> end(RunPhase.STOPPED, "stopped by its user"));
      awaitEnd();
    }
    subscriptions.dispose();
    training.dispose();
    while (!resources.isEmpty()) {
      close(resources.pop());
    }
  }

  private void awaitEnd() {
    try {
      ended.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The learner's end cannot fail.", e);
    }
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      LOG.warn("A part of the learner did not close cleanly", e);
    }
  }

  private <R extends AutoCloseable> R keep(R resource) {
    resources.push(resource);
    return resource;
  }

  private Parts started() {
    return requireNonNull(parts, "the learner is not started");
  }
}

package dev.relive.learner;

import static java.util.Objects.requireNonNull;

import dev.relive.agents.torch.Compute;
import dev.relive.log.Checkpoints;
import dev.relive.log.LogConnection;
import dev.relive.log.PublicationSink;
import dev.relive.log.PublisherCounters;
import dev.relive.log.RejectedRecords;
import dev.relive.log.RejectedTopic;
import dev.relive.log.Run;
import dev.relive.log.RunPublisher;
import dev.relive.log.RunRegistry;
import dev.relive.log.Settings;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunVerdict;
import dev.relive.service.Service;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/**
 * The learner of one run, from creating the run or taking it up to its end: its steps are spent, an
 * evaluator finds it solved, or it is closed. Reading, training and publishing each have a thread
 * of their own.
 */
public final class LearnerService implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(LearnerService.class);

  private static final long PREFETCHED_BYTES = 8 << 20;
  private static final int LEAST_PREFETCHED = 2;
  private static final int MOST_PREFETCHED = 256;

  private final LearnerConfig config;
  private final PrometheusRegistry metrics;
  private final InstantSource clock;
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private final CompletableFuture<Void> completion = new CompletableFuture<>();
  private volatile @Nullable Parts parts;

  /** What there is from the start on. */
  private record Parts(
      RunSpec spec,
      LearnerSettings settings,
      RunPublisher publisher,
      Learning learning,
      LearnerPipeline pipeline,
      RunTraining training,
      Experience experience) {}

  /**
   * A learner that is not started.
   *
   * @param metrics where its meters are registered
   */
  public LearnerService(LearnerConfig config, PrometheusRegistry metrics, InstantSource clock) {
    this.config = config;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "learner";
  }

  /** Opens the run and begins to learn; from here on producers and evaluators find it. */
  @Override
  public void start() {
    LogConnection connection = config.connection();
    Compute compute = keep(Compute.open(config.device()));
    LearnerConfig computing = config.with(compute.traits());
    RunRegistry registry = keep(new RunRegistry(connection));
    Run run = new RunOpening(computing, registry, clock).open();
    LearnerSettings settings = settings(run.spec());
    // From here no older learner of the run can change what is read now.
    RunPublisher publisher = keep(RunPublisher.open(connection, run.id()));
    Optional<Progress> newest = publisher.newest();
    newest.ifPresent(progress -> ResumeRules.checkStepsLeft(run, progress, settings));
    Optional<CheckpointState> checkpoint =
        newest.flatMap(progress -> Checkpoints.newest(connection, progress));
    Learning learning =
        keep(
            TorchLearning.open(
                run.spec(),
                settings,
                compute,
                checkpoint.isPresent() ? null : SourceSnapshot.of(connection, run.spec())));

    RejectedTopic copies = rejectedTopic(run.spec());
    Parts started =
        assemble(
            run.spec(),
            settings,
            publisher,
            copies == null ? publisher : new CopiesFirst(publisher, copies),
            learning,
            experience(registry, run.spec(), copies),
            computing.versions());
    checkpoint.ifPresent(started.pipeline()::restore);
    parts = started;
    LearnerMetrics.register(metrics, this, algorithm(run.spec()), settings.batchSize());
    begin(started.pipeline());
    LOG.info(
        "Run {} learns on {} from step {} on, generation {}",
        run.id(),
        compute.device(),
        started.pipeline().state().runSteps(),
        publisher.generation());
    started
        .training()
        .start(
            started.experience().records(checkpoint),
            started.experience().end(),
            prefetch(run.spec(), settings),
            verdicts(registry, run.spec()));
  }

  private static LearnerSettings settings(RunSpec spec) {
    return algorithm(spec).settings(spec);
  }

  private static Algorithm algorithm(RunSpec spec) {
    return Algorithm.find(spec.getAlgorithm()).orElseThrow();
  }

  /** The run's own experience, a range of another's in some order, or another's as it comes. */
  private Experience experience(
      RunRegistry registry, RunSpec spec, @Nullable RejectedTopic copies) {
    LogConnection connection = config.connection();
    if (spec.hasShuffle()) {
      return new ShuffledExperience(connection, spec);
    }
    LoggedExperience logged =
        new LoggedExperience(connection, spec, copies == null ? RejectedRecords.LEFT : copies);
    return Run.learnsFromAnother(spec) && !spec.getPartitions(0).hasEndOffset()
        ? new FollowedExperience(logged, spec.getSourceRun(), registry.watchAll())
        : logged;
  }

  /** Null where the experience is another run's: its unusable records are its learner's to copy. */
  private @Nullable RejectedTopic rejectedTopic(RunSpec spec) {
    return Run.learnsFromAnother(spec)
        ? null
        : keep(RejectedTopic.open(config.connection(), spec.getStream(), spec.getRun()));
  }

  private Parts assemble(
      RunSpec spec,
      LearnerSettings settings,
      RunPublisher publisher,
      PublicationSink sink,
      Learning learning,
      Experience experience,
      Map<String, String> versions) {
    LearnerPipeline pipeline =
        new LearnerPipeline(
            spec,
            settings,
            learning,
            sink,
            firstPosition(spec),
            experience.counters(),
            Settings.of(versions),
            clock);
    RunTraining training =
        keep(
            new RunTraining(spec.getRun(), pipeline, publisher, config.onStop(), System::nanoTime));
    var unused = training.completion().whenComplete(this::complete);
    return new Parts(spec, settings, publisher, learning, pipeline, training, experience);
  }

  private Position firstPosition(RunSpec spec) {
    PartitionRange range = spec.getPartitions(0);
    return Position.newBuilder()
        .setTopic(config.connection().topics().experience(spec.getStream()).name())
        .setPartition(range.getPartition())
        .setOffset(range.getFirstOffset())
        .build();
  }

  /** Segments decoded ahead of training: enough that it never waits, little to hold. */
  static int prefetch(RunSpec spec, LearnerSettings settings) {
    long rowBytes = 4L * settings.preprocessing().encoding(spec.getEnvironment()).rawSize();
    long fitting = PREFETCHED_BYTES / (rowBytes * settings.flow().segmentLength());
    return (int) Math.max(LEAST_PREFETCHED, Math.min(fitting, MOST_PREFETCHED));
  }

  /** What ends the run beside its steps and its experience. */
  private static Flux<RunVerdict> verdicts(RunRegistry registry, RunSpec spec) {
    return Run.endsWhenSolved(spec)
        ? registry.watch(spec.getRun()).mapNotNull(Run::verdict)
        : Flux.never();
  }

  private static void begin(LearnerPipeline pipeline) {
    try {
      pipeline.begin();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Starting the learner was interrupted.", e);
    }
  }

  private void complete(@Nullable Void nothing, @Nullable Throwable failure) {
    if (failure == null) {
      completion.complete(null);
    } else {
      completion.completeExceptionally(failure);
    }
  }

  /** The run's id. */
  public String run() {
    return started().spec().getRun();
  }

  /** What the run is, as its first learner wrote it. */
  public RunSpec spec() {
    return started().spec();
  }

  /** Where the learner stands. */
  public LearnerStatus status() {
    Parts started = started();
    PipelineState state = started.pipeline().state();
    return new LearnerStatus(
        started.spec().getRun(),
        algorithm(started.spec()),
        started.publisher().generation(),
        state.restoredSteps(),
        state.runSteps(),
        started.settings().schedule().steps(),
        state.segments(),
        state.staleSteps(),
        state.updates(),
        state.transitionsHeld(),
        started.learning().capacity(),
        state.oldestHeldMillis(),
        state.firstIngestedMillis(),
        started.pipeline().versions().newest(),
        started.pipeline().versions().required(),
        started.pipeline().publications().snapshotVersion(),
        state.checkpoints(),
        state.checkpointSteps(),
        started.settings().exploration().at(state.runSteps()),
        state.lastUpdate(),
        started.training().waitedSeconds(),
        started.experience().counters().gaps(),
        started.experience().counters().duplicates(),
        started.experience().counters().rejected().total(),
        state.dropped(),
        state.heldEpisodes(),
        started.experience().length(),
        started.experience().passed(state.segments(), state.nextSegment()),
        started.experience().counters().lag());
  }

  /** Bytes of the segments read. */
  long readBytes() {
    return started().experience().counters().bytes();
  }

  /** What has been published. */
  PublisherCounters published() {
    return started().publisher().counters();
  }

  /** When weights were last kept, or else learning began; milliseconds since 1970. */
  long snapshotAtMillis() {
    return started().pipeline().publications().snapshotAt().toEpochMilli();
  }

  /** Whether the run ended because the gradient was no finite number. */
  boolean hasDiverged() {
    return started().training().hasDiverged();
  }

  /** Completes when the run has ended: its steps are spent or it is solved. */
  @Override
  public CompletableFuture<Void> completion() {
    return completion.copy();
  }

  /** Ends or leaves the run, as it was told, unless it has ended, and gives everything back. */
  @Override
  public void close() {
    while (!resources.isEmpty()) {
      close(resources.pop());
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

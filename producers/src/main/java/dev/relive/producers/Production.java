package dev.relive.producers;

import dev.relive.agents.EnvironmentMessages;
import dev.relive.agents.torch.Compute;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Environments;
import dev.relive.environments.VectorEnvironment;
import dev.relive.environments.random.RunSeeds;
import dev.relive.log.Acknowledgement;
import dev.relive.log.ExperienceWriter;
import dev.relive.log.FlowSettings;
import dev.relive.log.LogException;
import dev.relive.log.Settings;
import dev.relive.log.Topic;
import dev.relive.log.WriterCounters;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunSpec;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * One actor epoch at work on its run: policies and Progress come in, the loop steps, segments go
 * out.
 *
 * <pre>
 *   policies ──▶ PublishedPolicy ─┐
 *   progress ──▶ CreditGate ──────┼─▶ EnvironmentLoop ──▶ ExperienceWriter ──▶ acknowledgements
 *   stop ─────────────────────────┘
 * </pre>
 */
final class Production implements AutoCloseable {
  private final ActorEpoch actor;
  private final FlowSettings flow;
  private final VectorEnvironment environment;
  private final ExperienceWriter writer;
  private final Compute compute;
  private final PublishedPolicy policy;
  private final CreditGate credit;
  private final EpisodeStatistics episodes = new EpisodeStatistics();
  private final PolicyDelays delays;
  private final EnvironmentLoop loop;

  private Production(
      ProducerConfig config,
      RunSpec spec,
      ActorEpoch actor,
      FlowSettings flow,
      VectorEnvironment environment,
      ExperienceWriter writer,
      Compute compute,
      ProducerMetrics metrics,
      InstantSource clock) {
    this.actor = actor;
    this.flow = flow;
    this.environment = environment;
    this.writer = writer;
    this.compute = compute;
    delays = new PolicyDelays(metrics.policyDelays(actor));
    policy =
        new PublishedPolicy(
            compute,
            environment,
            new RunSeeds(spec.getSeed()).exploration(actor.actor(), actor.epoch()),
            clock,
            delays);
    credit =
        new CreditGate(
            new Credit(actor, flow.lanes(), flow.maxLead(), config.freeRunning()),
            System::nanoTime);
    loop =
        new EnvironmentLoop(
            actor,
            environment,
            SegmentLayout.of(environment.spec(), flow.segmentLength()),
            policy,
            credit,
            clock,
            new EpisodeAccount(episodes, metrics.episodes(actor)));
  }

  /**
   * Gets everything ready to step.
   *
   * @param lockstep whether the learner waits for the segments of each round
   * @throws LogException if no broker answers, or the run takes no producers
   * @throws IllegalArgumentException if the environment or the settings are of no use here
   */
  static Production open(
      ProducerConfig config,
      RunSpec spec,
      boolean lockstep,
      ProducerMetrics metrics,
      InstantSource clock) {
    if (!spec.getSourceRun().isEmpty()) {
      throw new LogException(
          "Run %s learns from the experience of run %s, and takes no producers."
              .formatted(spec.getRun(), spec.getSourceRun()));
    }
    RunSeeds seeds = new RunSeeds(spec.getSeed());
    ActorEpoch actor = ActorEpoch.next(config.connection(), spec, config.actor());
    FlowSettings flow = flow(config, spec);
    VectorEnvironment environment = environment(spec, seeds, actor, flow.lanes());
    Topic topic = config.connection().topics().experience(spec.getStream());
    ExperienceWriter writer =
        ExperienceWriter.open(
            config.connection(),
            topic,
            partition(spec, actor.actor()),
            lockstep ? config.writer().withoutLinger() : config.writer());
    try {
      Compute compute = Compute.open(config.device());
      return new Production(
          config, spec, actor, flow, environment, writer, compute, metrics, clock);
    } catch (RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  private static FlowSettings flow(ProducerConfig config, RunSpec spec) {
    FlowSettings flow = FlowSettings.of(Settings.of(spec.getSettingsList()));
    return new FlowSettings(
        config.lanes().orElse(flow.lanes()), flow.segmentLength(), flow.maxLead());
  }

  private static VectorEnvironment environment(
      RunSpec spec, RunSeeds seeds, ActorEpoch actor, int lanes) {
    EnvironmentSpec environment = EnvironmentMessages.environment(spec.getEnvironment());
    VectorEnvironment vector = Environments.vector(environment, lanes);
    vector.reset(
        IntStream.range(0, lanes)
            .mapToLong(lane -> seeds.lane(actor.actor(), actor.epoch(), lane))
            .toArray());
    return vector;
  }

  /** Each actor keeps to one of the run's partitions, so that its order there is its sequence. */
  private static int partition(RunSpec spec, String actor) {
    int count = spec.getPartitionsCount();
    if (count == 0) {
      throw new LogException("Run %s names no partition to write to.".formatted(spec.getRun()));
    }
    return spec.getPartitions(Math.floorMod(actor.hashCode(), count)).getPartition();
  }

  /** Steps on this scheduler's thread while there is demand, and tells what is in the log. */
  Flux<Acknowledgement> run(Scheduler thread, Consumer<Acknowledgement> acknowledgements) {
    return writer
        .write(loop.segments().subscribeOn(thread))
        .doOnNext(acknowledgements)
        .doOnNext(segment -> credit.onAcknowledged(segment.offset(), segment.actorSteps()));
  }

  void onPolicy(Policy newest) {
    policy.offer(newest);
    credit.onNews();
  }

  void onProgress(Progress newest) {
    credit.onProgress(newest);
  }

  /** Closes the lanes; {@link #run} completes when that is in the log. */
  void stop() {
    loop.stop();
  }

  ActorEpoch actor() {
    return actor;
  }

  ProducerStatus status() {
    EpisodeStatistics.Summary finished = episodes.summary();
    WriterCounters written = writer.counters();
    return new ProducerStatus(
        actor.run(),
        actor.actor(),
        actor.epoch(),
        flow.lanes(),
        loop.steps(),
        finished.episodes(),
        finished.abandoned(),
        finished.lastReturn(),
        finished.meanReturn(),
        credit.ingested(),
        flow.maxLead(),
        credit.waitedSeconds(),
        policy.version(),
        policy.epsilon(),
        policy.refused(),
        written.segmentsSent(),
        written.segmentsAcknowledged(),
        written.segmentsInFlight(),
        written.bytesSent(),
        written.bytesAcknowledged());
  }

  /** How long after their publication policies were first acted by, in seconds, in no order. */
  double[] policyDelays() {
    return delays.seconds();
  }

  /** Frees everything; nothing may step any more. */
  @Override
  public void close() {
    policy.close();
    compute.close();
    environment.close();
    writer.close();
  }
}

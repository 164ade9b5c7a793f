package dev.relive.producers;

import dev.relive.environments.VectorEnvironment;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Steps the lanes of one actor epoch and cuts what they experience into segments, in the order of
 * their sequence. Whoever asks for the next segment drives it: nothing steps while nobody asks, and
 * at most one segment a lane waits to be asked for.
 *
 * <p>{@link #advance} decides what comes next and never waits; {@link #next} adds the waiting.
 * Segments are asked for by one thread at a time; {@link #stop} and {@link #steps} are for any.
 */
final class EnvironmentLoop {
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long NANOS_PER_MICRO = 1_000;

  private final VectorEnvironment environment;
  private final LanePolicy policy;
  private final CreditGate credit;
  private final InstantSource clock;
  private final EpisodeListener episodes;
  private final LaneRecorder[] lanes;
  private final int observationSize;
  private final int actionSize;
  private final int[] actions;
  private final float[] probabilities;
  private final Queue<Segment> ready = new ArrayDeque<>();
  private long sequence;
  private long segmentedSteps;
  private final AtomicLong steps = new AtomicLong();
  private volatile boolean stopping;
  private boolean ended;

  /**
   * Begins with the first observations of the lanes.
   *
   * @param actor names the run, the actor and its epoch
   * @param environment the lanes, reset and not stepped yet
   */
  EnvironmentLoop(
      ActorEpoch actor,
      VectorEnvironment environment,
      SegmentLayout layout,
      LanePolicy policy,
      CreditGate credit,
      InstantSource clock,
      EpisodeListener episodes) {
    this.environment = environment;
    this.policy = policy;
    this.credit = credit;
    this.clock = clock;
    this.episodes = episodes;
    observationSize = layout.observation().elements();
    actionSize = layout.action().elements();
    lanes = new LaneRecorder[environment.lanes()];
    actions = new int[lanes.length * actionSize];
    probabilities = new float[lanes.length];
    long now = nowMicros();
    for (int lane = 0; lane < lanes.length; lane++) {
      lanes[lane] = new LaneRecorder(actor.lane(lane), layout);
      lanes[lane].begin(environment.observations(), lane * observationSize, now);
    }
  }

  /** The segments, made as they are asked for, until {@link #stop}; for one subscriber. */
  Flux<Segment> segments() {
    return Flux.generate(
        sink -> {
          try {
            Segment segment = next();
            if (segment == null) {
              sink.complete();
            } else {
              sink.next(segment);
            }
          } catch (InterruptedException e) {
            // Cancelling is what interrupts the loop's thread, and then nobody listens any more.
            Thread.currentThread().interrupt();
            sink.complete();
          } catch (LinkageError | VirtualMachineError e) {
            // Reactor passes such errors to nobody, who would wait for ever.
            sink.error(new IllegalStateException("The environments' thread failed: " + e, e));
          }
        });
  }

  /**
   * The next segment; steps, or waits for credit, until there is one.
   *
   * @return null when the loop was stopped and every lane is closed
   */
  @Nullable Segment next() throws InterruptedException {
    while (ready.isEmpty() && !ended) {
      long ticket = credit.ticket();
      WaitReason missing = advance();
      if (missing != null) {
        credit.awaitNewsAfter(ticket, missing);
      }
    }
    return ready.poll();
  }

  /** The next segment that is cut already; null when there is none. */
  @Nullable Segment poll() {
    return ready.poll();
  }

  /**
   * Makes one step of all lanes; or, where something is missing for it, cuts what is pending; or,
   * when stopped, closes the lanes.
   *
   * @return what has to arrive before there is anything to do; null when something was done, or
   *     everything is
   */
  @Nullable WaitReason advance() {
    if (stopping) {
      end();
      return null;
    }
    WaitReason missing =
        policy.refresh() ? credit.obstacle(steps.get(), policy.version()) : WaitReason.POLICY;
    if (missing == null) {
      step();
    } else if (cutPending()) {
      missing = null;
    }
    return missing;
  }

  /** Closes the lanes instead of making the next step. */
  void stop() {
    stopping = true;
    credit.onNews();
  }

  /** Whether the lanes are closed: nothing more will be cut. */
  boolean ended() {
    return ended;
  }

  /** Transitions made so far, those not yet cut included. */
  long steps() {
    return steps.get();
  }

  private void step() {
    policy.act(environment.observations(), actions, probabilities);
    for (int lane = 0; lane < lanes.length; lane++) {
      lanes[lane].choice(actions, lane * actionSize, probabilities[lane], policy.version());
    }
    environment.step(actions);
    long now = nowMicros();
    for (int lane = 0; lane < lanes.length; lane++) {
      record(lane, now);
    }
  }

  private void record(int lane, long now) {
    LaneRecorder recorder = lanes[lane];
    if (environment.abandoned()[lane]) {
      abandon(lane, now);
      return;
    }
    steps.incrementAndGet();
    int row = lane * observationSize;
    double reward = environment.rewards()[lane];
    boolean terminated = environment.terminated()[lane];
    if (terminated || environment.truncated()[lane]) {
      recorder.outcome(reward, environment.finalObservations(), row, now);
      episodes.onEpisode(recorder.episodeReturn(), recorder.episodeLength());
      cut(recorder, terminated ? SegmentEnd.TERMINATED : SegmentEnd.TRUNCATED);
      recorder.begin(environment.observations(), row, now);
    } else {
      recorder.outcome(reward, environment.observations(), row, now);
      if (recorder.isFull()) {
        cut(recorder, SegmentEnd.CONTINUES);
      }
    }
  }

  /** The environment failed in the step: the episode ends before it, and the next has begun. */
  private void abandon(int lane, long now) {
    LaneRecorder recorder = lanes[lane];
    episodes.onAbandoned(lane, Objects.requireNonNull(environment.failure(lane)));
    recorder.dropChoice();
    if (recorder.episodeLength() > 0) {
      cut(recorder, SegmentEnd.ABANDONED);
    } else {
      recorder.discard();
    }
    recorder.begin(environment.observations(), lane * observationSize, now);
  }

  /** Says whether anything was pending. */
  private boolean cutPending() {
    long before = sequence;
    for (LaneRecorder lane : lanes) {
      if (lane.pending() > 0) {
        cut(lane, SegmentEnd.CONTINUES);
      }
    }
    return sequence > before;
  }

  private void end() {
    if (!ended) {
      for (LaneRecorder lane : lanes) {
        if (lane.episodeLength() > 0) {
          cut(lane, SegmentEnd.ABANDONED);
        }
      }
      ended = true;
    }
  }

  private void cut(LaneRecorder lane, SegmentEnd end) {
    segmentedSteps += lane.pending();
    ready.add(lane.cut(end, sequence++, segmentedSteps));
  }

  private long nowMicros() {
    Instant now = clock.instant();
    return now.getEpochSecond() * MICROS_PER_SECOND + now.getNano() / NANOS_PER_MICRO;
  }
}

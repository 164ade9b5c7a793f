package dev.relive.producers;

import dev.relive.log.FlowSettings;
import dev.relive.log.Segment;
import dev.relive.log.wire.Progress;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A producer's loop, credit and recorders, as they are, with a tiny environment and a policy that
 * is nothing but its version. Nobody waits: whoever drives it is told that there is nothing to do.
 */
public final class SimulatedActor {
  private final VersionPolicy policy = new VersionPolicy();
  private final CreditGate credit;
  private final EnvironmentLoop loop;
  private long idleSince = -1;
  private @Nullable WaitReason missing;
  private boolean drained;

  /**
   * An actor at the beginning of an epoch.
   *
   * @param start tells this process start from every other
   */
  public SimulatedActor(
      String run, String actor, long epoch, int start, FlowSettings flow, InstantSource clock) {
    ActorEpoch identity = new ActorEpoch(run, actor, epoch);
    credit = new CreditGate(new Credit(identity, flow.lanes(), flow.maxLead(), false), () -> 0);
    TinyEnvironment environment = new TinyEnvironment(flow.lanes(), start, start);
    loop =
        new EnvironmentLoop(
            identity,
            environment,
            SegmentLayout.of(environment.spec(), flow.segmentLength()),
            policy,
            credit,
            clock,
            new EpisodeAccount(new EpisodeStatistics(), (episodeReturn, length) -> {}));
  }

  /** Acts by the newest version offered. */
  private static final class VersionPolicy implements LanePolicy {
    private long offered;
    private long version;

    @Override
    public boolean refresh() {
      version = offered;
      return version > 0;
    }

    @Override
    public long version() {
      return version;
    }

    @Override
    public void act(float[] observations, int[] actions, float[] probabilities) {
      for (int lane = 0; lane < actions.length; lane++) {
        actions[lane] = (int) (version % 2);
        probabilities[lane] = 0.5f;
      }
    }
  }

  /** A policy arrived. */
  public void onPolicy(long version) {
    policy.offered = version;
    credit.onNews();
  }

  /** The learner said how far it is. */
  public void onProgress(Progress progress) {
    credit.onProgress(progress);
  }

  /** A segment is in the log. */
  public void onAcknowledged(long offset, long actorSteps) {
    credit.onAcknowledged(offset, actorSteps);
  }

  /** The run has ended. */
  public void stop() {
    loop.stop();
  }

  /** Whether something arrived since it was last found idle. */
  public boolean isBusy() {
    return !drained && idleSince != credit.ticket();
  }

  /** The next segment; null when it has none yet, and has done a little towards one. */
  public @Nullable Segment next() {
    Segment segment = loop.poll();
    if (segment == null && !loop.ended()) {
      long ticket = credit.ticket();
      missing = loop.advance();
      idleSince = missing == null ? -1 : ticket;
      segment = loop.poll();
    }
    drained = segment == null && loop.ended();
    return segment;
  }

  /** Whether the lanes are closed and every segment was taken. */
  public boolean hasEnded() {
    return drained;
  }

  /** What it waits for; null where it does not. */
  public @Nullable WaitReason missing() {
    return missing;
  }

  /** Steps made. */
  public long steps() {
    return loop.steps();
  }

  /** The version that it acts by. */
  public long version() {
    return policy.version;
  }
}

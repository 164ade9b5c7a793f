package dev.relive.gymnasium;

import dev.relive.environments.EnvironmentSpec;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The outcome of a step of all lanes, in the columns of a vector environment. */
final class StepReply {
  private static final int TERMINATED = 1;
  private static final int TRUNCATED = 2;
  private static final int BROKE_OFF = 4;
  private static final int NOT_BEGUN = 8;

  final float[] observations;
  final float[] finalObservations;
  final double[] rewards;
  final boolean[] terminated;
  final boolean[] truncated;
  final boolean[] abandoned;
  final @Nullable String[] failures;

  /** Lanes whose next episode is still to be begun, with the reason. */
  final @Nullable String[] notBegun;

  private final int observationSize;
  private final byte[] flags;

  StepReply(EnvironmentSpec spec, int lanes) {
    observationSize = spec.observationSpace().size();
    observations = new float[Math.multiplyExact(lanes, observationSize)];
    finalObservations = new float[observations.length];
    rewards = new double[lanes];
    terminated = new boolean[lanes];
    truncated = new boolean[lanes];
    abandoned = new boolean[lanes];
    failures = new @Nullable String[lanes];
    notBegun = new @Nullable String[lanes];
    flags = new byte[lanes];
  }

  /**
   * Takes over the reply of a process with the lanes from {@code first} on.
   *
   * @param autoreset whether lanes whose episodes ended have begun the next ones, so that last
   *     observations are told apart
   */
  void read(ByteBuffer reply, int first, int count, boolean autoreset) {
    reply.asDoubleBuffer().get(rewards, first, count);
    skip(reply, count * Double.BYTES);
    reply.asFloatBuffer().get(observations, first * observationSize, count * observationSize);
    skip(reply, count * observationSize * Float.BYTES);
    reply.get(flags, first, count);
    for (int lane = first; lane < first + count; lane++) {
      outcome(lane);
      if (autoreset && (terminated[lane] || truncated[lane])) {
        reply.asFloatBuffer().get(finalObservations, lane * observationSize, observationSize);
        skip(reply, observationSize * Float.BYTES);
      }
    }
    while (reply.hasRemaining()) {
      failure(first + reply.getInt(), Texts.read(reply));
    }
  }

  private void outcome(int lane) {
    terminated[lane] = (flags[lane] & TERMINATED) != 0;
    truncated[lane] = (flags[lane] & TRUNCATED) != 0;
    abandoned[lane] = false;
    failures[lane] = null;
    notBegun[lane] = null;
  }

  private void failure(int lane, String reason) {
    if ((flags[lane] & BROKE_OFF) != 0) {
      abandon(lane, reason);
    }
    if ((flags[lane] & (BROKE_OFF | NOT_BEGUN)) != 0) {
      notBegun[lane] = reason;
    }
  }

  /** Says that the last step of a lane did not happen. */
  void abandon(int lane, String reason) {
    abandoned[lane] = true;
    failures[lane] = reason;
    rewards[lane] = 0;
    terminated[lane] = false;
    truncated[lane] = false;
  }

  /** Says that nothing has happened in a lane yet. */
  void clear(int lane) {
    flags[lane] = 0;
    outcome(lane);
    rewards[lane] = 0;
  }

  private static void skip(ByteBuffer reply, int bytes) {
    reply.position(reply.position() + bytes);
  }
}

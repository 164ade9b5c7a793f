package dev.relive.gymnasium;

import dev.relive.environments.EnvironmentFailure;
import dev.relive.environments.EnvironmentSpec;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Neighbouring lanes in one Python process, which is started again when it is lost. A failure of
 * one lane makes its environment anew, the loss of the process those of all its lanes.
 */
final class LaneGroup implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(LaneGroup.class);

  /** A lane whose episodes break off so often without a step between never gets anywhere. */
  private static final int MOST_FAILURES_IN_A_ROW = 10;

  final int first;
  final int count;

  private final PythonSettings settings;
  private final String name;
  private final EnvironmentSpec spec;
  private final StepReply columns;
  private final LaneSeeds seeds;
  private final RestartBound bound = new RestartBound(System::nanoTime);
  private final int[] failuresInARow;
  private PythonLanes lanes;
  private String lost = "";

  /**
   * @param first its first lane
   * @param columns where the outcomes of all lanes stand
   */
  LaneGroup(
      PythonSettings settings,
      EnvironmentSpec spec,
      int first,
      int count,
      StepReply columns,
      LaneSeeds seeds)
      throws PythonRefusal, PythonLost {
    this.settings = settings;
    this.spec = spec;
    this.first = first;
    this.count = count;
    this.columns = columns;
    this.seeds = seeds;
    name = spec.id() + (count == 1 ? " lane " + first : " lanes " + first + " to " + last());
    failuresInARow = new int[count];
    lanes = PythonLanes.make(settings, name, spec, count, false);
  }

  private int last() {
    return first + count - 1;
  }

  /**
   * Begins an episode with a new random stream in every lane.
   *
   * @throws EnvironmentFailure if one cannot begin
   */
  void reset(long[] laneSeeds) {
    for (int lane = first; lane <= last(); lane++) {
      seeds.begin(lane, laneSeeds[lane]);
      columns.clear(lane);
      failuresInARow[lane - first] = 0;
    }
    try {
      for (int lane = first; lane <= last(); lane++) {
        reset(lane, false, laneSeeds[lane]);
      }
    } catch (PythonRefusal e) {
      throw new EnvironmentFailure(
          "%s cannot begin an episode: %s.".formatted(spec.id(), e.getMessage()), e);
    } catch (PythonLost e) {
      startAgain(e);
    }
  }

  private void reset(int lane, boolean again, long seed) throws PythonRefusal, PythonLost {
    lanes.reset(
        lane - first,
        again,
        seed,
        Map.of(),
        columns.observations,
        lane * spec.observationSpace().size());
  }

  void sendActions(int[] rows) {
    try {
      lanes.sendActions(rows, first * spec.actionSpace().size());
    } catch (PythonLost e) {
      lost = reason(e);
    }
  }

  void sendActions(float[] rows) {
    try {
      lanes.sendActions(rows, first * spec.actionSpace().size());
    } catch (PythonLost e) {
      lost = reason(e);
    }
  }

  /** Waits for what the actions led to; {@link #repair} follows. */
  void receive() {
    if (!lost.isEmpty()) {
      return;
    }
    try {
      columns.read(lanes.receiveStep(), first, count, true);
      bound.onStep();
    } catch (PythonLost | PythonRefusal e) {
      lost = reason(e);
    }
  }

  /**
   * Begins anew whatever broke off in the last step.
   *
   * @throws EnvironmentFailure if that happens too often
   */
  void repair() {
    if (!lost.isEmpty()) {
      for (int lane = first; lane <= last(); lane++) {
        columns.clear(lane);
      }
      String reason = lost;
      lost = "";
      startAgain(new PythonLost(reason));
      return;
    }
    for (int lane = first; lane <= last(); lane++) {
      String reason = columns.notBegun[lane];
      if (reason == null) {
        failuresInARow[lane - first] = 0;
      } else {
        beginAnew(lane, reason);
      }
    }
  }

  /** Makes the environment of one lane anew. */
  private void beginAnew(int lane, String failure) {
    String reason = failure;
    if (columns.abandoned[lane]) {
      columns.abandon(lane, "Lane %d of %s: %s.".formatted(lane, spec.id(), reason));
      LOGGER.debug("An episode is abandoned. {}", columns.failures[lane]);
    }
    while (true) {
      if (++failuresInARow[lane - first] == MOST_FAILURES_IN_A_ROW) {
        throw new EnvironmentFailure(
            "Lane %d of %s failed %d times in a row: %s."
                .formatted(lane, spec.id(), MOST_FAILURES_IN_A_ROW, reason));
      }
      try {
        reset(lane, true, seeds.next(lane));
        return;
      } catch (PythonRefusal e) {
        reason = reason(e);
      } catch (PythonLost e) {
        startAgain(e);
        return;
      }
    }
  }

  /**
   * Starts Python again, and an episode in every lane. Episodes that did not end in the last step
   * are abandoned.
   */
  private void startAgain(Exception loss) {
    String reason = reason(loss);
    String sentence = "The Python process of %s %s.".formatted(name, reason);
    LOGGER.warn("{} Its episodes are abandoned, and it is started again.", sentence);
    for (int lane = first; lane <= last(); lane++) {
      if (!columns.terminated[lane] && !columns.truncated[lane]) {
        columns.abandon(lane, sentence);
      }
    }
    while (true) {
      lanes.close();
      if (!bound.allows()) {
        throw new EnvironmentFailure(
            "The Python process of %s was started again %d times, and failed again: it %s."
                .formatted(name, RestartBound.MOST, reason));
      }
      try {
        lanes = PythonLanes.make(settings, name, spec, count, false);
        for (int lane = first; lane <= last(); lane++) {
          reset(lane, false, seeds.next(lane));
        }
        return;
      } catch (PythonLost | PythonRefusal e) {
        reason = reason(e);
        LOGGER.warn("The Python process of {} failed as it began: it {}.", name, reason);
      }
    }
  }

  private static String reason(Exception failure) {
    return String.valueOf(failure.getMessage());
  }

  PythonProcess python() {
    return lanes.python();
  }

  @Override
  public void close() {
    lanes.close();
  }
}

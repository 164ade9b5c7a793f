package dev.relive.gymnasium;

import dev.relive.environments.EnvironmentSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * Lanes of one environment in one Python process.
 *
 * <pre>
 *   step:   actions  lanes × action size × (i32 or f32)
 *   reply:  rewards  lanes × f64
 *           rows     lanes × observation size × f32   what the next actions are chosen from
 *           flags    lanes × u8
 *           finals   ended lanes × observation size × f32
 *           failures (lane u32, text) for each that says so in its flags
 * </pre>
 */
final class PythonLanes implements AutoCloseable {
  static final String MAX_EPISODE_STEPS = "max_episode_steps";
  private static final int OWN_LONGEST_EPISODE = -2;
  private static final int NO_LONGEST_EPISODE = -1;
  private static final int LARGEST_SPECIFICATION = 1 << 29;
  private static final long HALF = 0xffff_ffffL;
  private static final long NO_SEED = -1;

  private final PythonProcess python;
  private final EnvironmentSpec spec;
  private final int observationSize;
  private final int largestStep;
  private final byte[] request;
  private final ByteBuffer actions;

  private PythonLanes(PythonProcess python, EnvironmentSpec spec, int count) {
    this.python = python;
    this.spec = spec;
    observationSize = spec.observationSpace().size();
    largestStep = Math.toIntExact(count * (Double.BYTES + 1L + 2L * Float.BYTES * observationSize));
    request = new byte[Math.multiplyExact(count, spec.actionSpace().size() * Integer.BYTES)];
    actions = ByteBuffer.wrap(request).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Makes lanes of the environment that the id and the options say.
   *
   * @param id with the scheme
   * @param single whether its episodes are begun one by one and drawn, and not begun by themselves
   */
  static PythonLanes make(
      PythonSettings settings,
      String name,
      String id,
      Map<String, String> options,
      int count,
      boolean single)
      throws PythonRefusal, PythonLost {
    PythonProcess python = PythonProcess.start(settings, name);
    try {
      Map<String, String> keywords = new HashMap<>(options);
      String limit = keywords.remove(MAX_EPISODE_STEPS);
      ByteBuffer reply =
          python.request(
              PythonProcess.MAKE,
              new Payload()
                  .add(single)
                  .add(limit == null ? OWN_LONGEST_EPISODE : longestEpisode(limit))
                  .add(count)
                  .add(id.substring(id.indexOf(':') + 1))
                  .add(keywords),
              LARGEST_SPECIFICATION);
      return new PythonLanes(python, SpecReader.read(id, keywords, reply), count);
    } catch (IllegalArgumentException e) {
      python.close();
      throw new PythonRefusal(String.valueOf(e.getMessage()));
    } catch (PythonRefusal | PythonLost | RuntimeException e) {
      python.close();
      throw e;
    }
  }

  /** Makes lanes of a spec, whose spaces they have to have. */
  static PythonLanes make(
      PythonSettings settings, String name, EnvironmentSpec spec, int count, boolean single)
      throws PythonRefusal, PythonLost {
    Map<String, String> options = new HashMap<>(spec.options());
    options.put(MAX_EPISODE_STEPS, Integer.toString(spec.maxEpisodeSteps()));
    PythonLanes lanes = make(settings, name, spec.id(), options, count, single);
    EnvironmentSpec here = lanes.spec;
    if (!here.observationSpace().equals(spec.observationSpace())
        || !here.actionSpace().equals(spec.actionSpace())) {
      lanes.close();
      throw new PythonRefusal(
          "it has other spaces now: observations %s, actions %s"
              .formatted(here.observationSpace(), here.actionSpace()));
    }
    return lanes;
  }

  private static int longestEpisode(String text) throws PythonRefusal {
    try {
      int steps = Integer.parseInt(text);
      if (steps >= 0) {
        return steps == 0 ? NO_LONGEST_EPISODE : steps;
      }
    } catch (NumberFormatException e) {
      // Refused below, as a negative number is.
    }
    throw new PythonRefusal(
        "the option '%s' must be a whole number of steps, or 0 for no limit, and is '%s'"
            .formatted(MAX_EPISODE_STEPS, text));
  }

  /** As Python says it is. */
  EnvironmentSpec spec() {
    return spec;
  }

  PythonProcess python() {
    return python;
  }

  /**
   * Begins an episode in a lane.
   *
   * @param again whether to make the environment anew before
   * @param observations rows, of which the lane's is at the offset
   */
  void reset(
      int lane,
      boolean again,
      long seed,
      Map<String, String> options,
      float[] observations,
      int offset)
      throws PythonRefusal, PythonLost {
    ByteBuffer reply =
        python.request(
            PythonProcess.RESET,
            new Payload().add(lane).add(again).add(folded(seed)).add(options),
            Float.BYTES * observationSize);
    reply.asFloatBuffer().get(observations, offset, observationSize);
  }

  /** As {@link #reset}, the random stream going on. */
  void resetUnseeded(Map<String, String> options, float[] observations)
      throws PythonRefusal, PythonLost {
    ByteBuffer reply =
        python.request(
            PythonProcess.RESET,
            new Payload().add(0).add(false).add(NO_SEED).add(options),
            Float.BYTES * observationSize);
    reply.asFloatBuffer().get(observations, 0, observationSize);
  }

  /** Many environments take no seeds of more than 32 bits. */
  private static long folded(long seed) {
    return seed >>> Integer.SIZE == 0 ? seed : (seed ^ (seed >>> Integer.SIZE)) & HALF;
  }

  /** Sends the actions of all lanes, a part of the rows given. */
  void sendActions(int[] rows, int offset) throws PythonLost {
    actions.asIntBuffer().put(rows, offset, request.length / Integer.BYTES);
    python.send(PythonProcess.STEP, request, request.length);
  }

  /** Sends the actions of all lanes, a part of the rows given. */
  void sendActions(float[] rows, int offset) throws PythonLost {
    actions.asFloatBuffer().put(rows, offset, request.length / Float.BYTES);
    python.send(PythonProcess.STEP, request, request.length);
  }

  /**
   * Waits for what the actions led to; all that follows is to be read in the order of the reply.
   */
  ByteBuffer receiveStep() throws PythonRefusal, PythonLost {
    return python.receive(largestStep);
  }

  /** What there is to see of the first lane. */
  ByteBuffer render(boolean text) throws PythonRefusal, PythonLost {
    return python.request(PythonProcess.RENDER, new Payload().add(text), LARGEST_SPECIFICATION);
  }

  @Override
  public void close() {
    python.close();
  }
}

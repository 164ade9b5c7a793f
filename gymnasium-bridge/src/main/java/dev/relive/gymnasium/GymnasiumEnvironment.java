package dev.relive.gymnasium;

import dev.relive.environments.Actions;
import dev.relive.environments.Environment;
import dev.relive.environments.EnvironmentFailure;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.TextImage;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One environment of Gymnasium in a Python process of its own. */
final class GymnasiumEnvironment implements Environment {
  private final EnvironmentSpec spec;
  private final PythonLanes lane;
  private final StepReply columns;
  private boolean seeded;
  private boolean running;

  GymnasiumEnvironment(PythonSettings settings, EnvironmentSpec spec)
      throws PythonRefusal, PythonLost {
    this.spec = spec;
    lane = PythonLanes.make(settings, spec.id(), spec, 1, true);
    columns = new StepReply(spec, 1);
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public float[] reset(@Nullable Long seed, Map<String, String> options) {
    running = false;
    if (seed == null && !seeded) {
      throw new IllegalStateException(
          spec.id() + " has no random stream yet: its first reset needs a seed.");
    }
    try {
      if (seed == null) {
        lane.resetUnseeded(options, columns.observations);
      } else {
        Actions.checkSeeds(spec, 1, new long[] {seed});
        lane.reset(0, false, seed, options, columns.observations, 0);
        seeded = true;
      }
    } catch (PythonRefusal | PythonLost e) {
      throw failure(e);
    }
    running = true;
    return columns.observations.clone();
  }

  @Override
  public Step step(int... action) {
    requireRunning();
    Actions.check(spec, 1, action);
    try {
      lane.sendActions(action, 0);
      return receiveStep();
    } catch (PythonRefusal | PythonLost e) {
      throw failure(e);
    }
  }

  @Override
  public Step step(float... action) {
    requireRunning();
    Actions.check(spec, 1, action);
    try {
      lane.sendActions(action, 0);
      return receiveStep();
    } catch (PythonRefusal | PythonLost e) {
      throw failure(e);
    }
  }

  private Step receiveStep() throws PythonRefusal, PythonLost {
    columns.read(lane.receiveStep(), 0, 1, false);
    if (columns.abandoned[0]) {
      throw failure(new PythonRefusal(String.valueOf(columns.failures[0])));
    }
    running = !columns.terminated[0] && !columns.truncated[0];
    return new Step(
        columns.observations.clone(),
        columns.rewards[0],
        columns.terminated[0],
        columns.truncated[0]);
  }

  private void requireRunning() {
    if (!running) {
      throw new IllegalStateException(spec.id() + " has no episode to step: reset it first.");
    }
  }

  private EnvironmentFailure failure(Exception e) {
    running = false;
    return new EnvironmentFailure(
        e instanceof PythonLost
            ? "The Python process of %s %s.".formatted(spec.id(), e.getMessage())
            : "%s failed: %s.".formatted(spec.id(), e.getMessage()),
        e);
  }

  /** What its {@code ansi} rendering says; without one, the observation. */
  @Override
  public String text() {
    try {
      ByteBuffer reply = lane.render(true);
      return reply.hasRemaining()
          ? StandardCharsets.UTF_8.decode(reply).toString()
          : Arrays.toString(columns.observations);
    } catch (PythonRefusal | PythonLost e) {
      throw failure(e);
    }
  }

  /** What its {@code rgb_array} rendering shows; without one, the text as an image. */
  @Override
  public BufferedImage image() {
    try {
      ByteBuffer reply = lane.render(false);
      return reply.hasRemaining() ? image(reply) : TextImage.of(text());
    } catch (PythonRefusal | PythonLost e) {
      throw failure(e);
    }
  }

  /** Height, width, and rows of pixels of red, green and blue. */
  private static BufferedImage image(ByteBuffer reply) {
    int height = reply.getInt();
    int width = reply.getInt();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = reply.get() & 0xff;
        int green = reply.get() & 0xff;
        int blue = reply.get() & 0xff;
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    return image;
  }

  @Override
  public void close() {
    lane.close();
  }
}

package dev.relive.gymnasium;

import dev.relive.environments.Box;
import dev.relive.environments.Composite;
import dev.relive.environments.Discrete;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.MultiBinary;
import dev.relive.environments.MultiDiscrete;
import dev.relive.environments.Space;
import dev.relive.environments.Wrappers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Reads what Python says about an environment that it has made. */
final class SpecReader {
  private final ByteBuffer reply;

  private SpecReader(ByteBuffer reply) {
    this.reply = reply;
  }

  /**
   * @throws IllegalArgumentException if there is a space of more or larger numbers than there are
   *     here
   */
  static EnvironmentSpec read(String id, Map<String, String> options, ByteBuffer reply) {
    return new SpecReader(reply).spec(id, options);
  }

  private EnvironmentSpec spec(String id, Map<String, String> options) {
    boolean hasThreshold = reply.get() != 0;
    double threshold = reply.getDouble();
    int maxEpisodeSteps = reply.getInt();
    return new EnvironmentSpec(
        id,
        options,
        Wrappers.NONE,
        maxEpisodeSteps,
        hasThreshold ? OptionalDouble.of(threshold) : OptionalDouble.empty(),
        space(),
        space(),
        versions());
  }

  private Space space() {
    boolean parts = reply.get() != 0;
    int count = reply.getInt();
    List<Composite.Part> leaves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leaves.add(new Composite.Part(Texts.read(reply), leaf()));
    }
    return parts ? new Composite(leaves) : leaves.get(0).space();
  }

  private Space leaf() {
    byte kind = reply.get();
    return switch (kind) {
      case 0 -> discrete();
      case 1 -> box();
      case 2 -> new MultiDiscrete(counts());
      case 3 -> new MultiBinary(shape());
      default -> throw new IllegalStateException("There is no kind of space " + kind + ".");
    };
  }

  private Discrete discrete() {
    long count = reply.getLong();
    long start = reply.getLong();
    return new Discrete(integer(count), integer(start));
  }

  private Box box() {
    int[] shape = shape();
    int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    return new Box(shape, bounds(size), bounds(size));
  }

  private float[] bounds(int size) {
    requireRemaining(size, Double.BYTES);
    float[] bounds = new float[size];
    for (int i = 0; i < size; i++) {
      bounds[i] = (float) reply.getDouble();
    }
    return bounds;
  }

  private int[] shape() {
    int dimensions = reply.getInt();
    requireRemaining(dimensions, Integer.BYTES);
    int[] shape = new int[dimensions];
    for (int i = 0; i < dimensions; i++) {
      shape[i] = reply.getInt();
    }
    return shape;
  }

  private int[] counts() {
    int size = reply.getInt();
    requireRemaining(size, Long.BYTES);
    int[] counts = new int[size];
    for (int i = 0; i < size; i++) {
      counts[i] = integer(reply.getLong());
    }
    return counts;
  }

  private Map<String, String> versions() {
    int count = reply.getInt();
    Map<String, String> versions = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      versions.put(Texts.read(reply), Texts.read(reply));
    }
    return versions;
  }

  private void requireRemaining(int count, int bytes) {
    if (count < 0 || count > reply.remaining() / bytes) {
      throw new IllegalStateException("A space is cut short.");
    }
  }

  private static int integer(long value) {
    if (value != (int) value) {
      throw new IllegalArgumentException(
          "it has a space with the number " + value + ", and integers of 32 bits are the largest");
    }
    return (int) value;
  }
}

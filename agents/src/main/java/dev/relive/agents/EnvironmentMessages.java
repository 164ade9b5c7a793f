package dev.relive.agents;

import dev.relive.environments.Box;
import dev.relive.environments.Composite;
import dev.relive.environments.Discrete;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Environments;
import dev.relive.environments.MultiBinary;
import dev.relive.environments.MultiDiscrete;
import dev.relive.environments.Space;
import dev.relive.environments.Wrappers;
import dev.relive.log.ElementType;
import dev.relive.log.Settings;
import dev.relive.log.wire.SpaceKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Environments as the log's messages and back. */
public final class EnvironmentMessages {
  private static final int BYTE_VALUES = 256;

  private EnvironmentMessages() {}

  /** An environment as a message, its spaces as the log stores their values. */
  public static dev.relive.log.wire.EnvironmentSpec message(EnvironmentSpec environment) {
    dev.relive.log.wire.EnvironmentSpec.Builder message =
        dev.relive.log.wire.EnvironmentSpec.newBuilder()
            .setId(environment.id())
            .addAllOptions(Settings.of(environment.options()).toMessages())
            .addAllWrappers(environment.wrappers().texts())
            .setMaxEpisodeSteps(environment.maxEpisodeSteps())
            .setObservations(message(environment.observationSpace()))
            .setActions(message(environment.actionSpace()))
            .addAllVersions(Settings.of(environment.versions()).toMessages());
    environment.rewardThreshold().ifPresent(message::setRewardThreshold);
    return message.build();
  }

  /**
   * The environment that a message describes.
   *
   * @throws IllegalArgumentException when this program has none such
   */
  public static EnvironmentSpec environment(dev.relive.log.wire.EnvironmentSpec message) {
    Map<String, String> options = Settings.of(message.getOptionsList()).asMap();
    options.putAll(Wrappers.options(message.getWrappersList()));
    EnvironmentSpec known = Environments.spec(message.getId(), options);
    dev.relive.log.wire.EnvironmentSpec here = message(known);
    if (!here.getObservations().equals(message.getObservations())
        || !here.getActions().equals(message.getActions())) {
      throw new IllegalArgumentException(
          "The environment %s of the run has other spaces than this program's: observations %s, actions %s."
              .formatted(message.getId(), known.observationSpace(), known.actionSpace()));
    }
    return new EnvironmentSpec(
        known.id(),
        known.options(),
        known.wrappers(),
        Math.toIntExact(message.getMaxEpisodeSteps()),
        message.hasRewardThreshold()
            ? OptionalDouble.of(message.getRewardThreshold())
            : OptionalDouble.empty(),
        known.observationSpace(),
        known.actionSpace(),
        known.versions());
  }

  /** How the log stores a space's values: integers as bits or bytes where all fit, else as ints. */
  public static ElementType elementType(Space space) {
    if (!space.integral()) {
      return ElementType.FLOAT32;
    }
    if (space instanceof MultiBinary) {
      return ElementType.BIT;
    }
    boolean bytes = true;
    for (int i = 0; i < space.size(); i++) {
      bytes &= space.low(i) >= 0 && space.high(i) < BYTE_VALUES;
    }
    return bytes ? ElementType.UINT8 : ElementType.INT32;
  }

  /** The shape of a space's values in the log; empty for a single number. */
  public static int[] rowShape(Space space) {
    if (space instanceof Box box) {
      return box.shape();
    }
    if (space instanceof MultiBinary binary) {
      return binary.shape();
    }
    return space instanceof Discrete ? new int[0] : new int[] {space.size()};
  }

  private static dev.relive.log.wire.Space message(Space space) {
    dev.relive.log.wire.Space.Builder message =
        dev.relive.log.wire.Space.newBuilder().setType(elementType(space).wire());
    Arrays.stream(rowShape(space)).forEach(message::addShape);
    if (space instanceof Discrete discrete) {
      message.setKind(SpaceKind.DISCRETE).addCounts(discrete.count()).setStart(discrete.start());
    } else if (space instanceof MultiDiscrete integers) {
      message.setKind(SpaceKind.MULTI_DISCRETE);
      IntStream.range(0, integers.size()).mapToLong(integers::count).forEach(message::addCounts);
    } else if (space instanceof MultiBinary) {
      message.setKind(SpaceKind.MULTI_BINARY);
    } else {
      message.setKind(SpaceKind.BOX);
      message.addAllLow(bounds(space.size(), space::low));
      message.addAllHigh(bounds(space.size(), space::high));
    }
    if (space instanceof Composite composite) {
      for (Composite.Part part : composite.parts()) {
        message.addPartNames(part.name()).addPartSizes(part.space().size());
      }
      List<Long> counts = composite.parts().stream().flatMap(part -> counts(part.space())).toList();
      if (counts.stream().anyMatch(count -> count > 0)) {
        message.addAllCounts(counts);
      }
    }
    return message.build();
  }

  /** How many categories each number of a row chooses from; 0: it is none. */
  private static Stream<Long> counts(Space space) {
    if (space instanceof Composite composite) {
      return composite.parts().stream().flatMap(part -> counts(part.space()));
    }
    if (space instanceof Discrete discrete) {
      return Stream.of((long) discrete.count());
    }
    return space instanceof MultiDiscrete integers
        ? IntStream.range(0, integers.size()).mapToObj(i -> (long) integers.count(i))
        : Stream.generate(() -> 0L).limit(space.size());
  }

  /** One bound for each element, or one where all are the same. */
  private static List<Double> bounds(int size, IntToDoubleFunction bound) {
    List<Double> bounds = IntStream.range(0, size).mapToDouble(bound).boxed().toList();
    return bounds.stream().distinct().count() == 1 ? bounds.subList(0, 1) : bounds;
  }
}

package dev.relive.agents;

import dev.relive.environments.Box;
import dev.relive.environments.Discrete;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Environments;
import dev.relive.environments.Space;
import dev.relive.log.ElementType;
import dev.relive.log.Settings;
import dev.relive.log.wire.SpaceKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

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
            .setMaxEpisodeSteps(environment.maxEpisodeSteps())
            .setObservations(message(environment.observationSpace(), ElementType.FLOAT32))
            .setActions(message(environment.actionSpace(), actionType(environment.actionSpace())));
    environment.rewardThreshold().ifPresent(message::setRewardThreshold);
    return message.build();
  }

  /**
   * The environment that a message describes.
   *
   * @throws IllegalArgumentException when this program has none such
   */
  public static EnvironmentSpec environment(dev.relive.log.wire.EnvironmentSpec message) {
    EnvironmentSpec known =
        Environments.spec(message.getId(), Settings.of(message.getOptionsList()).asMap());
    dev.relive.log.wire.EnvironmentSpec here = message(known);
    if (!here.getObservations().equals(message.getObservations())
        || !here.getActions().equals(message.getActions())
        || message.getWrappersCount() > 0) {
      throw new IllegalArgumentException(
          "The environment %s of the run has other spaces or wrappers than this program's: observations %s, actions %s."
              .formatted(message.getId(), known.observationSpace(), known.actionSpace()));
    }
    return new EnvironmentSpec(
        known.id(),
        known.options(),
        Math.toIntExact(message.getMaxEpisodeSteps()),
        message.hasRewardThreshold()
            ? OptionalDouble.of(message.getRewardThreshold())
            : OptionalDouble.empty(),
        known.observationSpace(),
        known.actionSpace());
  }

  /** How the log stores actions: discrete ones as bytes where all fit, else as ints. */
  public static ElementType actionType(Space actions) {
    if (actions instanceof Discrete discrete) {
      return discrete.start() >= 0 && discrete.start() + (long) discrete.count() <= BYTE_VALUES
          ? ElementType.UINT8
          : ElementType.INT32;
    }
    return ElementType.FLOAT32;
  }

  private static dev.relive.log.wire.Space message(Space space, ElementType type) {
    dev.relive.log.wire.Space.Builder message =
        dev.relive.log.wire.Space.newBuilder().setType(type.wire());
    if (space instanceof Discrete discrete) {
      message.setKind(SpaceKind.DISCRETE).addCounts(discrete.count()).setStart(discrete.start());
    } else if (space instanceof Box box) {
      message.setKind(SpaceKind.BOX);
      Arrays.stream(box.shape()).forEach(message::addShape);
      message.addAllLow(bounds(box, true)).addAllHigh(bounds(box, false));
    }
    return message.build();
  }

  /** One bound for each element, or one where all are the same. */
  private static List<Double> bounds(Box box, boolean low) {
    List<Double> bounds = new ArrayList<>();
    for (int i = 0; i < box.size(); i++) {
      bounds.add((double) (low ? box.low(i) : box.high(i)));
    }
    return bounds.stream().distinct().count() == 1 ? bounds.subList(0, 1) : bounds;
  }
}

package dev.relive.learner;

import dev.relive.environments.random.GeneratorState;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.CheckpointState.RandomStream;

/** Random streams as a checkpoint keeps them. */
final class RandomStreams {
  private RandomStreams() {}

  static RandomStream message(String name, GeneratorState state) {
    RandomStream.Builder stream =
        RandomStream.newBuilder()
            .setName(name)
            .setStateHigh(state.high())
            .setStateLow(state.low())
            .setIncrementHigh(state.incrementHigh())
            .setIncrementLow(state.incrementLow());
    if (state.hasHalf()) {
      stream.setKeptHalf(state.half());
    }
    return stream.build();
  }

  /**
   * The stream of that name.
   *
   * @throws IllegalArgumentException if the checkpoint has none
   */
  static GeneratorState state(String name, CheckpointState checkpoint) {
    RandomStream stream =
        checkpoint.getRandomStreamsList().stream()
            .filter(candidate -> candidate.getName().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Checkpoint %d has no random stream '%s'."
                            .formatted(checkpoint.getOrdinal(), name)));
    return new GeneratorState(
        stream.getStateHigh(),
        stream.getStateLow(),
        stream.getIncrementHigh(),
        stream.getIncrementLow(),
        stream.hasKeptHalf(),
        stream.getKeptHalf());
  }
}

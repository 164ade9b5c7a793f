package dev.relive.agents;

import dev.relive.log.Settings;
import dev.relive.log.wire.EnvironmentSpec;
import dev.relive.log.wire.Preprocessing;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an agent does to observations as the log's message and back. It travels with the weights, so
 * that whoever acts by them sees what they have learned to see; of observations that stay as they
 * are there is nothing to say.
 */
public final class PreprocessingMessages {
  /** Whether categories become one number for each: {@code true} where they do. */
  public static final String ONE_HOT = "observation.one-hot";

  /** Frames that the network sees at once, where it is more than one. */
  public static final String STACK = "observation.stack";

  /** Whether numbers are normalised: {@code true} where they are. */
  public static final String NORMALISE = "observation.normalise";

  private static final List<String> KNOWN = List.of(NORMALISE, ONE_HOT, STACK);
  private static final String MEAN = "mean";
  private static final String DEVIATION = "deviation";

  private PreprocessingMessages() {}

  /** What an encoder does, and by which statistics. */
  public static Preprocessing message(ObservationEncoder encoder) {
    ObservationEncoding encoding = encoder.encoding();
    Map<String, String> settings = new TreeMap<>();
    if (encoding.oneHot()) {
      settings.put(ONE_HOT, "true");
    }
    if (encoding.frames() > 1) {
      settings.put(STACK, Integer.toString(encoding.frames()));
    }
    if (encoding.normalised()) {
      settings.put(NORMALISE, "true");
    }
    Preprocessing.Builder message =
        Preprocessing.newBuilder().addAllSettings(Settings.of(settings).toMessages());
    if (encoding.normalised()) {
      message.setStatistics(ModelMessages.message(tensors(encoder.normalisation())));
    }
    return message.build();
  }

  /**
   * What a message says is done to an environment's observations.
   *
   * @throws IllegalArgumentException when this program does not know it, or it does not fit
   */
  public static ObservationEncoding encoding(Preprocessing message, EnvironmentSpec environment) {
    Settings settings =
        Settings.of(Map.of(ONE_HOT, "false", STACK, "1", NORMALISE, "false"))
            .with(Settings.of(message.getSettingsList()));
    for (String name : settings.names()) {
      if (!KNOWN.contains(name)) {
        throw new IllegalArgumentException(
            "The preprocessing %s is unknown; known are %s.".formatted(name, KNOWN));
      }
    }
    return ObservationEncoding.of(
        environment,
        settings.flag(ONE_HOT) ? OneHot.TRUE : OneHot.FALSE,
        settings.smallInteger(STACK, 1, Integer.MAX_VALUE),
        settings.flag(NORMALISE));
  }

  /**
   * The statistics of a message.
   *
   * @throws IllegalArgumentException when they are damaged, or not those of the encoding
   */
  public static Normalisation normalisation(Preprocessing message, ObservationEncoding encoding) {
    if (!encoding.normalised()) {
      return Normalisation.none(encoding.rawSize());
    }
    Tensors tensors =
        ModelMessages.tensors(message.getStatistics()).requireSpecs(specs(encoding.rawSize()));
    return new Normalisation(tensors.tensor(MEAN), tensors.tensor(DEVIATION));
  }

  private static List<TensorSpec> specs(int size) {
    return List.of(TensorSpec.of(MEAN, size), TensorSpec.of(DEVIATION, size));
  }

  private static Tensors tensors(Normalisation normalisation) {
    int size = normalisation.mean().length;
    float[] values = new float[2 * size];
    System.arraycopy(normalisation.mean(), 0, values, 0, size);
    System.arraycopy(normalisation.deviation(), 0, values, size, size);
    return Tensors.of(specs(size), values);
  }
}

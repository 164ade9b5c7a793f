package dev.relive.agents;

import static java.util.stream.Collectors.joining;

import dev.relive.log.wire.Preprocessing;
import dev.relive.log.wire.Setting;
import dev.relive.log.wire.Snapshot;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** A snapshot as a safetensors file that explains itself without the log that it came from. */
public final class SnapshotFile {
  private SnapshotFile() {}

  /**
   * The file's bytes: the tensors of the network, and as metadata where they come from and how the
   * network is built.
   *
   * @throws IllegalArgumentException when the weights are damaged, or not those of the network
   */
  public static byte[] encode(Snapshot snapshot) {
    NetworkSpec network = ModelMessages.network(snapshot.getNetwork());
    Tensors weights = ModelMessages.tensors(snapshot.getWeights()).requireSpecs(network.tensors());
    return Safetensors.encode(weights, metadata(snapshot, network));
  }

  private static Map<String, String> metadata(Snapshot snapshot, NetworkSpec network) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("run", snapshot.getRun());
    metadata.put("version", Long.toString(snapshot.getVersion()));
    metadata.put("generation", Long.toString(snapshot.getGeneration()));
    metadata.put("parent_version", Long.toString(snapshot.getParentVersion()));
    metadata.put("steps", Long.toString(snapshot.getRunSteps()));
    metadata.put("updates", Long.toString(snapshot.getUpdates()));
    metadata.put("reason", snapshot.getReason().name().toLowerCase(Locale.ROOT));
    metadata.put("environment", snapshot.getEnvironment());
    metadata.put("algorithm", snapshot.getAlgorithm());
    metadata.put("network", snapshot.getNetwork().getKind());
    metadata.put("observation_size", Integer.toString(network.observationSize()));
    Convolutions convolutions = network.convolutions();
    if (convolutions != null) {
      metadata.put("image_shape", list(snapshot.getNetwork().getImageShapeList()));
      metadata.put("convolution_channels", list(convolutions.filters()));
    }
    metadata.put("hidden_sizes", list(network.hiddenSizes()));
    metadata.put("action_count", Integer.toString(network.actionCount()));
    metadata.put("activation", ModelMessages.name(network.activation()));
    metadata.put("heads", ModelMessages.name(network.heads()));
    putPreprocessing(snapshot.getPreprocessing(), metadata);
    metadata.put(
        "sha256", HexFormat.of().formatHex(snapshot.getWeights().getSha256().toByteArray()));
    return metadata;
  }

  /** What is done to an observation before the network; nothing where nothing is. */
  private static void putPreprocessing(Preprocessing preprocessing, Map<String, String> metadata) {
    for (Setting setting : preprocessing.getSettingsList()) {
      metadata.put(setting.getName().replace('.', '_').replace('-', '_'), setting.getValue());
    }
    if (preprocessing.hasStatistics()) {
      Tensors statistics = ModelMessages.tensors(preprocessing.getStatistics());
      for (TensorSpec spec : statistics.specs()) {
        metadata.put("observation_" + spec.name(), list(statistics.tensor(spec.name())));
      }
    }
  }

  private static String list(float[] numbers) {
    return IntStream.range(0, numbers.length)
        .mapToObj(i -> Float.toString(numbers[i]))
        .collect(joining(","));
  }

  private static String list(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(joining(","));
  }
}

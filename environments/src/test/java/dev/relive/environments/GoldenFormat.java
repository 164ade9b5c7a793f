package dev.relive.environments;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What the header of a file of reference trajectories says of the lines below it. */
record GoldenFormat(JsonNode header) {
  /** The environment's id. */
  String id() {
    return header.get("env_id").asText();
  }

  /** The options it was made with. */
  Map<String, String> options() {
    return texts(header.path("kwargs"));
  }

  boolean vector() {
    return header.get("format").asText().startsWith("golden-vec");
  }

  int maxEpisodeSteps() {
    return header.get("max_episode_steps").asInt(0);
  }

  OptionalDouble rewardThreshold() {
    JsonNode threshold = header.get("reward_threshold");
    return threshold.isNull() ? OptionalDouble.empty() : OptionalDouble.of(threshold.doubleValue());
  }

  Space observationSpace() {
    return space(header.get("observation_space"));
  }

  Space actionSpace() {
    return space(header.get("action_space"));
  }

  /** The row of numbers that an observation, or an action, stands for. */
  float[] row(JsonNode value) {
    if (!value.isArray()) {
      return new float[] {Float.parseFloat(value.asText())};
    }
    float[] row = new float[value.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = Float.parseFloat(value.get(i).asText());
    }
    return row;
  }

  /** Options as text; a list is its elements with commas between. */
  static Map<String, String> texts(JsonNode options) {
    Map<String, String> texts = new HashMap<>();
    options.forEachEntry(
        (name, value) -> {
          List<String> elements = new ArrayList<>();
          value.forEach(element -> elements.add(element.asText()));
          texts.put(name, value.isArray() ? String.join(",", elements) : value.asText());
        });
    return texts;
  }

  /** A state as {@link InternalState} has it; a list within it begins with its length. */
  static double[] state(JsonNode state) {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode element : state) {
      if (element.isArray()) {
        numbers.add((double) element.size());
        element.forEach(number -> numbers.add(number.doubleValue()));
      } else {
        numbers.add(element.doubleValue());
      }
    }
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static Space space(JsonNode space) {
    return switch (space.get("type").asText()) {
      case "Discrete" -> new Discrete(space.get("n").intValue(), space.get("start").intValue());
      case "Box" -> box(space);
      case "Tuple" -> tuple(space.get("spaces"));
      default -> throw new IllegalArgumentException("A space is " + space + ".");
    };
  }

  private static Box box(JsonNode space) {
    int[] shape = new int[space.get("shape").size()];
    int size = 1;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = space.get("shape").get(i).intValue();
      size *= shape[i];
    }
    float[] low = new float[size];
    float[] high = new float[size];
    for (int i = 0; i < size; i++) {
      low[i] = bound(space.get("low"), i);
      high[i] = bound(space.get("high"), i);
    }
    return new Box(shape, low, high);
  }

  /** A bound of an element, where all may have the same. */
  private static float bound(JsonNode bounds, int element) {
    JsonNode bound = bounds.isArray() ? bounds.get(element) : bounds;
    return switch (bound.asText()) {
      case "inf" -> Float.POSITIVE_INFINITY;
      case "-inf" -> Float.NEGATIVE_INFINITY;
      default -> Float.parseFloat(bound.asText());
    };
  }

  /** The parts of a tuple have no names there, so that they are numbered here. */
  private static Composite tuple(JsonNode spaces) {
    List<Composite.Part> parts = new ArrayList<>();
    for (JsonNode space : spaces) {
      parts.add(new Composite.Part(String.valueOf(parts.size()), space(space)));
    }
    return new Composite(parts);
  }
}

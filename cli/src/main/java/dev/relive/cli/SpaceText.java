package dev.relive.cli;

import static java.util.stream.Collectors.joining;

import dev.relive.environments.Box;
import dev.relive.environments.Composite;
import dev.relive.environments.Discrete;
import dev.relive.environments.MultiBinary;
import dev.relive.environments.MultiDiscrete;
import dev.relive.environments.Space;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Spaces for people, and by name for JSON. */
final class SpaceText {

  private SpaceText() {}

  /** In a few letters, without bounds: Box(10×10×4), Discrete(2), 3 parts. */
  static String brief(Space space) {
    if (space instanceof Box box) {
      return "Box(%s)".formatted(shape(box.shape()));
    }
    if (space instanceof Discrete discrete && discrete.start() != 0) {
      return "Discrete(%d to %.0f)".formatted(discrete.start(), discrete.high(0));
    }
    if (space instanceof MultiBinary binary) {
      return "MultiBinary(%s)".formatted(shape(binary.shape()));
    }
    if (space instanceof Composite composite) {
      return composite.parts().size() + " parts";
    }
    return space.toString();
  }

  private static String shape(int[] shape) {
    return Arrays.stream(shape).mapToObj(Integer::toString).collect(joining("×"));
  }

  /** A line for all of it, or one for each part of a composite space. */
  static List<String> full(Space space) {
    return space instanceof Composite composite
        ? composite.parts().stream().map(part -> part.name() + ": " + part.space()).toList()
        : List.of(space.toString());
  }

  /** By name; a bound that is infinite is null, and one that all elements share is one number. */
  static Map<String, @Nullable Object> json(Space space) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("size", space.size());
    if (space instanceof Discrete discrete) {
      json.put("kind", "discrete");
      json.put("count", discrete.count());
      json.put("start", discrete.start());
    } else if (space instanceof MultiDiscrete several) {
      json.put("kind", "multi-discrete");
      json.put("counts", elements(several, several::count));
    } else if (space instanceof MultiBinary binary) {
      json.put("kind", "multi-binary");
      json.put("shape", binary.shape());
    } else if (space instanceof Box box) {
      json.put("kind", "box");
      json.put("shape", box.shape());
      json.put("low", bounds(box, box::low));
      json.put("high", bounds(box, box::high));
    } else if (space instanceof Composite composite) {
      json.put("kind", "composite");
      json.put("parts", composite.parts().stream().map(SpaceText::part).toList());
    }
    return json;
  }

  private static Map<String, Object> part(Composite.Part part) {
    return Map.of("name", part.name(), "space", json(part.space()));
  }

  private static @Nullable Object bounds(Box box, IntFunction<Double> bound) {
    List<@Nullable Object> all =
        elements(
            box, element -> Double.isInfinite(bound.apply(element)) ? null : bound.apply(element));
    return all.stream().distinct().count() == 1 ? all.get(0) : all;
  }

  private static List<@Nullable Object> elements(
      Space space, IntFunction<? extends @Nullable Object> element) {
    return Arrays.asList(IntStream.range(0, space.size()).mapToObj(element).toArray());
  }
}

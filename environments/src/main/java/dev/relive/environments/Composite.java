package dev.relive.environments;

import static java.util.stream.Collectors.joining;

import dev.relive.environments.random.Generator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Named parts, one behind the other in a row: a dictionary or a tuple of spaces, flattened.
 *
 * @param parts one or more, in the order of the row; a part of a part is named a.b
 */
public record Composite(List<Part> parts) implements Space {

  /** A part of a row. */
  public record Part(String name, Space space) {}

  /** Rejects a space without parts, and two parts with one name. */
  public Composite {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("A composite space needs one or more parts.");
    }
    Set<String> names = new HashSet<>();
    for (Part part : parts) {
      if (!names.add(part.name())) {
        throw new IllegalArgumentException(
            "A composite space has two parts named '" + part.name() + "'.");
      }
    }
  }

  @Override
  public int size() {
    return parts.stream().mapToInt(part -> part.space().size()).sum();
  }

  @Override
  public boolean integral() {
    return parts.stream().allMatch(part -> part.space().integral());
  }

  @Override
  public double low(int element) {
    int offset = 0;
    for (Part part : parts) {
      if (element < offset + part.space().size()) {
        return part.space().low(element - offset);
      }
      offset += part.space().size();
    }
    throw new IndexOutOfBoundsException(element);
  }

  @Override
  public double high(int element) {
    int offset = 0;
    for (Part part : parts) {
      if (element < offset + part.space().size()) {
        return part.space().high(element - offset);
      }
      offset += part.space().size();
    }
    throw new IndexOutOfBoundsException(element);
  }

  /** Its parts in their order, all from one stream, while Gymnasium has one for each. */
  @Override
  public void sample(Generator random, float[] rows, int offset) {
    int next = offset;
    for (Part part : parts) {
      part.space().sample(random, rows, next);
      next += part.space().size();
    }
  }

  @Override
  public void sample(Generator random, int[] rows, int offset) {
    int next = offset;
    for (Part part : parts) {
      part.space().sample(random, rows, next);
      next += part.space().size();
    }
  }

  @Override
  public String toString() {
    return parts.stream()
        .map(part -> part.name() + " " + part.space())
        .collect(joining(", ", "Composite(", ")"));
  }
}

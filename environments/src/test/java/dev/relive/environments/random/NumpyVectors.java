package dev.relive.environments.random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;

/** What NumPy gives: see README.md beside the file. */
public final class NumpyVectors {
  private static final String FILE = "numpy-2.4.6.json.gz";

  private NumpyVectors() {}

  public static JsonNode read() {
    try (InputStream file =
            Objects.requireNonNull(NumpyVectors.class.getResourceAsStream(FILE), FILE);
        InputStream json = new GZIPInputStream(file)) {
      return new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<JsonNode> list(JsonNode array) {
    if (!array.isArray() || array.isEmpty()) {
      throw new AssertionError("not a list with elements: " + array);
    }
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  public static long[] unsignedLongs(JsonNode array) {
    return list(array).stream().mapToLong(node -> Long.parseUnsignedLong(node.asText())).toArray();
  }

  /** Signed numbers, as JSON numbers or strings. */
  public static long[] longs(JsonNode array) {
    return list(array).stream().mapToLong(node -> Long.parseLong(node.asText())).toArray();
  }

  public static int[] unsignedInts(JsonNode array) {
    return list(array).stream().mapToInt(node -> Integer.parseUnsignedInt(node.asText())).toArray();
  }

  public static double[] doubles(JsonNode array) {
    return list(array).stream().mapToDouble(JsonNode::doubleValue).toArray();
  }

  public static float[] floats(JsonNode array) {
    float[] floats = new float[array.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Float.parseFloat(array.get(i).asText());
    }
    return floats;
  }
}

package dev.relive.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The safetensors file format, for float32 tensors: what Python's {@code safetensors} package reads
 * and writes. The same tensors always give the same bytes.
 *
 * <pre>
 * +----------------+--------------------------------------+---------------------------+
 * | n: LE uint64   | n bytes of JSON, padded with spaces  | data: LE float32          |
 * +----------------+--------------------------------------+---------------------------+
 *   {"NAME": {"dtype": "F32", "shape": [2, 3], "data_offsets": [begin, end]}, …}
 * </pre>
 *
 * Offsets are bytes from the start of the data; the tensors cover it without gaps.
 */
public final class Safetensors {

  private static final String METADATA = "__metadata__";
  private static final int ALIGNMENT = 8;

  private Safetensors() {}

  /** The tensors as a file, in their order. */
  public static byte[] encode(Tensors tensors) {
    return encode(tensors, Map.of());
  }

  /**
   * The tensors as a file, in their order.
   *
   * @param metadata what the file says of itself, in the map's order
   */
  public static byte[] encode(Tensors tensors, Map<String, String> metadata) {
    byte[] header = header(tensors.specs(), metadata).getBytes(UTF_8);
    int padded = (header.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    long size = Long.BYTES + padded + (long) tensors.values().length * Float.BYTES;
    ByteBuffer file = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(padded).put(header);
    while (file.position() < Long.BYTES + padded) {
      file.put((byte) ' ');
    }
    file.asFloatBuffer().put(tensors.values());
    return file.array();
  }

  private static String header(List<TensorSpec> specs, Map<String, String> metadata) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      if (!metadata.isEmpty()) {
        json.name(METADATA).beginObject();
        for (Map.Entry<String, String> each : metadata.entrySet()) {
          json.name(each.getKey()).value(each.getValue());
        }
        json.endObject();
      }
      long offset = 0;
      for (TensorSpec spec : specs) {
        json.name(spec.name()).beginObject().name("dtype").value("F32").name("shape").beginArray();
        for (int extent : spec.shape()) {
          json.value(extent);
        }
        long end = offset + (long) spec.size() * Float.BYTES;
        json.endArray().name("data_offsets").beginArray().value(offset).value(end).endArray();
        json.endObject();
        offset = end;
      }
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * The tensors of a file, in the order of their data. Reads the buffer's remaining bytes and
   * leaves its position.
   *
   * @throws IllegalArgumentException when this is no such file, or holds other types than float32
   */
  public static Tensors decode(ByteBuffer bytes) {
    ByteBuffer file = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (file.remaining() < Long.BYTES) {
      throw malformed("it has " + file.remaining() + " bytes, and its length field alone takes 8");
    }
    long headerSize = file.getLong();
    if (headerSize < 0 || headerSize > file.remaining()) {
      throw malformed(
          "its header should take "
              + Long.toUnsignedString(headerSize)
              + " bytes, and "
              + file.remaining()
              + " follow");
    }
    byte[] header = new byte[(int) headerSize];
    file.get(header);
    List<TensorSpec> specs = specs(entries(new String(header, UTF_8)), file.remaining());
    float[] values = new float[file.remaining() / Float.BYTES];
    file.asFloatBuffer().get(values);
    return Tensors.of(specs, values);
  }

  /** One tensor as the header declares it. */
  private record Entry(String name, String type, List<Integer> shape, List<Long> offsets) {}

  private static List<TensorSpec> specs(List<Entry> entries, int dataSize) {
    List<TensorSpec> specs = new ArrayList<>();
    long offset = 0;
    for (Entry entry : entries) {
      if (!entry.type().equals("F32")) {
        throw malformed(
            "the tensor "
                + entry.name()
                + " is of type "
                + entry.type()
                + ", and only F32 is read");
      }
      TensorSpec spec = new TensorSpec(entry.name(), entry.shape());
      long end = offset + (long) spec.size() * Float.BYTES;
      List<Long> expected = List.of(offset, end);
      if (!entry.offsets().equals(expected)) {
        throw malformed(
            "the tensor " + spec + " lies at " + entry.offsets() + " instead of " + expected);
      }
      specs.add(spec);
      offset = end;
    }
    if (offset != dataSize) {
      throw malformed("its tensors take " + offset + " bytes, and " + dataSize + " are there");
    }
    return specs;
  }

  private static List<Entry> entries(String header) {
    List<Entry> entries = new ArrayList<>();
    try (JsonReader json = new JsonReader(new StringReader(header))) {
      json.setStrictness(Strictness.STRICT);
      json.beginObject();
      while (json.hasNext()) {
        String name = json.nextName();
        if (name.equals(METADATA)) {
          json.skipValue();
        } else {
          entries.add(entry(name, json));
        }
      }
      json.endObject();
      if (json.peek() != JsonToken.END_DOCUMENT) {
        throw new IOException("more follows the header's object");
      }
    } catch (IOException | IllegalStateException | NumberFormatException | ArithmeticException e) {
      IllegalArgumentException malformed = malformed("its header is not the JSON expected");
      malformed.initCause(e);
      throw malformed;
    }
    entries.sort(Comparator.comparing(entry -> entry.offsets().get(0)));
    return entries;
  }

  private static Entry entry(String name, JsonReader json) throws IOException {
    String type = "";
    List<Integer> shape = List.of();
    List<Long> offsets = List.of();
    json.beginObject();
    while (json.hasNext()) {
      String field = json.nextName();
      switch (field) {
        case "dtype" -> type = json.nextString();
        case "shape" -> shape = longs(json).stream().map(Math::toIntExact).toList();
        case "data_offsets" -> offsets = longs(json);
        default -> throw malformed("the tensor " + name + " has the unknown field " + field);
      }
    }
    json.endObject();
    if (offsets.size() != 2) {
      throw malformed("the tensor " + name + " has the data_offsets " + offsets);
    }
    return new Entry(name, type, shape, offsets);
  }

  private static List<Long> longs(JsonReader json) throws IOException {
    List<Long> values = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      values.add(json.nextLong());
    }
    json.endArray();
    return values;
  }

  private static IllegalArgumentException malformed(String reason) {
    return new IllegalArgumentException("Not a safetensors file of ours: " + reason + ".");
  }
}

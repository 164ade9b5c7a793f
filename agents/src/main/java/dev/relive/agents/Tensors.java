package dev.relive.agents;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;

/**
 * Named float32 tensors, cut in declaration order from one flat vector. This is how weights leave
 * and enter the program.
 */
public final class Tensors {

  private final List<TensorSpec> specs;
  private final float[] values;

  private Tensors(List<TensorSpec> specs, float[] values) {
    this.specs = specs;
    this.values = values;
  }

  /**
   * Names for the pieces of a vector, which is not copied.
   *
   * @throws IllegalArgumentException when the sizes do not add up to the vector's length, or a name
   *     comes twice
   */
  public static Tensors of(List<TensorSpec> specs, float[] values) {
    long size = specs.stream().mapToLong(TensorSpec::size).sum();
    if (size != values.length) {
      throw new IllegalArgumentException(
          "Tensors of together " + size + " numbers cannot be cut from " + values.length + ".");
    }
    if (specs.stream().map(TensorSpec::name).distinct().count() != specs.size()) {
      throw new IllegalArgumentException(
          "The names of tensors must differ: "
              + specs.stream().map(TensorSpec::name).collect(Collectors.joining(", "))
              + ".");
    }
    return new Tensors(List.copyOf(specs), values);
  }

  /** Whole vectors by name, in the map's order, copied into one. */
  static Tensors ofVectors(Map<String, float[]> vectors) {
    List<TensorSpec> specs = new ArrayList<>();
    vectors.forEach((name, vector) -> specs.add(TensorSpec.of(name, vector.length)));
    FloatBuffer values =
        FloatBuffer.allocate(specs.stream().mapToInt(TensorSpec::size).reduce(0, Math::addExact));
    vectors.values().forEach(values::put);
    return of(specs, values.array());
  }

  /** Names and shapes, in the order of the vector. */
  public List<TensorSpec> specs() {
    return specs;
  }

  /** The vector itself, not a copy. */
  public float[] values() {
    return values;
  }

  /**
   * A copy of one tensor's elements, in row-major order.
   *
   * @throws NoSuchElementException when there is none of this name
   */
  public float[] tensor(String name) {
    int offset = 0;
    for (TensorSpec spec : specs) {
      if (spec.name().equals(name)) {
        return Arrays.copyOfRange(values, offset, offset + spec.size());
      }
      offset += spec.size();
    }
    throw new NoSuchElementException("There is no tensor " + name + ".");
  }

  /**
   * Makes sure that these are the tensors expected.
   *
   * @throws IllegalArgumentException when names, shapes or order differ
   */
  public Tensors requireSpecs(List<TensorSpec> expected) {
    if (!specs.equals(expected)) {
      throw new IllegalArgumentException(
          "Expected the tensors " + expected + ", not " + specs + ".");
    }
    return this;
  }

  /**
   * SHA-256 over the tensors in their order: each one's name in UTF-8, a zero byte, {@code F32},
   * the number of extents and the extents as little-endian int32, then its elements as
   * little-endian float32.
   */
  public byte[] sha256() {
    MessageDigest digest = newSha256();
    int offset = 0;
    for (TensorSpec spec : specs) {
      digest.update(spec.name().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update("F32".getBytes(StandardCharsets.US_ASCII));
      ByteBuffer shape = littleEndian(Integer.BYTES * (1 + spec.shape().size()));
      shape.putInt(spec.shape().size());
      spec.shape().forEach(shape::putInt);
      digest.update(shape.flip());
      ByteBuffer elements = littleEndian(Math.multiplyExact(spec.size(), Float.BYTES));
      elements.asFloatBuffer().put(values, offset, spec.size());
      digest.update(elements);
      offset += spec.size();
    }
    return digest.digest();
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}

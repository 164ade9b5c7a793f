package dev.relive.agents.torch;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.Arrays;
import java.util.List;

/**
 * One flat float32 vector in a device's memory, which scripts see whole or cut into tensors. It
 * starts as zeros.
 */
public final class DeviceVector implements AutoCloseable {

  private final TorchScript script;
  private final PtNDArray vector;
  private final IValue value;
  private final IValue whole;
  private final IValue tensors;
  private final HostTensor host;

  /**
   * @param shapes the tensors that lie one behind the other in the vector
   */
  public DeviceVector(Compute compute, List<long[]> shapes) {
    script = compute.vectorScript();
    long[] sizes = shapes.stream().mapToLong(DeviceVector::size).toArray();
    long size = Arrays.stream(sizes).sum();
    vector = compute.zeros(size);
    value = IValue.from(vector);
    whole = IValue.listFrom(vector);
    host = compute.hostTensor(DataType.FLOAT32, size);
    tensors = cut(sizes, shapes);
  }

  private static long size(long[] shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  private IValue cut(long[] sizes, List<long[]> shapes) {
    IValue[] each = shapes.stream().map(IValue::listFrom).toArray(IValue[]::new);
    try (IValue sizeList = IValue.listFrom(sizes);
        IValue shapeList = IValue.listFrom(each)) {
      return script.call("cut", value, sizeList, shapeList);
    } finally {
      for (IValue shape : each) {
        shape.close();
      }
    }
  }

  /** A list of one tensor, the vector itself. */
  public IValue whole() {
    return whole;
  }

  /** The vector as one tensor. */
  public IValue value() {
    return value;
  }

  /** The list of tensors that the vector is cut into; they share its memory. */
  public IValue tensors() {
    return tensors;
  }

  /** Number of elements. */
  public int size() {
    return host.floats().capacity();
  }

  /**
   * Overwrites the vector.
   *
   * @throws IllegalArgumentException when there are not exactly {@link #size} values
   */
  public void write(float[] values) {
    if (values.length != size()) {
      throw new IllegalArgumentException(
          "A vector of " + size() + " numbers cannot take " + values.length + ".");
    }
    host.floats().put(0, values);
    script.run("copy", value, host.value());
  }

  /** A copy of the vector. */
  public float[] read() {
    script.run("copy", host.value(), value);
    float[] values = new float[size()];
    host.floats().get(0, values);
    return values;
  }

  @Override
  public void close() {
    tensors.close();
    whole.close();
    value.close();
    vector.close();
    host.close();
  }
}

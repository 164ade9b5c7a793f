package dev.relive.agents.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/**
 * A tensor in host memory that is at the same time a direct buffer of ours: what Java writes, the
 * next script sees, and the other way round, with nothing copied.
 *
 * <p>Scripts move it to their device and back with {@code to} and {@code copy_}, which cost nothing
 * when the device is the CPU.
 */
public final class HostTensor implements AutoCloseable {

  /** PyTorch's own alignment; vector loads then never cross a cache line. */
  private static final int ALIGNMENT = 64;

  private final ByteBuffer bytes;
  private final NDManager manager;
  private final IValue value;

  HostTensor(NDManager parent, DataType type, Shape shape) {
    int size = Math.toIntExact(Math.multiplyExact(shape.size(), (long) type.getNumOfBytes()));
    bytes =
        ByteBuffer.allocateDirect(Math.addExact(size, 2 * ALIGNMENT))
            .alignedSlice(ALIGNMENT)
            .limit(size)
            .slice()
            .order(ByteOrder.nativeOrder());
    manager = parent.newSubManager(Device.cpu());
    value = IValue.from((PtNDArray) manager.create(bytes, shape, type));
  }

  /** The numbers in row-major order, when they are float32. */
  public FloatBuffer floats() {
    return bytes.asFloatBuffer();
  }

  /** The numbers in row-major order, when they are int64. */
  public LongBuffer longs() {
    return bytes.asLongBuffer();
  }

  /** The tensor as an input of a script. */
  public IValue value() {
    return value;
  }

  @Override
  public void close() {
    value.close();
    manager.close();
  }
}

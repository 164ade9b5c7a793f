package dev.relive.agents.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where networks are computed: a device of the process's PyTorch engine, and the owner of the
 * native memory used on it.
 *
 * <p>The engine starts with the first {@code open} (about half a second; some seconds when its
 * libraries are unpacked for the first time), so open one early, on a thread of its own, while
 * other things start. It uses one thread per caller: at the sizes of these networks a second thread
 * of PyTorch's own only costs.
 *
 * <p>Instances may be shared between threads and must outlive what was made with them.
 */
public final class Compute implements AutoCloseable {

  /** What {@link #traits} names. */
  public static final List<String> TRAITS =
      List.of("device", "processor", "threads", "vector-instructions");

  private static final int THREADS = 1;

  private final NDManager manager;
  private final TorchScript vectorScript;

  private Compute(NDManager manager) {
    this.manager = manager;
    vectorScript = TorchScript.compile(this, DeviceVector.class, Map.of(), "DeviceVector.py");
  }

  /**
   * Starts PyTorch where it has not started yet, and takes a device.
   *
   * @throws NoSuchDeviceException when a GPU is asked for and PyTorch sees none
   */
  public static Compute open(DeviceChoice choice) {
    Engine engine = StartedEngine.ENGINE;
    int gpus = engine.getGpuCount();
    if (choice == DeviceChoice.GPU && gpus == 0) {
      throw new NoSuchDeviceException(
          "The device gpu was asked for, but PyTorch "
              + engine.getVersion()
              + " sees no GPU here; allowed are auto and cpu.");
    }
    boolean gpu = choice != DeviceChoice.CPU && gpus > 0;
    return new Compute(engine.newBaseManager(gpu ? Device.gpu() : Device.cpu()));
  }

  /** The device's name: {@code cpu} or {@code gpu}. */
  public String device() {
    return manager.getDevice().getDeviceType();
  }

  /**
   * What decides the last bits of all that is computed here, beside the program and its libraries:
   * {@link #TRAITS}.
   */
  public Map<String, String> traits() {
    Map<String, String> traits = new TreeMap<>(Processor.here().byName());
    traits.put("device", device());
    traits.put("threads", Integer.toString(THREADS));
    return traits;
  }

  /** A tensor of zeros in the device's memory; its owner closes it. */
  public PtNDArray zeros(long... shape) {
    return (PtNDArray) manager.zeros(new Shape(shape), DataType.FLOAT32);
  }

  /** A tensor in host memory that Java reads and writes; its owner closes it. */
  public HostTensor hostTensor(DataType type, long... shape) {
    return new HostTensor(manager, type, new Shape(shape));
  }

  NDManager manager() {
    return manager;
  }

  /** How {@link DeviceVector}s are cut and copied. */
  TorchScript vectorScript() {
    return vectorScript;
  }

  /** Frees what was made here and not closed yet. */
  @Override
  public void close() {
    vectorScript.close();
    manager.close();
  }

  /** The engine, started once per process when it is first asked for. */
  private static final class StartedEngine {
    static final Engine ENGINE = start();

    private static Engine start() {
      // DJL fetches missing libraries and reports its use over the network unless told not to.
      setDefault("ai.djl.offline", "true");
      setDefault("OPT_OUT_TRACKING", "true");
      Engine engine = Engine.getEngine("PyTorch");
      JniUtils.setNumThreads(THREADS);
      JniUtils.setNumInteropThreads(1);
      return engine;
    }

    private static void setDefault(String property, String value) {
      if (System.getProperty(property) == null) {
        System.setProperty(property, value);
      }
    }
  }
}

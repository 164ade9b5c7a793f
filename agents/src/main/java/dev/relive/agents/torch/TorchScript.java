package dev.relive.agents.torch;

import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Maths written once in PyTorch's TorchScript and run in one native call.
 *
 * <p>The source lies in resource files beside the Java class that owns it: method definitions, each
 * {@code def name(self, …)}, which may call one another. Hyperparameters are attributes, {@code
 * self.name}. Methods run without autograd and tell their results by writing into tensors they are
 * given.
 */
public final class TorchScript implements AutoCloseable {

  /**
   * How many threads PyTorch takes for an operation is kept by OpenMP for each thread that calls:
   * what the thread that starts the engine sets holds for no other. Set here it costs nothing.
   */
  private static final ThreadLocal<Boolean> USES_ONE_THREAD = ThreadLocal.withInitial(() -> false);

  private final PtSymbolBlock module;

  private TorchScript(PtSymbolBlock module) {
    this.module = module;
  }

  /**
   * Compiles a script on a device.
   *
   * @param owner the class beside which the sources lie; the module carries its name
   * @param attributes {@code self.…} by name: {@link Double}, {@link Integer} or {@link Boolean}
   * @param sources names of resource files, together one module
   */
  public static TorchScript compile(
      Compute compute, Class<?> owner, Map<String, ?> attributes, String... sources) {
    StringBuilder methods = new StringBuilder();
    for (String source : sources) {
      methods.append(read(owner, source)).append('\n');
    }
    byte[] archive =
        TorchScriptArchive.write(owner.getSimpleName(), methods.toString(), attributes);
    PtNDManager manager = (PtNDManager) compute.manager();
    try {
      return new TorchScript(
          JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Class<?> owner, String source) {
    try (InputStream in = owner.getResourceAsStream(source)) {
      if (in == null) {
        throw new IllegalArgumentException(owner + " has no resource " + source);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a method that returns nothing. */
  public void run(String method, IValue... inputs) {
    useOneThread();
    IValueUtils.runMethod(module, method, inputs).close();
  }

  /** Runs a method; the caller closes what it returns. */
  public IValue call(String method, IValue... inputs) {
    useOneThread();
    return IValueUtils.runMethod(module, method, inputs);
  }

  private static void useOneThread() {
    if (!USES_ONE_THREAD.get()) {
      JniUtils.setNumThreads(1);
      USES_ONE_THREAD.set(true);
    }
  }

  @Override
  public void close() {
    module.close();
  }
}

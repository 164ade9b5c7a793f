package dev.relive.agents.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TorchScriptTest {
  private static final Compute COMPUTE = Compute.open(DeviceChoice.CPU);

  @AfterAll
  static void close() {
    COMPUTE.close();
  }

  @Test
  void runsMethodsWithAttributesOfEveryTypeAndWritesIntoTensorsGiven() {
    Map<String, ?> attributes = Map.of("factor", 0.5, "times", 3, "negate", true);
    try (TorchScript script = compile(attributes);
        HostTensor x = COMPUTE.hostTensor(DataType.FLOAT32, 2);
        HostTensor out = COMPUTE.hostTensor(DataType.FLOAT32, 2)) {
      x.floats().put(0, new float[] {2, -4});
      script.run("scale", x.value(), out.value());
      assertEquals(-3, out.floats().get(0));
      assertEquals(6, out.floats().get(1));

      x.floats().put(0, 10);
      script.run("scale", x.value(), out.value());
      assertEquals(-15, out.floats().get(0), "what Java writes is seen without a copy");
    }
  }

  @Test
  void returnsATensor() {
    try (TorchScript script = compile(Map.of("factor", 1.0, "times", 1, "negate", false));
        HostTensor x = COMPUTE.hostTensor(DataType.FLOAT32, 1)) {
      x.floats().put(0, 7);
      try (IValue half = script.call("divide", x.value());
          PtNDArray tensor = half.toTensor((PtNDManager) COMPUTE.manager())) {
        assertArrayEquals(new float[] {3.5f}, tensor.toFloatArray());
      }
    }
  }

  @Test
  void namesAMissingSource() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> TorchScript.compile(COMPUTE, TorchScriptTest.class, Map.of(), "Nothing.py"));
    assertEquals(
        "class dev.relive.agents.torch.TorchScriptTest has no resource Nothing.py", e.getMessage());
  }

  @Test
  void refusesAttributesOfOtherTypes() {
    assertThrows(
        IllegalArgumentException.class,
        () -> compile(Map.of("factor", 0.5f, "times", 3, "negate", true)));
  }

  private static TorchScript compile(Map<String, ?> attributes) {
    return TorchScript.compile(COMPUTE, TorchScriptTest.class, attributes, "TorchScriptTest.py");
  }
}

package dev.relive.agents.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComputeTest {

  @Test
  void refusesAGpuThatIsNotThere() {
    assumeTrue(Engine.getEngine("PyTorch").getGpuCount() == 0, "this machine has a GPU");
    Exception e = assertThrows(NoSuchDeviceException.class, () -> Compute.open(DeviceChoice.GPU));
    assertEquals(
        "The device gpu was asked for, but PyTorch 2.7.1 sees no GPU here; allowed are auto and"
            + " cpu.",
        e.getMessage());
  }

  @Test
  void usesOneThreadOnTheCpu() {
    try (Compute compute = Compute.open(DeviceChoice.CPU)) {
      assertEquals("cpu", compute.device());
      assertEquals(1, JniUtils.getNumThreads());
    }
  }

  @Test
  void vectorsKeepWhatIsWrittenAndOwnWhatTheyRead() {
    try (Compute compute = Compute.open(DeviceChoice.AUTO);
        DeviceVector vector =
            new DeviceVector(compute, List.of(new long[] {2, 1}, new long[] {1}))) {
      assertArrayEquals(new float[3], vector.read());
      vector.write(new float[] {1, 2, 3});
      float[] read = vector.read();
      vector.write(new float[] {4, 5, 6});
      assertArrayEquals(new float[] {1, 2, 3}, read);
      assertArrayEquals(new float[] {4, 5, 6}, vector.read());
      Exception e =
          assertThrows(IllegalArgumentException.class, () -> vector.write(new float[] {1, 2}));
      assertEquals("A vector of 3 numbers cannot take 2.", e.getMessage());
    }
  }

  @Test
  void givesBackWhatIsClosed() {
    try (Compute compute = Compute.open(DeviceChoice.CPU)) {
      int before = compute.manager().getManagedArrays().size();
      try (DeviceVector vector = new DeviceVector(compute, List.of(new long[] {8}));
          HostTensor tensor = compute.hostTensor(DataType.FLOAT32, 2)) {
        vector.write(new float[8]);
        tensor.floats().put(0, 1);
      }
      assertEquals(before, compute.manager().getManagedArrays().size());
    }
  }
}

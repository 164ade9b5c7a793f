package dev.relive.agents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class TensorsTest {
  static final Tensors LAYER =
      Tensors.of(
          List.of(TensorSpec.of("0.weight", 1, 3), TensorSpec.of("0.bias", 1)),
          new float[] {1, -2.5f, 3.25f, 0.5f});

  /** Computed with Python's hashlib and struct. */
  @Test
  void checksumCoversNamesTypesShapesAndData() {
    assertEquals(
        "8a74d9bfdbd73add5300a7858d8c0e962d903be8e5228edce99667c89e484344", checksum(LAYER));
    float[] values = LAYER.values().clone();
    assertNotEquals(checksum(LAYER), checksum(tensors(values, "0.weight", 3, 1)));
    assertNotEquals(checksum(LAYER), checksum(tensors(values, "1.weight", 1, 3)));
    values[3] = 0.25f;
    assertNotEquals(checksum(LAYER), checksum(tensors(values, "0.weight", 1, 3)));
  }

  private static String checksum(Tensors tensors) {
    return HexFormat.of().formatHex(tensors.sha256());
  }

  private static Tensors tensors(float[] values, String name, int... shape) {
    return Tensors.of(List.of(TensorSpec.of(name, shape), TensorSpec.of("0.bias", 1)), values);
  }

  @Test
  void cutsTensorsInOrder() {
    assertArrayEquals(new float[] {1, -2.5f, 3.25f}, LAYER.tensor("0.weight"));
    assertArrayEquals(new float[] {0.5f}, LAYER.tensor("0.bias"));
    assertThrows(NoSuchElementException.class, () -> LAYER.tensor("2.bias"));
  }

  @Test
  void refusesWhatDoesNotFit() {
    Exception size =
        assertThrows(IllegalArgumentException.class, () -> tensors(new float[5], "0.weight", 1, 3));
    assertEquals("Tensors of together 4 numbers cannot be cut from 5.", size.getMessage());
    Exception names =
        assertThrows(IllegalArgumentException.class, () -> tensors(new float[4], "0.bias", 1, 3));
    assertEquals("The names of tensors must differ: 0.bias, 0.bias.", names.getMessage());
    Exception shape =
        assertThrows(IllegalArgumentException.class, () -> TensorSpec.of("a", 65_536, 65_536, 0));
    assertEquals(
        "The tensor a has the shape [65536, 65536, 0], which no array can hold.",
        shape.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> LAYER.requireSpecs(List.of(TensorSpec.of("0.weight", 1, 3))));
  }
}

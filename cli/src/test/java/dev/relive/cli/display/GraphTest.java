package dev.relive.cli.display;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class GraphTest {

  @Test
  void fillsABarInHalves() {
    assertArrayEquals(new String[] {"", "────"}, Graph.bar(0, 4));
    assertArrayEquals(new String[] {"╸", "───"}, Graph.bar(0.125, 4));
    assertArrayEquals(new String[] {"━━", "──"}, Graph.bar(0.5, 4));
    assertArrayEquals(new String[] {"━━━━", ""}, Graph.bar(1.5, 4));
  }

  @Test
  void drawsACurveUpToTheThreshold() {
    assertEquals("▁▂▄▇██", Graph.curve(List.of(0.0, 1.0, 3.5, 6.9, 7.0, 9.0), 7, 10));
  }

  @Test
  void drawsTheLastValuesWhereThereIsNoRoomForAll() {
    assertEquals("▇█", Graph.curve(List.of(0.0, 1.0, 3.5, 6.9, 7.0), 7, 2));
  }

  @Test
  void drawsACurveToItsHighestValueWithoutAThreshold() {
    assertEquals("▁▄█", Graph.curve(List.of(-200.0, -150.0, -100.0), Double.NaN, 10));
  }

  @Test
  void leavesAGapForWhatIsNoNumber() {
    assertEquals("▁ █", Graph.curve(List.of(1.0, Double.NaN, 3.0), Double.NaN, 10));
    assertEquals("  ", Graph.curve(List.of(Double.NaN, Double.NaN), 7, 10));
    assertEquals("▁▁█", Graph.curve(List.of(Double.NEGATIVE_INFINITY, 1.0, 7.0), 7, 10));
  }

  @Test
  void drawsAConstant() {
    assertEquals("███", Graph.curve(List.of(5.0, 5.0, 5.0), Double.NaN, 10));
    assertEquals("▁▁", Graph.curve(List.of(5.0, 5.0), 7, 10));
    assertEquals("", Graph.curve(List.of(), 7, 10));
  }
}

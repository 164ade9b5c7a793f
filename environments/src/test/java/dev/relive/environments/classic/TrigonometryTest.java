package dev.relive.environments.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class TrigonometryTest {
  @Test
  void givesTheLastBitThatGlibcGives() throws IOException {
    List<String> lines = lines();
    assertTrue(lines.size() > 1_600);
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      double x = Double.parseDouble(words[0]);
      assertEquals(Double.parseDouble(words[1]), Trigonometry.sin(x), () -> "sin " + x);
      assertEquals(Double.parseDouble(words[2]), Trigonometry.cos(x), () -> "cos " + x);
    }
  }

  @Property
  void isCloseToTheExactValue(@ForAll @DoubleRange(min = -20, max = 20) double x) {
    double scale = x / 20;
    for (double angle : new double[] {x, scale, scale * scale * scale, scale * 1e8}) {
      assertEquals(
          StrictMath.sin(angle), Trigonometry.sin(angle), 2 * Math.ulp(StrictMath.sin(angle)));
      assertEquals(
          StrictMath.cos(angle), Trigonometry.cos(angle), 2 * Math.ulp(StrictMath.cos(angle)));
      assertEquals(-Trigonometry.sin(angle), Trigonometry.sin(-angle));
      assertEquals(Trigonometry.cos(angle), Trigonometry.cos(-angle));
    }
  }

  @Test
  void whatIsNoNumberHasNoSine() {
    assertEquals(Double.NaN, Trigonometry.sin(Double.NaN));
    assertEquals(Double.NaN, Trigonometry.cos(Double.POSITIVE_INFINITY));
  }

  private static List<String> lines() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Objects.requireNonNull(
                        TrigonometryTest.class.getResourceAsStream("glibc-2.36.txt.gz"))),
                StandardCharsets.US_ASCII))) {
      return reader.lines().toList();
    }
  }
}

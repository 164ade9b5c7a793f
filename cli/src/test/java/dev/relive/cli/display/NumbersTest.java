package dev.relive.cli.display;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class NumbersTest {

  @Test
  void writesNumbersForPeople() {
    assertEquals("1,234,567", Numbers.count(1_234_567));
    assertEquals("-13.0", Numbers.mean(-13));
    assertEquals("–", Numbers.mean(Double.NaN));
    assertEquals("22.402", Numbers.decimal(22.402));
    assertEquals("-1.5", Numbers.decimal(-1.5004));
    assertEquals("-1200", Numbers.decimal(-1_200));
    assertEquals("0", Numbers.decimal(-0.0001));
    assertEquals("NaN", Numbers.decimal(Double.NaN));
    assertEquals("9.9", Numbers.rate(9.94));
    assertEquals("10", Numbers.rate(9.96));
    assertEquals("12,345", Numbers.rate(12_345.4));
    assertEquals("18.4 s", Numbers.seconds(Duration.ofMillis(18_432)));
  }

  @Test
  void writesAClock() {
    assertEquals("0:07", Numbers.clock(Duration.ofMillis(7_999)));
    assertEquals("59:59", Numbers.clock(Duration.ofSeconds(3_599)));
    assertEquals("26:01:05", Numbers.clock(Duration.ofSeconds(26 * 3_600 + 65)));
  }

  @Test
  void writesBytesInTheUnitThatFits() {
    assertEquals("999 bytes", Numbers.bytes(999));
    assertEquals("1.0 kB", Numbers.bytes(1_000));
    assertEquals("1.0 MB", Numbers.bytes(999_960));
    assertEquals("1.2 MB", Numbers.bytes(1_234_567));
    assertEquals("9223372.0 TB", Numbers.bytes(Long.MAX_VALUE));
  }
}

package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunTimesTest {

  private static final long MICROS = 1_795_000_000_123_456L;

  @ParameterizedTest
  @CsvSource({
    "-5, 0 s ago",
    "0, 0 s ago",
    "59, 59 s ago",
    "60, 1 min ago",
    "3599, 59 min ago",
    "3600, 1 h ago",
    "172800, 2 d ago"
  })
  void tellsHowLongAgoItWas(long seconds, String text) {
    Instant now = RunTimes.instant(MICROS).plusSeconds(seconds);
    assertEquals(text, RunTimes.ago(MICROS, now));
  }

  @Test
  void tellsTimesInUtc() {
    assertEquals("2026-11-18 11:06:40", RunTimes.text(MICROS));
    assertEquals(Instant.parse("2026-11-18T11:06:40.123456Z"), RunTimes.instant(MICROS));
  }
}

package dev.relive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.relive.cli.display.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ToolProgressTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private long now;
  private final ToolProgress progress =
      ToolProgress.on(new PrintStream(printed, true, UTF_8), Terminal.none(), () -> now);

  @Test
  void saysNothingOfShortWork() {
    showAfter(999, 5, 10);

    assertEquals("", printed.toString(UTF_8));
  }

  @Test
  void saysNowAndThenHowFarItIs() {
    showAfter(1_000, 1_200, 4_000);
    showAfter(9_999, 2_000, 4_000);
    showAfter(1, 4_001, 4_000);

    assertEquals(
        """
        reading: 1,200 of 4,000 segments, 30 %
        reading: 4,001 of 4,000 segments, 100 %
        """,
        printed.toString(UTF_8));
  }

  @Test
  void saysNoShareOfAnUnknownTotal() {
    showAfter(1_000, 1_200, 0);

    assertEquals("reading: 1,200 segments\n", printed.toString(UTF_8));
  }

  private void showAfter(long milliseconds, long done, long total) {
    now += TimeUnit.MILLISECONDS.toNanos(milliseconds);
    progress.show("reading", done, total, "segments");
  }
}

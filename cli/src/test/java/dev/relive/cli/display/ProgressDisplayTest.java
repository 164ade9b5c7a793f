package dev.relive.cli.display;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProgressDisplayTest {

  private static final Map<String, String> XTERM = Map.of("TERM", "xterm");
  private static final String PLAIN_LINE =
      "0:12 · learning · steps 51,234 at 3,512/s · updates 12,808 at 7.3/s · return 187.3 ·"
          + " ε 0.05 · loss 0.01235 · evaluation 421.0 ± 74.0 · best 476.3 ·"
          + " replay 50,000 of 50,000 · lead 312\n";

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, true, UTF_8);

  @Test
  void printsPlainLinesWhereThereIsNoTerminal() {
    try (ProgressDisplay display = ProgressDisplay.on(out, Terminal.none())) {
      display.show(ProgressViews.learning());
    }
    assertEquals("0:12 · page http://127.0.0.1:9464/\n" + PLAIN_LINE, text());
  }

  @Test
  void printsWhatItDoesUntilThereIsARun() {
    try (ProgressDisplay display = ProgressDisplay.on(out, Terminal.none())) {
      display.show(ProgressViews.starting());
    }
    assertEquals("0:00 · starting Kafka and PyTorch\n", text());
  }

  @Test
  void printsAPlainLineEveryTwoSecondsAndAtEveryEvaluation() {
    try (ProgressDisplay display = ProgressDisplay.on(out, Terminal.none())) {
      display.show(plain(10_000, 1, 0));
      display.show(plain(11_999, 1, 0));
      display.show(plain(12_000, 1, 3));
      display.show(plain(12_100, 2, 3));
      display.show(plain(12_200, 2, 3));
    }
    assertEquals(
        """
        0:10 · page http://127.0.0.1:9464/
        0:10 · learning · steps 51,234 at 3,512/s · updates 12,808 at 7.3/s · return 187.3 · ε 0.05 ·\
         loss 0.01235 · evaluation 9.4 ± 12.3 · best 9.4 · replay 50,000 of 50,000 · lead 312
        0:12 · learning · steps 51,234 at 3,512/s · updates 12,808 at 7.3/s · return 187.3 · ε 0.05 ·\
         loss 0.01235 · evaluation 9.4 ± 12.3 · best 9.4 · replay 50,000 of 50,000 · lead 312 ·\
         gaps 3 · duplicates 0 · rejected 0
        0:12 · learning · steps 51,234 at 3,512/s · updates 12,808 at 7.3/s · return 187.3 · ε 0.05 ·\
         loss 0.01235 · evaluation 41.2 ± 24.7 · best 41.2 · replay 50,000 of 50,000 · lead 312 ·\
         gaps 3 · duplicates 0 · rejected 0
        """,
        text());
  }

  @Test
  void saysOnlyEveryTenSecondsThatItStillWaits() {
    ProgressView waiting = ProgressViews.starting();
    try (ProgressDisplay display = ProgressDisplay.on(out, Terminal.none())) {
      for (int seconds = 0; seconds < 21; seconds++) {
        display.show(
            new ProgressView(
                waiting.title(),
                seconds < 3 ? "waiting for a broker" : "waiting for a run",
                Duration.ofSeconds(seconds),
                List.of(),
                waiting.log(),
                null));
      }
    }
    assertEquals(
        """
        0:00 · waiting for a broker
        0:03 · waiting for a run
        0:13 · waiting for a run
        """,
        text());
  }

  @Test
  void printsAProducerAndAnEvaluatorInPlainLines() {
    assertEquals(
        "1:02 · stepping · steps 51,234 at 3,512/s · segments 612 · return 87.3 · ε 0.05 · lead"
            + " 312",
        PlainLine.render(ProgressViews.producing()));
    assertEquals(
        "1:02 · evaluating · evaluation 421.0 ± 74.0 · best 476.3 · 7 evaluations · 2 skipped",
        PlainLine.render(ProgressViews.evaluating()));
  }

  @Test
  void drawsOverTheFrameBeforeAndGivesTheCursorBack() {
    Terminal terminal = Terminal.detect(XTERM, () -> Optional.of(new Terminal.Size(24, 100)));
    try (ProgressDisplay display = ProgressDisplay.on(out, terminal)) {
      display.show(ProgressViews.starting());
      String first = text();
      assertTrue(first.startsWith("\u001b[?25l\u001b[?7l\r\u001b[1mCartPole-v1"), first);
      assertTrue(first.endsWith("\u001b[K\n\u001b[J\u001b[?7h"), first);
      written.reset();

      display.show(ProgressViews.learning());
      assertTrue(text().startsWith("\u001b[?25l\u001b[?7l\r\u001b[2A"), text());
      written.reset();

      display.show(ProgressViews.starting());
      assertTrue(text().startsWith("\u001b[?25l\u001b[?7l\r\u001b[10A"), text());
      written.reset();
    }
    assertEquals("\u001b[?7h\u001b[?25h", text());
  }

  @Test
  void drawsNoMoreLinesThanTheTerminalHas() {
    Terminal terminal = Terminal.detect(XTERM, () -> Optional.of(new Terminal.Size(4, 100)));
    try (ProgressDisplay display = ProgressDisplay.on(out, terminal)) {
      display.show(ProgressViews.learning());
    }
    assertEquals(3, text().chars().filter(character -> character == '\n').count());
  }

  @Test
  void followsTheSizeOfTheTerminal() {
    int[] columns = {100};
    Terminal terminal =
        Terminal.detect(XTERM, () -> Optional.of(new Terminal.Size(24, columns[0])));
    assertEquals(100, terminal.size(Duration.ZERO).columns());
    columns[0] = 60;

    assertEquals(100, terminal.size(Duration.ofMillis(1_999)).columns());
    assertEquals(60, terminal.size(Duration.ofSeconds(2)).columns());
  }

  @Test
  void asksTheVariablesWhatTheUserWants() {
    Optional<Terminal.Size> size = Optional.of(new Terminal.Size(24, 80));

    assertTrue(Terminal.detect(XTERM, () -> size).hasColours());
    assertTrue(Terminal.detect(XTERM, () -> size).isLive());
    assertEquals(false, Terminal.detect(XTERM, Optional::empty).isLive());
    assertEquals(false, Terminal.detect(Map.of("TERM", "dumb"), () -> size).isLive());
    assertEquals(false, Terminal.detect(Map.of(), () -> size).isLive());
    Map<String, String> noColour = Map.of("TERM", "xterm", "NO_COLOR", "1");
    assertEquals(false, Terminal.detect(noColour, () -> size).hasColours());
    assertTrue(Terminal.detect(noColour, () -> size).isLive());
  }

  @Test
  void readsTheAnswerOfTheTerminal() {
    assertEquals(new Terminal.Size(50, 132), Terminal.parse("50 132\n"));
    assertEquals(new Terminal.Size(24, 80), Terminal.parse("0 0\n"));
    assertEquals(new Terminal.Size(24, 80), Terminal.parse("stty: no such device"));
  }

  @Test
  void showsNothingWhenAskedForQuiet() {
    try (ProgressDisplay display = ProgressDisplay.none()) {
      assertInstanceOf(NoDisplay.class, display);
      display.show(ProgressViews.learning());
    }
    assertEquals("", text());
  }

  private static ProgressView plain(long milliseconds, int evaluations, long gaps) {
    return ProgressViews.learning(
        Duration.ofMillis(milliseconds), evaluations, new Losses(gaps, 0, 0));
  }

  private String text() {
    return written.toString(UTF_8);
  }
}

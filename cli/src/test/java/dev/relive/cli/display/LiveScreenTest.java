package dev.relive.cli.display;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LiveScreenTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void drawsOverWhatItDrewBeforeAndNoMoreThanFits() {
    Terminal terminal =
        Terminal.detect(Map.of("TERM", "xterm"), () -> Optional.of(new Terminal.Size(3, 80)));
    try (LiveScreen screen = new LiveScreen(new PrintStream(printed, true, UTF_8), terminal)) {
      screen.draw(List.of("one"), Duration.ZERO);
      screen.draw(List.of("two", "three", "four"), Duration.ZERO);
      screen.draw(List.of("five"), Duration.ZERO);
    }

    assertEquals(
        """
        ^?25l^?7l<one^K
        ^J^?7h^?25l^?7l<^1Atwo^K
        three^K
        ^J^?7h^?25l^?7l<^2Afive^K
        ^J^?7h^?7h^?25h\
        """,
        printed.toString(UTF_8).replace("\u001b[", "^").replace('\r', '<'));
  }
}

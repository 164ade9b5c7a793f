package dev.relive.environments.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Color;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RodPictureTest {
  @Test
  void aPendulumTurnsCounterclockwise() {
    assertEquals(
        """
              O
               **
                 **
                   **
                     **
                       *+
        """,
        drawn(RodPicture.pendulum(Math.PI / 4)));
  }

  @Test
  void anAcrobotHangsUnderItsLine() {
    assertEquals(
        """
        ---------------------------------
                        +
                        *
                        *
                        *
                        *******O
        """,
        drawn(RodPicture.acrobot(0, Math.PI / 2)));
  }

  @Test
  void aRodIsWhereItsAngleSays() {
    assertEquals(Canvas.WOOD.getRGB(), RodPicture.pendulum(0).image().getRGB(300, 100));
    assertEquals(Color.WHITE.getRGB(), RodPicture.pendulum(Math.PI).image().getRGB(300, 100));
    assertEquals(Canvas.WOOD.getRGB(), RodPicture.pendulum(Math.PI / 2).image().getRGB(200, 200));
  }

  /** The lines on which something is drawn. */
  private static String drawn(RodPicture picture) {
    return picture
        .text()
        .lines()
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n", "", "\n"));
  }
}

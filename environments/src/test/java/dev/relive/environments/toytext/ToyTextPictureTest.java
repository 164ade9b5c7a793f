package dev.relive.environments.toytext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.relive.environments.Environment;
import dev.relive.environments.Environments;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToyTextPictureTest {
  @Test
  void aLakeShowsWhereOneIs() {
    Environment environment =
        Environments.environment(
            Environments.spec("FrozenLake-v1", Map.of("is_slippery", "false")));
    environment.reset(0);
    environment.step(2);
    assertEquals(
        """
         S [F] F  F
         F  H  F  H
         F  F  F  H
         H  F  F  G
        """,
        environment.text());
    BufferedImage image = environment.image();
    assertEquals(4 * 48, image.getWidth());
    assertNotEquals(image.getRGB(24, 40), image.getRGB(72, 24));
  }

  @Test
  void aCliffShowsItsCells() {
    Environment environment = Environments.environment(Environments.spec("CliffWalking-v1"));
    environment.reset(0);
    assertEquals(
        List.of(
            " .  .  .  .  .  .  .  .  .  .  .  .",
            " .  .  .  .  .  .  .  .  .  .  .  .",
            " .  .  .  .  .  .  .  .  .  .  .  .",
            "[S] C  C  C  C  C  C  C  C  C  C  G"),
        environment.text().lines().toList());
  }

  @Test
  void theTaxiIsAnotherLetterWithItsPassenger() {
    assertEquals(
        """
        +---------+
        |R: | : :G|
        | : | : : |
        | : :T: : |
        | | : | : |
        |Y| : |B: |
        +---------+
        Passenger at R, to G
        """,
        new TaxiMap().text(new TaxiState(2, 2, 0, 1).number()));
    assertEquals(
        """
        +---------+
        |R: | : :@|
        | : | : : |
        | : : : : |
        | | : | : |
        |Y| : |B: |
        +---------+
        Passenger in the taxi, to B
        """,
        new TaxiMap().text(new TaxiState(0, 4, TaxiState.ABOARD, 3).number()));
  }

  @Test
  void wallsAreInTheImage() {
    BufferedImage image = new TaxiMap().image(new TaxiState(2, 2, 0, 1).number());
    assertEquals(5 * 48, image.getWidth());
    assertEquals(0xff000000, image.getRGB(2 * 48, 24));
    assertNotEquals(0xff000000, image.getRGB(48, 24));
  }

  @Test
  void theDealersSecondCardIsHiddenUntilThePlayerIsDone() {
    BlackjackDynamics dynamics = new BlackjackDynamics(1, true, false);
    dynamics.restore(0, new double[] {2, 1, 6, 2, 10, 9});
    assertEquals("Dealer: 10 ?\nPlayer: A 6 = 17\n", dynamics.text(0));
    dynamics.step(0, 1, new int[] {0}, new float[3], new double[1], new boolean[1]);
    assertEquals("Dealer: 10 9\nPlayer: A 6 = 17\n", dynamics.text(0));
  }
}

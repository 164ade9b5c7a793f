package dev.relive.environments.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.relive.environments.Environment;
import dev.relive.environments.Environments;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CartPolePictureTest {
  @Test
  void drawsTheStateOfAnEnvironment() {
    Environment environment = Environments.environment(Environments.spec("CartPole-v1"));
    environment.reset(0L, Map.of("low", "0", "high", "0"));
    assertEquals(CartPolePicture.text(0, 0), environment.text());
    environment.reset(0L, Map.of("low", "0.1", "high", "0.1"));
    assertEquals(CartPolePicture.text(0.1, 0.1), environment.text());
  }

  @Test
  void thePoleLeansToTheSideItFallsTo() {
    assertEquals(
        """
                               /
                               /
                              /
                              /
                              /
                             /
                             /
                            /
                         [=====]
             ------------------------------+------------------------------
        """,
        CartPolePicture.text(-1.2, 0.2));
  }

  @Test
  void whatIsOutOfThePictureIsNotDrawn() {
    assertEquals("-".repeat(30) + "+" + "-".repeat(30), CartPolePicture.text(9, 3).strip());
  }
}

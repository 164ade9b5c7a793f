package dev.relive.environments.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.awt.Color;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class MountainCarPictureTest {
  @Test
  void theCarStandsOnTheHillAndTheFlagAtTheGoal() {
    assertEquals(
        """
                                                                 F
                                                             ........
                                                         ....
                                                      ...
        ...                                        ...
           ...                                  ...
              ..                              ..
                ...                        ...
                   ...                  ...
                      ....     O    ....
                          ..........
        """,
        MountainCarPicture.text(-0.5, 0.5));
  }

  @Test
  void theCarMovesInTheImage() {
    BufferedImage left = MountainCarPicture.image(-0.5, 0.5);
    BufferedImage right = MountainCarPicture.image(0.0, 0.5);
    assertEquals(600, left.getWidth());
    assertEquals(400, left.getHeight());
    assertEquals(Color.WHITE.getRGB(), left.getRGB(300, 5));
    int x = 10 + (int) ((-0.5 - MountainCar.LEFT_END) / 1.8 * 580);
    assertNotEquals(left.getRGB(x, 345), right.getRGB(x, 345));
  }
}

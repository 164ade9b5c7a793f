package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AnimatedGifTest {

  @Test
  void holdsPicturesOfSeveralSizes(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("some.gif"), "longer than a GIF".repeat(999));
    try (AnimatedGif gif = new AnimatedGif(file)) {
      gif.add(picture(3, 2, Color.RED), Duration.ofMillis(40));
      gif.add(picture(5, 1, Color.GREEN), Duration.ofMillis(1));
      gif.add(picture(1, 4, Color.BLUE), Duration.ofSeconds(2));
      gif.finish();
    }

    GifFile read = GifFile.read(file);
    assertEquals(5, read.width());
    assertEquals(4, read.height());
    assertEquals(List.of(4, 2, 200), read.delays());
    assertTrue(read.loopsForEver());
    assertEquals(
        List.of(
            Collections.nCopies(6, Color.RED.getRGB()),
            Collections.nCopies(5, Color.GREEN.getRGB()),
            Collections.nCopies(4, Color.BLUE.getRGB())),
        read.pictures());
    assertTrue(Files.size(file) < 1_000);
  }

  private static BufferedImage picture(int width, int height, Color colour) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        picture.setRGB(x, y, colour.getRGB());
      }
    }
    return picture;
  }
}

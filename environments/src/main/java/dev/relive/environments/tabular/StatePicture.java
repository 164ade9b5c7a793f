package dev.relive.environments.tabular;

import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;

/** Shows a state of a table. */
@FunctionalInterface
public interface StatePicture {
  /** Some lines of text. */
  String text(int state);

  /** An image; null: the text will do. */
  default @Nullable BufferedImage image(int state) {
    return null;
  }
}

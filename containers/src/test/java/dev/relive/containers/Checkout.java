package dev.relive.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The checkout that is tested. */
final class Checkout {
  static final Path ROOT = Path.of(System.getProperty("relive.root"));

  private Checkout() {}

  static String text(String file) {
    try {
      return Files.readString(ROOT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first group of a pattern's first match in a file. */
  static String found(String file, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text(file));
    if (!matcher.find()) {
      throw new AssertionError(file + " has nothing like " + pattern);
    }
    return matcher.group(1);
  }

  /** The program's version. */
  static String version() {
    return found("pom.xml", "<artifactId>relive</artifactId>\\s*<version>([^<]+)</version>");
  }
}

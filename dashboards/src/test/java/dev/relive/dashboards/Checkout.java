package dev.relive.dashboards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that is tested. */
final class Checkout {
  static final Path ROOT = Path.of(System.getProperty("relive.root"));
  static final Path RULES = ROOT.resolve("dashboards/prometheus");
  static final Path TARGET = ROOT.resolve("dashboards/target");

  private Checkout() {}

  static String text(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }
}

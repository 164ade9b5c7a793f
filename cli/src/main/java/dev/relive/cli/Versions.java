package dev.relive.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The versions of this program and of what it computes with, as the build wrote them down. */
final class Versions implements IVersionProvider {

  @Override
  public String[] getVersion() {
    Properties versions = new Properties();
    try (InputStream resource = Versions.class.getResourceAsStream("version.properties")) {
      if (resource == null) {
        throw new IllegalStateException("version.properties is missing from the program");
      }
      versions.load(resource);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new String[] {
      "relive " + versions.getProperty("relive"),
      "Kafka %s, PyTorch %s, Java %s"
          .formatted(
              versions.getProperty("kafka"),
              versions.getProperty("pytorch"),
              System.getProperty("java.version"))
    };
  }
}

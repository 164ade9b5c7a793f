package dev.relive.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import picocli.CommandLine.IVersionProvider;

/** The versions of this program and of what it computes with, as the build wrote them down. */
final class Versions implements IVersionProvider {

  /** The versions of relive, kafka, pytorch and java. */
  static Map<String, String> byName() {
    Properties written = new Properties();
    try (InputStream resource = Versions.class.getResourceAsStream("version.properties")) {
      if (resource == null) {
        throw new IllegalStateException("version.properties is missing from the program");
      }
      written.load(resource);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> versions = new TreeMap<>();
    written.stringPropertyNames().forEach(name -> versions.put(name, written.getProperty(name)));
    versions.put("java", System.getProperty("java.version"));
    return versions;
  }

  @Override
  public String[] getVersion() {
    Map<String, String> versions = byName();
    return new String[] {
      "relive " + versions.get("relive"),
      "Kafka %s, PyTorch %s, Java %s"
          .formatted(versions.get("kafka"), versions.get("pytorch"), versions.get("java"))
    };
  }
}

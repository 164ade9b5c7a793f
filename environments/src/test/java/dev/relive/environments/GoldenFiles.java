package dev.relive.environments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The reference trajectories in the directory {@code golden.dir}, or in this project's own when
 * that is not set.
 */
public final class GoldenFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private GoldenFiles() {}

  static Path directory() {
    String chosen = System.getProperty("golden.dir", "");
    if (chosen.isEmpty()) {
      try {
        return Path.of(Objects.requireNonNull(GoldenFiles.class.getResource("/golden")).toURI());
      } catch (URISyntaxException e) {
        throw new IllegalStateException(e);
      }
    }
    Path directory = Path.of(chosen);
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          "The system property golden.dir must name a directory of trajectories, and is '"
              + chosen
              + "'.");
    }
    return directory;
  }

  /** The names of all files of trajectories in their order, at least one. */
  public static List<String> names() {
    try (Stream<Path> files = Files.list(directory())) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(n -> n.endsWith(".jsonl.gz"))
              .sorted()
              .toList();
      if (names.isEmpty()) {
        throw new IllegalStateException(directory() + " holds no trajectories (*.jsonl.gz).");
      }
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a file holds a MinAtar game, whose trajectories name other things. */
  public static boolean isMinAtar(String name) {
    return name.startsWith("minatar-");
  }

  /** The header of a file, then its lines. */
  public static List<JsonNode> read(String name) {
    List<JsonNode> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(directory().resolve(name))),
                StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(JSON.readTree(line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }
}

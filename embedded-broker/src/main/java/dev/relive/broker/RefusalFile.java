package dev.relive.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file in the data directory that says why its broker takes no more experience, while so. */
final class RefusalFile implements RoomListener, AutoCloseable {

  private static final String NAME = "no-more-experience.txt";
  private static final Logger LOGGER = LoggerFactory.getLogger(RefusalFile.class);

  private final Path file;

  RefusalFile(Path directory) {
    this.file = directory.resolve(NAME);
    close();
  }

  /** Why the broker of a data directory takes no more experience; empty where it takes it. */
  static Optional<String> read(Path directory) {
    try {
      String sentence = Files.readString(directory.resolve(NAME), UTF_8).strip();
      return sentence.isEmpty() ? Optional.empty() : Optional.of(sentence);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public void onRoom(boolean isRoom, String sentence) {
    try {
      if (isRoom) {
        Files.deleteIfExists(file);
      } else {
        Files.writeString(file, sentence + "\n", UTF_8);
      }
    } catch (IOException e) {
      LOGGER.warn("The file {} cannot say whether experience is taken", file, e);
    }
  }

  @Override
  public void close() {
    onRoom(true, "");
  }
}

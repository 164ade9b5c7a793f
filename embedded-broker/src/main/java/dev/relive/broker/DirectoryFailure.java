package dev.relive.broker;

import dev.relive.service.UserException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Says in one sentence what is wrong with a data directory. */
final class DirectoryFailure {

  /**
   * Below this a broker does not start: two indexes of each partition are mapped at 10 MiB, and a
   * disk that fills up under a mapped file kills the process instead of failing a write.
   */
  static final long MINIMUM_FREE_BYTES = 64L << 20;

  private DirectoryFailure() {}

  /** Creates the directory if missing and throws unless it can hold a log. */
  static void prepare(Path directory) {
    try {
      createDirectories(directory);
      long free = Files.getFileStore(directory).getUsableSpace();
      if (free < MINIMUM_FREE_BYTES) {
        throw new UserException(full(directory, free));
      }
    } catch (IOException e) {
      throw unusable(directory, e);
    }
    if (!Files.isWritable(directory)) {
      throw new UserException("The data directory " + directory + " is not writable.");
    }
  }

  private static void createDirectories(Path directory) throws IOException {
    for (Path path = directory.toAbsolutePath(); path != null; path = path.getParent()) {
      if (Files.isDirectory(path)) {
        break;
      }
      if (Files.exists(path)) {
        throw new UserException(
            path.equals(directory.toAbsolutePath())
                ? "The data directory " + directory + " is a file, not a directory."
                : "The data directory "
                    + directory
                    + " cannot be created, because "
                    + path
                    + " is a file.");
      }
    }
    Files.createDirectories(directory);
  }

  /** The directory refused a read or a write. */
  static UserException unusable(Path directory, IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return new UserException("The data directory " + directory + " is not writable.", cause);
    }
    return new UserException(
        "The data directory " + directory + " cannot be used: " + cause.getMessage() + ".", cause);
  }

  /** Why a running Kafka gave up on its directory, as far as the directory itself shows it. */
  static Optional<String> lost(Path directory, Path kafkaDirectory) {
    // Kafka may have created the directory anew, but never the file that it was formatted with.
    if (!Files.exists(kafkaDirectory.resolve("meta.properties"))) {
      return Optional.of("The data directory " + directory + " was removed under its broker.");
    }
    if (!Files.isWritable(kafkaDirectory)) {
      return Optional.of("The data directory " + directory + " is no longer writable.");
    }
    try {
      long free = Files.getFileStore(kafkaDirectory).getUsableSpace();
      return free < MINIMUM_FREE_BYTES ? Optional.of(full(directory, free)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String full(Path directory, long freeBytes) {
    return "The disk of the data directory %s is full: %d MiB are free, and a broker needs %d."
        .formatted(directory, freeBytes >> 20, MINIMUM_FREE_BYTES >> 20);
  }
}

package dev.relive.cli;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.relive.service.UserException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file to write that is there whole or not at all: it is written beside its place and then moved.
 *
 * @param overwrite whether one that is there may be replaced
 */
record WholeFile(Path path, boolean overwrite) {

  /** Writes what the file is to hold. */
  interface Content {

    /**
     * Writes it to another path.
     *
     * @return whether it is whole; what is not is deleted
     */
    boolean writeTo(Path part) throws IOException;
  }

  /**
   * Says before the work what can be said against it.
   *
   * @throws UserException if the file is there and may not be replaced
   */
  void requireWritable() {
    if (!overwrite && Files.exists(path)) {
      throw exists();
    }
  }

  /**
   * Writes it, and the directories on the way to it.
   *
   * @return whether it was whole
   * @throws UserException if it is there and may not be replaced, or cannot be written
   */
  boolean write(Content content) {
    requireWritable();
    Path part = path.resolveSibling("." + path.getFileName() + ".part");
    try {
      Path directory = path.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      boolean whole = content.writeTo(part);
      if (whole) {
        put(part);
      }
      return whole;
    } catch (FileAlreadyExistsException e) {
      throw exists();
    } catch (IOException e) {
      throw new UserException(
          "%s cannot be written: %s.".formatted(path, e.getMessage()), ExitCode.FAILURE, e);
    } finally {
      part.toFile().delete();
    }
  }

  private void put(Path part) throws IOException {
    if (overwrite) {
      Files.move(part, path, REPLACE_EXISTING, ATOMIC_MOVE);
    } else {
      Files.move(part, path);
    }
  }

  private UserException exists() {
    return new UserException("%s is there already; --force overwrites it.".formatted(path));
  }
}

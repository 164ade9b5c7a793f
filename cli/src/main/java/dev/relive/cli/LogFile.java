package dev.relive.cli;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.relive.service.UserException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file for the log messages of this process alone, while it lives: {@code produce.log}, or {@code
 * produce-2.log} where another process writes to that.
 */
final class LogFile implements AutoCloseable {

  private static final int MOST = 100;

  private final Path path;
  private final FileChannel lock;

  private LogFile(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Takes the first file that is free.
   *
   * @param directory exists
   * @throws IOException if it cannot be written to
   * @throws UserException if very many processes have taken one
   */
  static LogFile take(Path directory, String name) throws IOException {
    for (int number = 1; number <= MOST; number++) {
      Path path = directory.resolve(name + (number == 1 ? "" : "-" + number) + ".log");
      FileChannel lock = tryLock(path.resolveSibling("." + path.getFileName() + ".lock"));
      if (lock != null) {
        Files.newOutputStream(path, CREATE, APPEND).close();
        return new LogFile(path, lock);
      }
    }
    throw new UserException(
        "%d processes write log messages to %s, and there cannot be more."
            .formatted(MOST, directory));
  }

  private static @Nullable FileChannel tryLock(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, CREATE, WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Another command of this process has it.
      channel.close();
      return null;
    }
    channel.close();
    return null;
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}

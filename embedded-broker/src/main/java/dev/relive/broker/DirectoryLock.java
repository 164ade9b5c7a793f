package dev.relive.broker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.relive.service.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The right of one broker to use a directory, held until it is closed or its process dies. Two
 * Kafkas on one directory damage it before Kafka's own lock speaks, so this one comes first.
 *
 * <p>The file's content is the process id of the holder, the lock is on one byte far behind it:
 * some systems forbid others to read locked bytes.
 */
final class DirectoryLock implements AutoCloseable {

  private static final String FILE = "broker.lock";
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;
  private static final int ATTEMPTS = 10;
  private static final int PAUSE_MILLISECONDS = 20;

  /**
   * The directories held by this process, guarded by itself. On POSIX systems, closing any channel
   * of a file gives up all of the process's locks on it, so a file locked here is not opened again.
   */
  private static final Set<Path> HELD_HERE = new HashSet<>();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * @param directory exists
   * @throws UserException if a broker of this or another process holds it, naming that process
   */
  static DirectoryLock acquire(Path directory) {
    try {
      Path real = directory.toRealPath();
      // Another process that looks whether the lock is held takes it for an instant.
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        DirectoryLock lock = tryAcquire(real);
        if (lock != null) {
          return lock;
        }
        Thread.sleep(PAUSE_MILLISECONDS);
      }
    } catch (IOException e) {
      throw DirectoryFailure.unusable(directory, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("Interrupted while locking the data directory " + directory + ".", e);
    }
    throw new UserException(
        "The data directory " + directory + " is in use by " + holder(directory) + ".");
  }

  /** Whether a broker, of this process or another one, holds the directory. */
  static boolean isHeld(Path directory) {
    try {
      synchronized (HELD_HERE) {
        if (!Files.exists(directory.resolve(FILE))) {
          return false;
        }
        if (HELD_HERE.contains(directory.toRealPath())) {
          return true;
        }
        try (FileChannel channel = FileChannel.open(directory.resolve(FILE), READ, WRITE);
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false)) {
          return lock == null;
        }
      }
    } catch (IOException e) {
      throw DirectoryFailure.unusable(directory, e);
    }
  }

  private static @Nullable DirectoryLock tryAcquire(Path real) throws IOException {
    synchronized (HELD_HERE) {
      if (HELD_HERE.contains(real)) {
        return null;
      }
      FileChannel channel = FileChannel.open(real.resolve(FILE), CREATE, READ, WRITE);
      try {
        if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
          channel.close();
          return null;
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(US_ASCII)));
      } catch (IOException e) {
        channel.close();
        throw e;
      }
      HELD_HERE.add(real);
      return new DirectoryLock(real, channel);
    }
  }

  private static String holder(Path directory) {
    String processId;
    try {
      processId = Files.readString(directory.resolve(FILE), US_ASCII).strip();
    } catch (IOException e) {
      processId = "";
    }
    String process = processId.isEmpty() ? "another process" : "process " + processId;
    Optional<BrokerAddress> address = BrokerAddress.read(directory);
    return process + address.map(known -> ", whose broker listens on " + known).orElse("");
  }

  @Override
  public void close() throws IOException {
    synchronized (HELD_HERE) {
      channel.close();
      HELD_HERE.remove(directory);
    }
  }
}

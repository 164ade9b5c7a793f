package dev.relive.broker;

import dev.relive.service.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches how much of the disk is free. Below the floor the broker takes no more experience, which
 * is what fills a disk, so that there is room for everything else to come to an end in order; when
 * there is room again it goes on.
 */
final class DiskFloor implements AutoCloseable {

  /** So that at hundreds of megabytes a second a floor of one gigabyte is not passed unseen. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private static final Logger LOGGER = LoggerFactory.getLogger(DiskFloor.class);

  private final Path directory;
  private final long floorBytes;
  private final LongSupplier freeBytes;
  private final CopyOnWriteArrayList<RoomListener> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "embedded-broker-disk");
            thread.setDaemon(true);
            return thread;
          });
  private volatile long seenFreeBytes;
  private volatile boolean reached;

  /**
   * A floor that is looked at once now, and again and again after {@link #watch}.
   *
   * @param directory the data directory, for messages
   * @param freeBytes tells how much of its disk is free
   */
  DiskFloor(Path directory, long floorBytes, LongSupplier freeBytes) {
    this.directory = directory;
    this.floorBytes = floorBytes;
    this.freeBytes = freeBytes;
    look();
  }

  /** Tells how much of a directory's disk is free. */
  static LongSupplier freeBytesOf(Path directory) {
    return () -> {
      try {
        return Files.getFileStore(directory).getUsableSpace();
      } catch (IOException e) {
        throw new UserException(
            "The disk of the data directory %s cannot be looked at: %s."
                .formatted(directory, e.getMessage()),
            e);
      }
    };
  }

  void watch() {
    var unused =
        looks.scheduleWithFixedDelay(
            this::lookAgain,
            BETWEEN_LOOKS.toMillis(),
            BETWEEN_LOOKS.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void lookAgain() {
    try {
      look();
    } catch (RuntimeException e) {
      // Kafka itself notices a directory that is gone; what was seen last goes on to hold.
      LOGGER.debug("The disk of {} could not be looked at", directory, e);
    }
  }

  private void look() {
    long free = freeBytes.getAsLong();
    seenFreeBytes = free;
    boolean isBelow = free < floorBytes;
    if (isBelow != reached) {
      reached = isBelow;
      String sentence = isBelow ? refusal(free) : goesOn(free);
      LOGGER.warn("{}", sentence);
      listeners.forEach(listener -> listener.onRoom(!isBelow, sentence));
    }
  }

  /** Whether the floor is reached: no experience is taken. May be asked by any thread. */
  boolean isReached() {
    return reached;
  }

  /** How much is to stay free. */
  long bytes() {
    return floorBytes;
  }

  /** What was free at the last look. */
  long freeBytes() {
    return seenFreeBytes;
  }

  /** Why no experience is taken, as a sentence; null where it is. */
  @Nullable String refusal() {
    return reached ? refusal(seenFreeBytes) : null;
  }

  void add(RoomListener listener) {
    listeners.add(listener);
    String sentence = refusal();
    if (sentence != null) {
      listener.onRoom(false, sentence);
    }
  }

  private String refusal(long free) {
    return "The broker takes no more experience: %d MB are free on the disk of the data directory %s, and its floor is %d MB."
        .formatted(free / 1_000_000, directory, floorBytes / 1_000_000);
  }

  private String goesOn(long free) {
    return "The broker takes experience again: %d MB are free on the disk of the data directory %s."
        .formatted(free / 1_000_000, directory);
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}

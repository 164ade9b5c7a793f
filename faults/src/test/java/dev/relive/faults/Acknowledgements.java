package dev.relive.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;

import dev.relive.faults.SegmentName.Epoch;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the producers of a run have said is in the log, from the first to the last. */
final class Acknowledgements implements AutoCloseable {
  private final Path file;
  private final BufferedWriter lines;
  private final Map<Epoch, BitSet> sequences = new HashMap<>();
  private final Map<JavaProcess, Listening> listening = new ConcurrentHashMap<>();
  private long count;

  /**
   * @param file gets every line
   */
  Acknowledgements(Path file) throws IOException {
    this.file = file;
    lines = Files.newBufferedWriter(file, UTF_8);
  }

  /** Where every line is that was said so far, in a file to which no more is added. */
  synchronized Path copy() throws IOException {
    lines.flush();
    return Files.copy(
        file,
        file.resolveSibling(file.getFileName() + "-so-far"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Listens to a producer until its end. */
  void listenTo(JavaProcess producer) {
    Listening to = new Listening(producer);
    listening.put(producer, to);
    to.start();
  }

  /** Segments that a producer has said are in the log. */
  long saidBy(JavaProcess producer) {
    Listening to = listening.get(producer);
    return to == null ? 0 : to.count.get();
  }

  /** When a producer first said so, by {@link System#nanoTime}; 0 before. */
  long firstSaidNanos(JavaProcess producer) {
    Listening to = listening.get(producer);
    return to == null ? 0 : to.firstNanos;
  }

  /** Waits until all that an ended producer has said is read. */
  void hearOut(JavaProcess ended) throws InterruptedException {
    Listening to = listening.get(ended);
    if (to != null) {
      to.join();
    }
  }

  /** The epochs of producers that are alive, and may yet say more. */
  Set<Epoch> living() {
    return listening.values().stream()
        .filter(each -> each.producer.isAlive())
        .map(each -> each.epoch)
        .filter(Objects::nonNull)
        .collect(toSet());
  }

  /** Segments in all. */
  synchronized long count() {
    return count;
  }

  /** Which sequences of each epoch; a copy. */
  synchronized Map<Epoch, BitSet> sequences() {
    Map<Epoch, BitSet> copy = new HashMap<>();
    sequences.forEach((epoch, bits) -> copy.put(epoch, (BitSet) bits.clone()));
    return copy;
  }

  private synchronized Epoch add(String line) throws IOException {
    SegmentName name = SegmentName.of(line);
    sequences.computeIfAbsent(name.epoch(), epoch -> new BitSet()).set(name.sequence());
    lines.write(line);
    lines.newLine();
    count++;
    return name.epoch();
  }

  @Override
  public synchronized void close() throws IOException {
    lines.close();
  }

  private final class Listening extends Thread {
    private final JavaProcess producer;
    private final AtomicLong count = new AtomicLong();
    private volatile long firstNanos;
    private volatile @Nullable Epoch epoch;

    Listening(JavaProcess producer) {
      super("acknowledgements of " + producer.name());
      this.producer = producer;
      setDaemon(true);
    }

    @Override
    public void run() {
      try (BufferedReader told =
          new BufferedReader(new InputStreamReader(producer.told(), UTF_8))) {
        for (String line = told.readLine(); line != null; line = told.readLine()) {
          epoch = add(line);
          if (count.getAndIncrement() == 0) {
            firstNanos = System.nanoTime();
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

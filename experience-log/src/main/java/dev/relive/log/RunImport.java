package dev.relive.log;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Adds the runs of archives to a log, each to one partition of its stream, behind what stands
 * there. What the log holds of a run already stays, so that an import that was broken off goes on
 * where it was, and one that was not adds nothing the second time.
 */
public final class RunImport {
  private final LogConnection connection;
  private final InstantSource clock;
  private final Duration silence;
  private final TransferListener listener;

  /**
   * What became of a run.
   *
   * @param addedSegments of its {@code segments}, those that the log did not hold
   * @param resumable whether a learner can go on with it here
   */
  public record Imported(
      String run,
      long segments,
      long addedSegments,
      long snapshots,
      long addedSnapshots,
      long evaluations,
      long addedEvaluations,
      boolean resumable) {
    /** Whether the log held all of it. */
    public boolean addedNothing() {
      return addedSegments == 0 && addedSnapshots == 0 && addedEvaluations == 0;
    }
  }

  /** Imports into a log, whose topics need not exist. */
  public RunImport(LogConnection connection, InstantSource clock, TransferListener listener) {
    this(connection, clock, listener, RunActivity.LONGEST_SILENCE);
  }

  /**
   * @param silence how long nobody may add to a run before more of its import is added
   */
  RunImport(
      LogConnection connection, InstantSource clock, TransferListener listener, Duration silence) {
    this.connection = connection;
    this.clock = clock;
    this.silence = silence;
    this.listener = listener;
  }

  /**
   * Reads a file of archives to its end and writes nothing.
   *
   * @param name the file's, for messages
   * @param size in bytes, for the listener
   * @return how many runs are in it
   * @throws LogException saying what is wrong with the file
   * @throws IOException if it cannot be read
   */
  public int check(String name, InputStream in, long size) throws IOException {
    int runs = 0;
    try (ArchiveReader archive = new ArchiveReader(name, in)) {
      while (archive.nextRun()) {
        ArchiveHead head = ArchiveHead.read(archive);
        ArchivedSegments segments = new ArchivedSegments(archive, head.spec());
        while (segments.next() != null) {
          listener.transferred(archive.position(), size);
        }
        ArchivedExtras extras = new ArchivedExtras(archive, head.spec().getRun());
        while (extras.nextSnapshot() != null || extras.nextEvaluation() != null) {
          listener.transferred(archive.position(), size);
        }
        archive.end();
        runs++;
      }
    }
    return runs;
  }

  /**
   * Adds the runs of a file that was {@link #check}ed, one after the other.
   *
   * @param each is told of each run when it is in the log
   * @throws LogException saying why a run cannot be added; those before it are in the log
   */
  public void add(String name, InputStream in, long size, Consumer<Imported> each)
      throws IOException {
    try (ArchiveReader archive = new ArchiveReader(name, in)) {
      while (archive.nextRun()) {
        each.accept(
            new OneRunImport(
                    connection,
                    clock,
                    silence,
                    archive,
                    () -> listener.transferred(archive.position(), size))
                .add());
      }
    }
  }
}

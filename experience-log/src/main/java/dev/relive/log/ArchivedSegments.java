package dev.relive.log;

import dev.relive.log.wire.RunSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The segments of an archive, each looked at as a reader of the log would. */
final class ArchivedSegments {
  private final ArchiveReader archive;
  private final SegmentSelection selection;
  private long read;

  ArchivedSegments(ArchiveReader archive, RunSpec spec) {
    this.archive = archive;
    this.selection =
        new SegmentSelection(
            ReadRequest.of(new TopicCatalogue(LogConnection.DEFAULT_PREFIX), spec)
                .ofRun(spec.getRun()));
  }

  /**
   * The next one; null where there is none.
   *
   * @throws LogException if it is no well-formed segment of the run
   */
  @Nullable ArchivedRecord next() throws IOException {
    ArchivedRecord record = archive.next(RecordKind.SEGMENT);
    if (record == null) {
      return null;
    }
    read++;
    try {
      if (selection.segment(ByteBuffer.wrap(record.key()), ByteBuffer.wrap(record.value()))
          != null) {
        return record;
      }
    } catch (RejectedRecordException e) {
      throw archive.fault(String.valueOf(e.getMessage()));
    }
    throw archive.fault("a segment of another run stands among those of its run.");
  }

  /** The ordinal of the last one that was read. */
  long ordinal() {
    return read - 1;
  }
}

package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.Snapshot;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What an archive holds after its segments. */
final class ArchivedExtras {
  private final ArchiveReader archive;
  private final String run;
  private long snapshotVersion;

  ArchivedExtras(ArchiveReader archive, String run) {
    this.archive = archive;
    this.run = run;
  }

  /** The next snapshot; null where there is none. */
  @Nullable ArchivedRecord nextSnapshot() throws IOException {
    ArchivedRecord record = archive.next(RecordKind.SNAPSHOT);
    if (record != null) {
      try {
        Snapshot snapshot = record.message(RecordCodec.SNAPSHOT);
        requireKey(record, snapshot.getRun(), run + "/" + snapshot.getVersion());
        snapshotVersion = snapshot.getVersion();
      } catch (RejectedRecordException e) {
        throw archive.fault(String.valueOf(e.getMessage()));
      }
    }
    return record;
  }

  /** The version of the last snapshot; 0 before the first. */
  long snapshotVersion() {
    return snapshotVersion;
  }

  /** The next evaluation; null where there is none. */
  @Nullable ArchivedRecord nextEvaluation() throws IOException {
    ArchivedRecord record = archive.next(RecordKind.EVALUATION);
    if (record != null) {
      try {
        Evaluation evaluation = record.message(RecordCodec.EVALUATION);
        requireKey(record, evaluation.getRun(), run);
      } catch (RejectedRecordException e) {
        throw archive.fault(String.valueOf(e.getMessage()));
      }
    }
    return record;
  }

  private void requireKey(ArchivedRecord record, String runOfRecord, String key) {
    if (!runOfRecord.equals(run) || !Arrays.equals(record.key(), key.getBytes(UTF_8))) {
      throw archive.fault(
          "a %s of run %s stands under the key of another among those of run %s."
              .formatted(record.kind(), runOfRecord, run));
    }
  }
}

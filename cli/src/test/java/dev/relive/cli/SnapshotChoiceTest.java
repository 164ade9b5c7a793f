package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.relive.log.wire.Snapshot;
import dev.relive.log.wire.SnapshotReason;
import dev.relive.service.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SnapshotChoiceTest {

  private static final List<SnapshotSummary> ALL =
      List.of(
          snapshot(3, SnapshotReason.PERIODIC, false),
          snapshot(5, SnapshotReason.PERIODIC, true),
          snapshot(6, SnapshotReason.FINAL, false),
          snapshot(8, SnapshotReason.FINAL, false),
          snapshot(9, SnapshotReason.PERIODIC, false));

  private static SnapshotSummary snapshot(long version, SnapshotReason reason, boolean best) {
    Snapshot snapshot =
        Snapshot.newBuilder().setRun("r").setVersion(version).setReason(reason).build();
    return SnapshotSummary.of(snapshot, null, best);
  }

  @ParameterizedTest
  @CsvSource({"best, 5", "last, 9", "final, 8", "3, 3"})
  void findsTheOneThatIsMeant(String words, long version) {
    List<SnapshotSummary> meant = new SnapshotChoice(words).among("r", ALL);

    assertEquals(List.of(version), meant.stream().map(SnapshotSummary::version).toList());
  }

  @Test
  void findsAll() {
    assertEquals(ALL, new SnapshotChoice("all").among("r", ALL));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          best  | Run r has no best snapshot, since none was evaluated
          final | Run r has no final snapshot, since it has not ended
          7     | Run r has no snapshot of version 7
          """)
  void saysThatThereIsNoneSuch(String words, String beginning) {
    List<SnapshotSummary> one = List.of(snapshot(3, SnapshotReason.PERIODIC, false));

    assertEquals(
        beginning + "; `relive snapshots ls --run r` lists what it has.",
        assertThrows(UserException.class, () -> new SnapshotChoice(words).among("r", one))
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "best", "9"})
  void saysThatThereAreNoneAtAll(String words) {
    assertEquals(
        "The log keeps no snapshots of run r.",
        assertThrows(UserException.class, () -> new SnapshotChoice(words).among("r", List.of()))
            .getMessage());
  }
}

package dev.relive.log;

import java.util.List;
import java.util.Map;

/**
 * What an audit read and found.
 *
 * @param runs oldest first
 * @param findings how many there were of each kind; none where there were none
 * @param rejected records of experience that cannot be used, by reason
 * @param copies copies of rejected records, by the reason that they state
 * @param acknowledged acknowledged segments looked for
 * @param lost those of them that are not in the log
 */
public record AuditReport(
    List<RunAccount> runs,
    Map<FindingKind, Long> findings,
    Map<RejectionReason, Long> rejected,
    Map<RejectionReason, Long> copies,
    long acknowledged,
    long lost) {

  /** Copies the collections. */
  public AuditReport {
    runs = List.copyOf(runs);
    findings = Map.copyOf(findings);
    rejected = Map.copyOf(rejected);
    copies = Map.copyOf(copies);
  }

  /** Whether nothing was lost and nothing is damaged. */
  public boolean holds() {
    return failures() == 0;
  }

  /** Findings of loss or damage. */
  public long failures() {
    return count(true);
  }

  /** Findings that may be so in a log that is whole. */
  public long notes() {
    return count(false);
  }

  private long count(boolean failures) {
    return findings.entrySet().stream()
        .filter(each -> each.getKey().isFailure() == failures)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /**
   * What was read of one run.
   *
   * @param segments well-formed ones that fit the run, duplicates included
   * @param steps transitions in them, those of duplicates left out
   * @param epochs process starts of its actors
   * @param openEpochs those that end in mid-episode
   * @param gaps segments missing
   * @param duplicates segments that had been there before
   * @param misfits segments that do not fit the run's environment
   * @param snapshots kept weights
   * @param evaluations snapshots evaluated
   * @param failures findings of loss or damage
   */
  public record RunAccount(
      Run run,
      long segments,
      long steps,
      long epochs,
      long openEpochs,
      long gaps,
      long duplicates,
      long misfits,
      long snapshots,
      long evaluations,
      long failures) {}
}

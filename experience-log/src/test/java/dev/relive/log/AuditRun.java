package dev.relive.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An audit in a test: what it told, and what came of it. */
record AuditRun(AuditReport report, List<Finding> findings) {

  /** Audits all of a log; weights are in order where their SHA-256 field equals their bytes. */
  static AuditRun of(LogConnection connection) {
    return of(connection, null, null, null);
  }

  static AuditRun of(
      LogConnection connection,
      @Nullable String stream,
      @Nullable String run,
      @Nullable AcknowledgedSegments acknowledged) {
    List<Finding> findings = new ArrayList<>();
    AuditListener listener =
        new AuditListener() {
          @Override
          public void found(Finding finding) {
            findings.add(finding);
          }

          @Override
          public void reading(String topic, long done, long total) {
            if (done < 0 || done > total) {
              throw new AssertionError(done + " of " + total);
            }
          }
        };
    AuditRequest request =
        new AuditRequest(
            Optional.ofNullable(stream),
            Optional.ofNullable(run),
            Optional.ofNullable(acknowledged),
            weights ->
                weights.getSha256().equals(weights.getSafetensors())
                    ? Optional.empty()
                    : Optional.of("The weights are damaged."));
    try (LogAdmin admin = LogAdmin.open(connection)) {
      return new AuditRun(LogAudit.of(admin, request, listener), List.copyOf(findings));
    }
  }

  /** Every finding as "kind: sentence", in alphabetical order. */
  List<String> sentences() {
    return findings.stream()
        .map(finding -> finding.kind().label() + ": " + finding.sentence())
        .sorted()
        .toList();
  }
}

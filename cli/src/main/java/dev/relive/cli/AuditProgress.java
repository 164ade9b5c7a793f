package dev.relive.cli;

import dev.relive.log.AuditListener;
import dev.relive.log.Finding;

/** Shows how far an audit is, beside what it finds. */
record AuditProgress(AuditOutput output, ToolProgress progress) implements AuditListener {

  @Override
  public void found(Finding finding) {
    output.found(finding);
  }

  @Override
  public void reading(String topic, long done, long total) {
    progress.show("verifying " + topic, done, total, "records");
  }
}

package dev.relive.cli;

import dev.relive.log.AuditReport;
import dev.relive.log.Finding;
import java.io.IOException;

/** Where what an audit finds is shown. */
interface AuditOutput extends AutoCloseable {

  /** The next finding. */
  void found(Finding finding);

  /** All there is beside the findings. */
  void end(AuditReport report) throws IOException;

  @Override
  void close() throws IOException;
}

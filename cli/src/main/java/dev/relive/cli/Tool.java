package dev.relive.cli;

import dev.relive.log.LogConnection;
import dev.relive.service.ServiceGroup;
import java.io.PrintStream;
import java.time.Clock;

/**
 * What a {@link ToolCommand} works with.
 *
 * @param log to work with
 * @param clock for people
 * @param out for what was asked
 * @param asJson whether that is to be JSON
 * @param progress for work that takes long
 * @param group takes over all that is opened
 */
record Tool(
    ToolLog log,
    Clock clock,
    PrintStream out,
    boolean asJson,
    ToolProgress progress,
    ServiceGroup group) {

  /** To the log, which answers. */
  LogConnection connection() {
    return log.connection();
  }
}

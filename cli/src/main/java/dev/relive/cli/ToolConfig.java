package dev.relive.cli;

/** What a {@link ToolCommand} is told. */
interface ToolConfig {

  LogPlace log();

  /**
   * Nothing but where the log is.
   *
   * @param log where
   */
  record Log(LogPlace log) implements ToolConfig {}
}

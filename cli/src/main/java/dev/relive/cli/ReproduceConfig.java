package dev.relive.cli;

/**
 * What {@code relive runs reproduce} is told.
 *
 * @param log where the run is
 * @param run its id or label
 * @param anyway whether to try it where the last bits may differ
 */
record ReproduceConfig(LogPlace log, String run, boolean anyway) implements ToolConfig {}

package dev.relive.cli;

/**
 * What a deletion is told.
 *
 * @param run its id or label
 * @param yes whether to delete
 */
record RunsDeleteConfig(LogPlace log, String run, boolean yes) implements ToolConfig {}

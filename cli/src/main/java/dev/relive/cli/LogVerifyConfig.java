package dev.relive.cli;

import java.util.Optional;

/**
 * What to verify.
 *
 * @param stream only this one; empty for all
 * @param run only the one with this id or label; empty for all
 * @param acknowledged the file that lists what must be in the log, "-" for the standard input;
 *     empty where there is none
 */
record LogVerifyConfig(
    LogPlace log, Optional<String> stream, Optional<String> run, Optional<String> acknowledged)
    implements ToolConfig {}

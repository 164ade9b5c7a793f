package dev.relive.log;

import dev.relive.log.wire.Tensors;
import java.util.Optional;
import java.util.function.Function;

/**
 * What to audit.
 *
 * @param stream only this one; empty for all
 * @param run only the one with this id or label; empty for all
 * @param acknowledged what must be in the log; empty where that is not known
 * @param weightsFault what is wrong with tensors, as a sentence; empty where nothing is
 */
public record AuditRequest(
    Optional<String> stream,
    Optional<String> run,
    Optional<AcknowledgedSegments> acknowledged,
    Function<Tensors, Optional<String>> weightsFault) {}

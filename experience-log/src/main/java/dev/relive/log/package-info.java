/**
 * The contract between producers, learners and evaluators: what stands in the experience log, how
 * it is written, and what a reader may conclude from it. The rules are in {@code
 * docs/design/protocol.md}, the messages in {@code dev.relive.log.wire}.
 */
package dev.relive.log;

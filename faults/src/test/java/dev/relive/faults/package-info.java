/**
 * The promises of the log under attack: every part in a process of its own, killed, stopped and
 * slowed while it learns, and an account of the log that shares no code with them.
 */
@NullMarked
package dev.relive.faults;

import org.jspecify.annotations.NullMarked;

package dev.relive.log;

import org.jspecify.annotations.Nullable;

/** Something that stops work with the log; the message is one sentence for the user. */
public class LogException extends RuntimeException {
  /** A failure with its sentence. */
  public LogException(String message) {
    super(message);
  }

  /** A failure with its sentence and where it came from. */
  public LogException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** {@code failure} as a sentence about {@code what} was being done, unless it is one already. */
  static LogException during(String what, Throwable failure) {
    if (failure instanceof LogException already) {
      return already;
    }
    String message = failure.getMessage();
    String reason = message == null || message.isBlank() ? failure.toString() : message;
    String sentence = reason.endsWith(".") ? reason : reason + ".";
    return new LogException(what + " failed: " + sentence, failure);
  }
}

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
  public static LogException during(String what, Throwable failure) {
    if (failure instanceof LogException already) {
      return already;
    }
    return new LogException(what + " failed: " + reason(failure), failure);
  }

  /** What a failure of Kafka's clients means, as the end of a sentence. */
  static String reason(Throwable failure) {
    return KafkaRefusal.in(failure)
        .orElseGet(
            () -> {
              String said = failure.getMessage();
              String message = said == null || said.isBlank() ? failure.toString() : said;
              return message.endsWith(".") ? message : message + ".";
            });
  }
}

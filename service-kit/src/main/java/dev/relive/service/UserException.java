package dev.relive.service;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A failure that its user can understand and mend: the message is one complete sentence that names
 * the thing, its value and what is allowed. The command line prints the sentence alone and ends
 * with the exit code; the stack trace is for {@code --verbose}.
 */
public final class UserException extends RuntimeException {

  /** What was asked could not be done. */
  private static final int FAILURE = 1;

  @Serial private static final long serialVersionUID = 1L;

  private final String sentence;
  private final int exitCode;

  public UserException(String sentence) {
    this(sentence, null);
  }

  public UserException(String sentence, @Nullable Throwable cause) {
    this(sentence, FAILURE, cause);
  }

  /**
   * @param exitCode 1 to 255; 0 would call the failure a success
   */
  public UserException(String sentence, int exitCode, @Nullable Throwable cause) {
    super(sentence, cause);
    if (exitCode < 1 || exitCode > 255) {
      throw new IllegalArgumentException("exitCode is " + exitCode + ", and must be 1 to 255");
    }
    this.sentence = sentence;
    this.exitCode = exitCode;
  }

  @Override
  public String getMessage() {
    return sentence;
  }

  public int exitCode() {
    return exitCode;
  }
}

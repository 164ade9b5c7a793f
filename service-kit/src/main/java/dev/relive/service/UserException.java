package dev.relive.service;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A failure that its user can understand and mend: the message is one complete sentence that names
 * the thing, its value and what is allowed. The command line prints the sentence alone and ends
 * with the exit code; the stack trace is for {@code --verbose}.
 */
public final class UserException extends RuntimeException {

  /** The exit code when none is stated: the command could not do what was asked. */
  public static final int DEFAULT_EXIT_CODE = 1;

  @Serial private static final long serialVersionUID = 1L;

  private final String sentence;
  private final int exitCode;

  public UserException(String sentence) {
    this(sentence, null);
  }

  public UserException(String sentence, @Nullable Throwable cause) {
    this(sentence, DEFAULT_EXIT_CODE, cause);
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

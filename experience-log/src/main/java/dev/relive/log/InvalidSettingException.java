package dev.relive.log;

/** A setting that cannot be used; the message is one sentence for the user. */
public final class InvalidSettingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message names the setting, its value and what is allowed
   */
  public InvalidSettingException(String message) {
    super(message);
  }
}

package dev.relive.log;

/** A record that cannot be used; the message says why in one sentence. */
public final class RejectedRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  /** In characters: what a record says of itself, such as a name, can be as long as the record. */
  private static final int LONGEST_MESSAGE = 1000;

  private final RejectionReason reason;

  RejectedRecordException(RejectionReason reason, String message) {
    // Thousands of bad records may come at once: no stack trace, it would say nothing.
    super(shortened(message), null, false, false);
    this.reason = reason;
  }

  private static String shortened(String message) {
    return message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE) + "….";
  }

  /** The kind of fault. */
  public RejectionReason reason() {
    return reason;
  }
}

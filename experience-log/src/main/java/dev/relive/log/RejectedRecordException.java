package dev.relive.log;

/** A record that cannot be used; the message says why in one sentence. */
public final class RejectedRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  private final RejectionReason reason;

  RejectedRecordException(RejectionReason reason, String message) {
    // Thousands of bad records may come at once: no stack trace, it would say nothing.
    super(message, null, false, false);
    this.reason = reason;
  }

  /** The kind of fault. */
  public RejectionReason reason() {
    return reason;
  }
}

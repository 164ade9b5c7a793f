package dev.relive.log;

/** Why a record cannot be used, in the order in which a reader looks. */
public enum RejectionReason {
  /** Not a record of Relive. */
  FOREIGN("foreign"),
  /** A record of Relive that does not belong in its topic. */
  UNEXPECTED_KIND("unexpected-kind"),
  /** Written by a newer program in a format that this one cannot read. */
  FUTURE_FORMAT("future-format"),
  /** The checksum differs or the message does not parse. */
  CORRUPT("corrupt"),
  /** Intact, but breaks a rule of the protocol. */
  INVALID("invalid");

  private final String label;

  RejectionReason(String label) {
    this.label = label;
  }

  /** The name in headers and metrics. */
  public String label() {
    return label;
  }
}

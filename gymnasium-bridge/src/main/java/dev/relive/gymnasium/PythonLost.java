package dev.relive.gymnasium;

/** A Python process is no more; the message, such as "ended with exit code 3", says how. */
final class PythonLost extends Exception {
  private static final long serialVersionUID = 1;

  PythonLost(String message) {
    super(message);
  }
}

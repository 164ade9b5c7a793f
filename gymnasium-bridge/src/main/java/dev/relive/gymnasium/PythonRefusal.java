package dev.relive.gymnasium;

/** Python did not do what it was asked to; the message, which is no whole sentence, says why. */
final class PythonRefusal extends Exception {
  private static final long serialVersionUID = 1;

  PythonRefusal(String message) {
    super(message);
  }
}

package dev.relive.gymnasium;

import java.time.Duration;

/**
 * How Python is run here. It is this machine's business and no part of a run, so the system
 * properties {@code relive.python}, {@code relive.python.processes} and {@code
 * relive.python.timeout} (seconds) say it.
 *
 * @param interpreter a command or a path
 * @param processes how many to spread the lanes of an environment over, 1 or more
 * @param timeout how long a reply may take, the making of an environment included
 */
record PythonSettings(String interpreter, int processes, Duration timeout) {
  static final String INTERPRETER = "relive.python";
  static final String PROCESSES = "relive.python.processes";
  static final String TIMEOUT = "relive.python.timeout";

  static PythonSettings ofProcess() {
    return new PythonSettings(
        System.getProperty(INTERPRETER, "python3"),
        positive(PROCESSES, 1),
        Duration.ofSeconds(positive(TIMEOUT, 60)));
  }

  private static int positive(String property, int usual) {
    String text = System.getProperty(property);
    if (text == null) {
      return usual;
    }
    try {
      int value = Integer.parseInt(text);
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below, as every other text is.
    }
    throw new IllegalArgumentException(
        "The system property %s must be a whole number of 1 or more, and is '%s'."
            .formatted(property, text));
  }
}

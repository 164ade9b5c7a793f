package dev.relive.gymnasium;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on what a Python process says on its standard error, line by line, as messages of the log.
 * Lines have a largest length and minutes a largest number of lines; what is left out is counted.
 */
final class StandardError implements Runnable {
  private static final Logger LOGGER = LoggerFactory.getLogger(StandardError.class);
  private static final int LONGEST_LINE = 1_000;
  private static final int MOST_LINES = 500;
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final String name;
  private final InputStream stream;
  private final StringBuilder line = new StringBuilder();
  private volatile String lastLine = "";
  private long minuteBegan = System.nanoTime();
  private int lines;
  private long left;

  /**
   * @param name what the messages begin with
   */
  StandardError(String name, InputStream stream) {
    this.name = name;
    this.stream = stream;
  }

  /** The last line since {@link #forget}; empty if there is none. */
  String lastLine() {
    return lastLine;
  }

  /** What was said until now tells nothing of what comes. */
  void forget() {
    lastLine = "";
  }

  @Override
  public void run() {
    try (Reader reader = new InputStreamReader(stream, UTF_8)) {
      char[] characters = new char[1 << 12];
      for (int count = reader.read(characters); count >= 0; count = reader.read(characters)) {
        for (int i = 0; i < count; i++) {
          add(characters[i]);
        }
      }
    } catch (IOException e) {
      LOGGER.debug("{}: nothing more can be read", name, e);
    }
    endLine();
    sayWhatWasLeft();
  }

  private void add(char character) {
    if (character == '\n') {
      endLine();
    } else if (line.length() < LONGEST_LINE && character != '\r') {
      line.append(character);
    }
  }

  private void endLine() {
    String text = line.toString().stripTrailing();
    line.setLength(0);
    if (text.isEmpty()) {
      return;
    }
    lastLine = text;
    long now = System.nanoTime();
    if (now - minuteBegan > MINUTE) {
      sayWhatWasLeft();
      minuteBegan = now;
      lines = 0;
    }
    if (lines++ < MOST_LINES) {
      LOGGER.info("{}: {}", name, text);
    } else {
      left++;
    }
  }

  private void sayWhatWasLeft() {
    if (left > 0) {
      LOGGER.warn("{}: {} further lines of this minute were left out", name, left);
      left = 0;
    }
  }
}

package dev.relive.cli.display;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is at the other end of the standard output. Java does not tell whether that alone is a
 * terminal, nor how large: the shell's own tools are asked.
 */
public final class Terminal {

  /** In characters. */
  record Size(int rows, int columns) {}

  private static final Size USUAL = new Size(24, 80);
  private static final Duration SIZE_LASTS = Duration.ofSeconds(2);
  private static final Pattern SIZE = Pattern.compile("(\\d{1,5}) (\\d{1,5})\\s*");

  /** Fails where the standard output is no terminal; else tells rows and columns. */
  private static final String[] QUESTION = {
    "/bin/sh", "-c", "test -t 1 && stty size < /dev/tty >&2"
  };

  private final boolean live;
  private final boolean colours;
  private final Supplier<Optional<Size>> measure;
  private Size size = USUAL;
  private Duration measured = Duration.ofDays(-1);

  private Terminal(boolean live, boolean colours, Supplier<Optional<Size>> measure) {
    this.live = live;
    this.colours = colours;
    this.measure = measure;
  }

  /**
   * The terminal of this process.
   *
   * @param variables {@code TERM=dumb} or none asks for plain lines, {@code NO_COLOR} for no
   *     colours
   */
  public static Terminal detect(Map<String, String> variables) {
    return detect(variables, Terminal::ask);
  }

  /** No terminal: a file, a pipe, or a user who wants plain lines. */
  public static Terminal none() {
    return new Terminal(false, false, Optional::empty);
  }

  static Terminal detect(Map<String, String> variables, Supplier<Optional<Size>> measure) {
    String kind = variables.getOrDefault("TERM", "dumb");
    if (kind.equals("dumb") || measure.get().isEmpty()) {
      return none();
    }
    boolean colours = variables.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(true, colours, measure);
  }

  /** Whether what was printed can be drawn over. */
  public boolean isLive() {
    return live;
  }

  /** How many characters fit in a line now. */
  public int columns() {
    return measure.get().orElse(USUAL).columns();
  }

  boolean hasColours() {
    return colours;
  }

  /**
   * How large the terminal is, measured again every two seconds: its user may change it.
   *
   * @param now on a clock that starts anywhere
   */
  Size size(Duration now) {
    if (now.minus(measured).compareTo(SIZE_LASTS) >= 0) {
      size = measure.get().orElse(USUAL);
      measured = now;
    }
    return size;
  }

  private static Optional<Size> ask() {
    try {
      Process process = new ProcessBuilder(QUESTION).redirectOutput(Redirect.INHERIT).start();
      String answer = new String(process.getErrorStream().readAllBytes(), US_ASCII);
      return process.waitFor() == 0 ? Optional.of(parse(answer)) : Optional.empty();
    } catch (IOException e) {
      // There is no such shell, so there is none of its terminals.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Some terminals say 0 0: they do not know. */
  static Size parse(String answer) {
    Matcher matcher = SIZE.matcher(answer);
    if (!matcher.matches()) {
      return USUAL;
    }
    int rows = Integer.parseInt(matcher.group(1));
    int columns = Integer.parseInt(matcher.group(2));
    return new Size(rows > 0 ? rows : USUAL.rows(), columns > 0 ? columns : USUAL.columns());
  }
}

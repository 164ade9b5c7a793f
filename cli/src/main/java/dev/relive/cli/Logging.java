package dev.relive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import dev.relive.cli.ScreenOptions.LogLevel;
import dev.relive.service.UserException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Sends log messages to a file of bounded size, and to the standard error when asked. Relive's own
 * are written from the level asked for on, those of the libraries only from warnings on, unless
 * every detail is asked for.
 */
final class Logging implements AutoCloseable {

  private static final long FILE_BYTES = 4 << 20;
  private static final String OWN = "dev.relive";
  private static final String PATTERN =
      "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level [%thread] %logger{24} - %msg%n";

  private final LoggerContext context;
  private final LogFile file;

  private Logging(LoggerContext context, LogFile file) {
    this.context = context;
    this.file = file;
  }

  /**
   * @param command names the file, {@code logs/<command>.log} below the directory; a second process
   *     of the command gets one of its own
   * @throws UserException if the file cannot be written
   */
  static Logging start(Path dataDirectory, String command, ScreenOptions options, PrintStream err) {
    LogFile file = take(dataDirectory, command);
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    Logging logging = new Logging(context, file);
    logging.setLevels(options.logLevel);
    logging.addFile();
    if (options.verbose) {
      logging.addStream(err);
    }
    return logging;
  }

  private static LogFile take(Path dataDirectory, String command) {
    try {
      return LogFile.take(Files.createDirectories(dataDirectory.resolve("logs")), command);
    } catch (IOException e) {
      throw new UserException(
          "The data directory " + dataDirectory + " cannot be created or written to.",
          ExitCode.FAILURE,
          e);
    }
  }

  Path file() {
    return file.path();
  }

  private void setLevels(LogLevel level) {
    boolean everything = level.compareTo(LogLevel.DEBUG) >= 0;
    context.getLogger(OWN).setLevel(Level.valueOf(level.name()));
    root().setLevel(Level.valueOf(everything ? level.name() : atMostWarnings(level).name()));
  }

  private static LogLevel atMostWarnings(LogLevel level) {
    return level == LogLevel.ERROR ? level : LogLevel.WARN;
  }

  private void addFile() {
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setFile(file.path().toString());
    appender.setEncoder(encoder());

    SizeBasedTriggeringPolicy<ILoggingEvent> trigger = new SizeBasedTriggeringPolicy<>();
    trigger.setContext(context);
    trigger.setCheckIncrement(Duration.buildByMilliseconds(0));
    trigger.setMaxFileSize(new FileSize(FILE_BYTES));
    appender.setTriggeringPolicy(trigger);

    FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
    rolling.setContext(context);
    rolling.setParent(appender);
    rolling.setFileNamePattern(file.path() + ".%i");
    rolling.setMinIndex(1);
    rolling.setMaxIndex(1);
    appender.setRollingPolicy(rolling);

    rolling.start();
    trigger.start();
    appender.start();
    root().addAppender(appender);
  }

  private void addStream(PrintStream stream) {
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder());
    appender.setOutputStream(
        new FilterOutputStream(stream) {
          @Override
          public void close() throws IOException {
            flush();
          }
        });
    appender.start();
    root().addAppender(appender);
  }

  private PatternLayoutEncoder encoder() {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(UTF_8);
    encoder.setPattern(PATTERN);
    encoder.start();
    return encoder;
  }

  private Logger root() {
    return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  /** Writes what is pending and closes the file; later messages go nowhere. */
  @Override
  public void close() throws IOException {
    context.reset();
    root().setLevel(Level.WARN);
    file.close();
  }
}

package dev.relive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.cli.ScreenOptions.LogLevel;
import dev.relive.service.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class LoggingTest {

  private static final Logger OWN = LoggerFactory.getLogger("dev.relive.some.Service");
  private static final Logger LIBRARY = LoggerFactory.getLogger("org.apache.kafka.Client");

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ScreenOptions options = new ScreenOptions();
  private final Path directory;

  LoggingTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void writesWhatMattersToTheFileAlone() throws IOException {
    assertEquals(List.of("started", "careful"), messages());
    assertEquals("", err.toString(UTF_8));
  }

  @Test
  void writesToTheScreenTooWhenVerbose() throws IOException {
    options.verbose = true;
    List<String> written = messages();

    assertEquals(List.of("started", "careful"), written);
    assertEquals(2, err.toString(UTF_8).lines().count());
  }

  @Test
  void writesEverythingWhenAsked() throws IOException {
    options.logLevel = LogLevel.DEBUG;
    assertEquals(List.of("detail", "started", "careful", "connected"), messages());
  }

  @Test
  void writesErrorsAloneWhenAsked() throws IOException {
    options.logLevel = LogLevel.ERROR;
    assertEquals(List.of(), messages());
  }

  @Test
  void keepsTwoFilesOfBoundedSize() throws IOException {
    String kilobyte = "x".repeat(1_000);
    try (Logging logging = start()) {
      for (int i = 0; i < 20_000; i++) {
        OWN.info(kilobyte);
      }
      assertTrue(Files.size(logging.file()) > 0);
    }
    long bytes = 0;
    List<Path> files;
    try (var listed = Files.list(directory.resolve("logs"))) {
      files = listed.filter(file -> !file.endsWith(".train.log.lock")).toList();
    }
    for (Path file : files) {
      bytes += Files.size(file);
    }
    assertEquals(2, files.size(), files.toString());
    assertTrue(bytes < 17_000_000, "bytes: " + bytes);
  }

  @Test
  void givesEachProcessOfACommandAFileOfItsOwn() throws IOException {
    Path logs = Files.createDirectory(directory.resolve("own"));
    try (LogFile first = LogFile.take(logs, "produce")) {
      assertEquals(logs.resolve("produce.log"), first.path());
      try (LogFile second = LogFile.take(logs, "produce")) {
        assertEquals(logs.resolve("produce-2.log"), second.path());
      }
    }
    try (LogFile third = LogFile.take(logs, "produce")) {
      assertEquals(logs.resolve("produce.log"), third.path());
    }
  }

  @Test
  void saysWhenItsDirectoryCannotBeUsed() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "in the way");

    UserException failure =
        assertThrows(
            UserException.class,
            () -> Logging.start(file, "train", options, new PrintStream(err, true, UTF_8)));

    assertEquals(
        "The data directory " + file + " cannot be created or written to.", failure.getMessage());
  }

  private Logging start() {
    return Logging.start(directory, "train", options, new PrintStream(err, true, UTF_8));
  }

  private List<String> messages() throws IOException {
    try (Logging logging = start()) {
      OWN.debug("detail");
      OWN.info("started");
      LIBRARY.warn("careful");
      LIBRARY.info("connected");
      return Files.readAllLines(logging.file()).stream()
          .map(line -> line.substring(line.lastIndexOf(' ') + 1))
          .toList();
    }
  }
}

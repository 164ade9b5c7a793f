package dev.relive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Chromium to look at pages with: the one on the PATH, else Debian's package, unpacked into a
 * directory that is no part of the project and kept until that is cleaned.
 *
 * @param program its executable
 * @param libraries where it finds those that the machine lacks; empty for an installed one
 */
record Chromium(Path program, String libraries) {

  private static final long SECONDS_TO_FETCH = 90;

  /** Takes Debian's package and what it needs here, as long as apt and dpkg are there. */
  private static final String FETCH =
      """
      set -e
      cd "$1"
      apt-get update -qq
      names=$(apt-get install -qq --print-uris --no-install-recommends chromium \\
        | sed -n "s/^'[^']*' \\([^_]*\\)_.*/\\1/p")
      mkdir packages root
      (cd packages && apt-get download -qq $names)
      for package in packages/*.deb; do dpkg -x "$package" root; done
      rm -r packages
      touch whole
      """;

  /** Looks for one, and fetches it where that takes no longer than {@value #SECONDS_TO_FETCH} s. */
  static Optional<Chromium> find() throws IOException, InterruptedException {
    Optional<Chromium> installed = installed();
    return installed.isPresent() ? installed : fetched();
  }

  private static Optional<Chromium> installed() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .flatMap(
            directory ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .map(program -> new Chromium(program, ""));
  }

  private static Optional<Chromium> fetched() throws IOException, InterruptedException {
    Path directory = Path.of("target", "chromium").toAbsolutePath();
    if (!Files.exists(directory.resolve("whole")) && !fetch(directory)) {
      return Optional.empty();
    }
    Path root = directory.resolve("root");
    try (Stream<Path> files = Files.walk(root.resolve("usr/lib"), 2)) {
      String libraries =
          files
              .filter(each -> each.getFileName().toString().endsWith("-linux-gnu"))
              .map(each -> each + File.pathSeparator + each.resolve("pulseaudio"))
              .findFirst()
              .orElse("");
      return Optional.of(new Chromium(root.resolve("usr/lib/chromium/chromium"), libraries));
    }
  }

  private static boolean fetch(Path directory) throws IOException, InterruptedException {
    if (!Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
      return false;
    }
    Files.createDirectories(directory);
    Process fetching =
        new ProcessBuilder("/bin/sh", "-c", FETCH, "fetch", directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("fetch.log").toFile())
            .start();
    if (!fetching.waitFor(SECONDS_TO_FETCH, TimeUnit.SECONDS)) {
      fetching.descendants().forEach(ProcessHandle::destroy);
      fetching.destroy();
      return false;
    }
    return fetching.exitValue() == 0;
  }

  /** Starts it without a window. */
  Process start(Path profile) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(
        List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "about:blank"));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    if (!libraries.isEmpty()) {
      environment.put("LD_LIBRARY_PATH", libraries);
    }
    return builder.redirectErrorStream(true).start();
  }

  /** Where the first lines of its output say that it can be spoken to. */
  static String address(Process process) throws IOException {
    String start = "DevTools listening on ";
    var reader = process.inputReader(UTF_8);
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.startsWith(start)) {
        return line.substring(start.length());
      }
    }
    throw new IOException("Chromium ended before it could be spoken to");
  }
}

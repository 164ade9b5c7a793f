package dev.relive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example that adds an environment, built and used as its README says. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class OwnEnvironmentTest {

  private static final Path EXAMPLE =
      Path.of(System.getProperty("relive.root"), "examples/own-environment");
  private static final String SERVICES =
      "META-INF/services/dev.relive.environments.EnvironmentProvider";

  private static Path directory;

  @BeforeAll
  static void build(@TempDir Path shared) throws IOException {
    directory = shared;
    Path classes = Files.createDirectory(directory.resolve("classes"));
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                classes.toString(),
                "-cp",
                ChildProcess.classPath(),
                EXAMPLE.resolve("Thermostat.java").toString());
    assertEquals(0, failed);
    Path services = classes.resolve(SERVICES);
    Files.createDirectories(services.getParent());
    Files.copy(EXAMPLE.resolve(SERVICES), services);
    pack(classes, directory.resolve("thermostat.jar"));
  }

  private static void pack(Path classes, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out);
        Stream<Path> paths = Files.walk(classes)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(path).toString().replace('\\', '/')));
        Files.copy(path, jar);
      }
    }
  }

  @Test
  void isShort() throws IOException {
    int lines = 0;
    for (String file : List.of("Thermostat.java", SERVICES)) {
      lines += Files.readAllLines(EXAMPLE.resolve(file)).size();
    }
    assertTrue(lines < 60, lines + " lines");
  }

  @Test
  void isListed() throws Exception {
    String listed = relive("thermostat.jar", ExitCode.SUCCESS, "environments", "ls");

    assertTrue(
        listed.matches(
            "(?s).*\nThermostat-v0 +Box\\(1\\) +Discrete\\(2\\) +100 +85 +Keep a room .*"),
        listed);
    assertTrue(listed.contains("\nCartPole-v1 "), listed);
  }

  @Test
  void isPlayed() throws Exception {
    String played = relive("thermostat.jar", ExitCode.SUCCESS, "play", "-e", "Thermostat-v0");

    assertTrue(played.contains(" °C ###"), played);
    assertTrue(played.endsWith(" in 100 steps, truncated\n"), played);
  }

  @Test
  void isTrained() throws Exception {
    String trained =
        relive(
            "thermostat.jar",
            ExitCode.UNSOLVED,
            "train",
            "-e",
            "Thermostat-v0",
            "--environment-option=outside=8",
            "--steps=500",
            "--seed=3",
            "--http-port=0",
            "--data-directory=" + directory.resolve("log"));

    assertTrue(trained.contains("Thermostat-v0"), trained);
  }

  @Test
  void isNamedWhereItCannotBeLoaded() throws Exception {
    Path services = directory.resolve("wrong").resolve(SERVICES);
    Files.createDirectories(services.getParent());
    Files.writeString(services, "thermostat.Termostat\n");

    assertEquals(
        "What is on the class path cannot be used: dev.relive.environments.EnvironmentProvider:"
            + " Provider thermostat.Termostat not found\n",
        relive("wrong", ExitCode.FAILURE, "environments", "ls"));
  }

  /** What it printed. */
  private static String relive(String more, int exitCode, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(ChildProcess.command());
    int classPath = command.indexOf("-cp") + 1;
    command.set(classPath, command.get(classPath) + File.pathSeparator + directory.resolve(more));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertEquals(exitCode, process.waitFor(), printed);
      return printed;
    } finally {
      process.destroyForcibly();
    }
  }
}

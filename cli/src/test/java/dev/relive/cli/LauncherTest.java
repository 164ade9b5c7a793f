package dev.relive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher at the top level, run by the shell of this machine. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "The launcher is a POSIX shell script.")
class LauncherTest {

  private final Path directory;
  private final Checkout checkout;

  LauncherTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    checkout = new Checkout(Files.createDirectory(directory.resolve("a checkout")));
  }

  @Test
  void buildsOnceAndPassesArgumentsAndTheExitCode() throws Exception {
    Process first = checkout.start("3");
    assertEquals(List.of("<3>"), first.inputReader().lines().toList());
    assertEquals(
        List.of(
            "Building Relive, because it was not built yet:",
            "  cli (2 of 2)",
            "  a short rehearsal, for a faster start"),
        first.errorReader().lines().toList());
    assertEquals(3, first.waitFor());

    Process second = checkout.start("0", "two words", "*", "", "$HOME", "--help");
    assertEquals(
        List.of("<0>", "<two words>", "<*>", "<>", "<$HOME>", "<--help>"),
        second.inputReader().lines().toList());
    assertEquals("", errors(second));
    assertEquals(0, second.waitFor());
    assertEquals(1, checkout.builds());
  }

  @Test
  void worksFromAnyDirectoryAndThroughLinks() throws Exception {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(elsewhere.resolve("link"), Path.of("next"));
    Files.createSymbolicLink(elsewhere.resolve("next"), Path.of("../a checkout/relive"));
    assertEquals(4, checkout.start(link, directory, "4").waitFor());
  }

  @Test
  void buildsAgainWhenASourceIsNewerOrGone() throws Exception {
    assertEquals(0, checkout.start("0").waitFor());
    checkout.age();
    assertEquals(0, checkout.start("0").waitFor());
    assertEquals(1, checkout.builds());

    Files.writeString(checkout.source(), "class Some { int more; }");
    Process changed = checkout.start("0");
    assertEquals(
        "Building Relive, because cli/src/main/java/Some.java changed:",
        changed.errorReader().readLine());
    assertEquals(0, changed.waitFor());
    assertEquals(2, checkout.builds());

    checkout.age();
    Files.delete(checkout.source());
    assertEquals(0, checkout.start("0").waitFor());
    assertEquals(3, checkout.builds());
    assertEquals(0, checkout.start("0").waitFor());
    assertEquals(3, checkout.builds());
  }

  @Test
  void saysWhyABuildFailedAndTriesAgain() throws Exception {
    Files.createFile(checkout.home.resolve("broken"));
    Process failing = checkout.start("0");
    assertEquals("", new String(failing.getInputStream().readAllBytes(), UTF_8));
    assertEquals(
        """
        Building Relive, because it was not built yet:
          cli (2 of 2)
        [ERROR] Main.java does not compile
        Relive could not be built; the whole log is %s/cli/target/relive-build.log.
        """
            .formatted(checkout.home.toRealPath()),
        errors(failing));
    assertEquals(1, failing.waitFor());

    Files.delete(checkout.home.resolve("broken"));
    assertEquals(0, checkout.start("0").waitFor());
  }

  @Test
  void buildsOnceForTwoThatStartTogether() throws Exception {
    Path slow = Files.createFile(checkout.home.resolve("slow"));
    Process first = checkout.start("5");
    assertEquals("Building Relive, because it was not built yet:", first.errorReader().readLine());
    Process second = checkout.start("6");
    assertEquals(
        "Waiting for process %d, which builds Relive.".formatted(first.pid()),
        second.errorReader().readLine());
    Files.delete(slow);
    assertEquals(5, first.waitFor());
    assertEquals(6, second.waitFor());
    assertEquals(1, checkout.builds());
  }

  @Test
  void takesOverTheLockOfAKilledBuild() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.createDirectories(checkout.home.resolve("cli/target"));
    Files.createSymbolicLink(
        checkout.home.resolve("cli/target/relive.lock"), Path.of("" + dead.pid()));
    assertEquals(0, checkout.start("0").waitFor());
    assertFalse(Files.isSymbolicLink(checkout.home.resolve("cli/target/relive.lock")));
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void theProgramGetsTheSignals(String signal, int exitCode) throws Exception {
    Process process = checkout.start();
    assertEquals("" + process.pid(), process.inputReader().readLine());
    new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
    assertEquals(List.of("closed"), process.inputReader().lines().toList());
    assertEquals(exitCode, process.waitFor());
  }

  @Test
  void startsWithAnArchiveOfClassesThatIsNone() throws Exception {
    assertEquals(0, checkout.start("0").waitFor());
    Path program = checkout.home.resolve("cli/target/relive");
    Path archive;
    try (var files = Files.newDirectoryStream(program, "classes-*.jsa")) {
      archive = files.iterator().next();
    }
    Files.delete(archive);
    Files.writeString(archive, "This is no archive.");
    Process process = checkout.start("7");
    assertEquals(List.of("<7>"), process.inputReader().lines().toList());
    assertEquals("", errors(process));
    assertEquals(7, process.waitFor());
  }

  @Test
  void rehearsesApartFromTheSettingsOfRealRuns() throws Exception {
    checkout.environment.put("RELIVE_BOOTSTRAP_SERVERS", "real:9092");
    assertEquals(0, checkout.start("0").waitFor());
    assertEquals(
        "train without RELIVE_BOOTSTRAP_SERVERS",
        Files.readString(checkout.home.resolve("rehearsed")));
  }

  @Test
  void passesOptionsToJavaEvenAnotherCollector() throws Exception {
    checkout.environment.put("RELIVE_JAVA_OPTIONS", "-XX:+UseSerialGC -Xmx100m");
    assertEquals(8, checkout.start("8").waitFor());
    checkout.environment.put("RELIVE_JAVA_OPTIONS", "-XX:NoSuchOption");
    assertEquals(1, checkout.start("0").waitFor());
  }

  @Test
  void addsTheUsersJarsToItsClassPath() throws Exception {
    assertEquals(0, checkout.start("0").waitFor());
    Path jars = Files.createDirectory(directory.resolve("more jars"));
    Path jar = Files.createFile(jars.resolve("mine.jar"));
    checkout.environment.put("RELIVE_CLASSPATH", directory + ":" + jars + "/*");
    Process added = checkout.start("classpath");
    List<String> printed = added.inputReader().lines().toList();
    assertEquals("<classpath>", printed.get(0));
    assertTrue(printed.get(1).endsWith("/program.jar:" + directory + ":" + jar), printed::toString);
    assertEquals(0, added.waitFor());

    checkout.environment.put("RELIVE_CLASSPATH", "mine.jar");
    Process refused = checkout.start("0");
    assertEquals("RELIVE_CLASSPATH names mine.jar, and there is none.\n", errors(refused));
    assertEquals(1, refused.waitFor());
  }

  @Test
  void refusesAJavaThatIsTooOld() throws Exception {
    Path java = checkout.fakeJava("11.0.2");
    assertRefused(
        java,
        "Relive needs a JDK 17 or newer, with javac, to be built, and found only %s (version 11.0.2); set RELIVE_JAVA to a suitable java."
            .formatted(java));
    Path older = checkout.fakeJava("1.8.0_402");
    assertRefused(
        older,
        "Relive needs a JDK 17 or newer, with javac, to be built, and found only %s (version 1.8.0_402); set RELIVE_JAVA to a suitable java."
            .formatted(older));
  }

  @Test
  void refusesToBuildWithoutACompilerButRunsWithoutOne() throws Exception {
    Path java = checkout.fakeJava("21.0.1");
    assertRefused(
        java,
        "Relive needs a JDK 17 or newer, with javac, to be built, and found only %s (version 21.0.1 without javac); set RELIVE_JAVA to a suitable java."
            .formatted(java));
    checkout.environment.put("RELIVE_JAVA", System.getProperty("java.home"));
    assertEquals(0, checkout.start("0").waitFor());
    checkout.environment.put("RELIVE_JAVA", java.toString());
    assertEquals(0, checkout.start("9").waitFor());
  }

  @Test
  void refusesAJavaThatIsNotThere() throws Exception {
    Path nothing = directory.resolve("nothing");
    assertRefused(
        nothing,
        "Relive needs a JDK 17 or newer, with javac, to be built, and there is none at RELIVE_JAVA, which is %s."
            .formatted(nothing));
  }

  private void assertRefused(Path java, String sentence) throws Exception {
    checkout.environment.put("RELIVE_JAVA", java.toString());
    Process process = checkout.start("0");
    assertEquals(sentence + "\n", errors(process));
    assertTrue(process.inputReader().lines().toList().isEmpty());
    assertEquals(1, process.waitFor());
    assertEquals(0, checkout.builds());
  }

  private static String errors(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), UTF_8);
  }
}

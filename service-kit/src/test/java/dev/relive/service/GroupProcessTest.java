package dev.relive.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A group in another process, which gets real signals and loses a real thread. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There are no such signals.")
class GroupProcessTest {

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalClosesTheGroup(String signal, int exitCode) throws Exception {
    Process process = start();
    assertEquals("ready", process.inputReader().readLine());
    send(signal, process);
    assertEquals(List.of("stopped", "closed"), process.inputReader().lines().toList());
    assertEquals(exitCode, process.waitFor());
  }

  @Test
  void aPartThatHangsDoesNotKeepTheProcessAlive() throws Exception {
    Process process = start(GroupProgram.STUBBORN_PART);
    assertEquals("ready", process.inputReader().readLine());
    send("TERM", process);
    assertEquals(143, process.waitFor());
    assertEquals(List.of("stopped", "closed"), process.inputReader().lines().toList());
  }

  @Test
  void aThreadThatDiesEndsTheProcess() throws Exception {
    Process process = start(GroupProgram.DEAD_THREAD);
    assertEquals(
        List.of(
            "ready", "closed", "thread reader died of java.lang.NoClassDefFoundError: some/Class"),
        process.inputReader().lines().toList());
    assertEquals(1, process.waitFor());
  }

  private static void send(String signal, Process process) throws Exception {
    assertEquals(0, new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor());
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(GroupProgram.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}

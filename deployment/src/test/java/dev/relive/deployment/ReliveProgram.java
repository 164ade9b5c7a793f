package dev.relive.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.relive.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The {@code relive} command in a Java of its own, as a container starts it. */
final class ReliveProgram {

  private ReliveProgram() {}

  /** What a command said. */
  record Said(int exitCode, String out, String err) {}

  /** Runs a command to its end with these variables and no others of Relive's. */
  static Said run(Map<String, String> variables, List<String> words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", classPath(), Main.class.getName()));
    command.addAll(words);
    Path out = Files.createTempFile("relive", ".out");
    Path err = Files.createTempFile("relive", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("RELIVE"));
    builder.environment().putAll(variables);
    int exitCode = builder.start().waitFor();
    Said said = new Said(exitCode, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    Files.delete(out);
    Files.delete(err);
    return said;
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}

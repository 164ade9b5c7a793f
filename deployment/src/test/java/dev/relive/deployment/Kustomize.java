package dev.relive.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Renders overlays with the kubectl or kustomize of this machine. */
final class Kustomize {

  private Kustomize() {}

  /** The overlay as a cluster would get it, or the test is skipped where nothing can render it. */
  static String render(String overlay) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(command());
    command.add(Checkout.MANIFESTS.resolve("overlays").resolve(overlay).toString());
    Path err = Files.createTempFile("kustomize", ".err");
    Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    String rendered = new String(process.getInputStream().readAllBytes(), UTF_8);
    int exitCode = process.waitFor();
    String said = Files.readString(err);
    Files.delete(err);
    assertEquals(0, exitCode, said);
    assertEquals("", said);
    return rendered;
  }

  private static List<String> command() {
    return find("kubectl")
        .map(kubectl -> List.of(kubectl, "kustomize"))
        .or(() -> find("kustomize").map(kustomize -> List.of(kustomize, "build")))
        .orElseGet(
            () -> abort("Neither kubectl nor kustomize is on the path, so nothing is rendered."));
  }

  /** A program on the path. */
  static Optional<String> find(String program) {
    for (String place : System.getenv("PATH").split(File.pathSeparator, -1)) {
      Path file = Path.of(place).resolve(program);
      if (Files.isExecutable(file)) {
        return Optional.of(file.toString());
      }
    }
    return Optional.empty();
  }
}

package dev.relive.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A directory with the real launcher, one source, a program that a real Java runs, and a build that
 * only puts this program in place.
 */
final class Checkout {

  private static final String PROGRAM =
      """
      package dev.relive.cli;

      import java.nio.file.Files;
      import java.nio.file.Path;

      public class Main {
        public static void main(String[] arguments) throws Exception {
          for (String argument : arguments) {
            System.out.println("<" + argument + ">");
          }
          if (arguments.length == 1 && arguments[0].equals("classpath")) {
            System.out.println(System.getProperty("java.class.path"));
          }
          if (arguments.length == 0) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("closed")));
            System.out.println(ProcessHandle.current().pid());
            Thread.sleep(Long.MAX_VALUE);
          }
          if (arguments[0].equals("train")) {
            boolean set = System.getenv().containsKey("RELIVE_BOOTSTRAP_SERVERS");
            Files.writeString(
                Path.of(arguments[arguments.length - 1], "../../../../rehearsed").normalize(),
                "train " + (set ? "with" : "without") + " RELIVE_BOOTSTRAP_SERVERS");
          }
          System.exit(arguments[0].matches("[0-9]+") ? Integer.parseInt(arguments[0]) : 0);
        }
      }
      """;

  private static final String BUILD =
      """
      #!/bin/sh
      cd "$(dirname "$0")"
      echo build >>builds
      echo '[INFO] Building Relive: cli 1.0                                    [2/2]'
      if [ -f broken ]; then
        echo '[ERROR] Main.java does not compile'
        exit 1
      fi
      while [ -f slow ]; do
        sleep 0.05
      done
      mkdir -p cli/target/relive/lib
      cp program.jar cli/target/relive/lib/
      """;

  final Path home;
  final Map<String, String> environment = new HashMap<>();

  Checkout(Path home) throws IOException {
    this.home = home;
    environment.put("RELIVE_JAVA", System.getProperty("java.home"));
    Files.copy(Path.of(System.getProperty("relive.root"), "relive"), home.resolve("relive"));
    executable(home.resolve("relive"));
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    Files.createDirectories(source().getParent());
    Files.writeString(source(), "class Some {}");
    Files.writeString(home.resolve("cli/pom.xml"), "<project/>");
    Files.writeString(home.resolve("mvnw"), BUILD);
    executable(home.resolve("mvnw"));
    packProgram();
  }

  Path source() {
    return home.resolve("cli/src/main/java/Some.java");
  }

  /** How many builds have begun. */
  int builds() throws IOException {
    Path builds = home.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
  }

  /** Makes the program as old as a finished build of long ago, and all sources older still. */
  void age() throws IOException {
    List<Path> sources = new ArrayList<>();
    sources.add(home.resolve("pom.xml"));
    sources.add(home.resolve("cli/pom.xml"));
    try (Stream<Path> paths = Files.walk(home.resolve("cli/src"))) {
      paths.forEach(sources::add);
    }
    for (Path path : sources) {
      Files.setLastModifiedTime(path, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    }
    Files.setLastModifiedTime(
        home.resolve("cli/target/relive/built"),
        FileTime.from(Instant.parse("2020-01-02T00:00:00Z")));
  }

  /** Writes a program that passes for a Java of this version. */
  Path fakeJava(String version) throws IOException {
    Path java = Files.createDirectories(home.resolve("fake/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"" + version + "\"' >&2\n");
    executable(java);
    return java;
  }

  Process start(String... arguments) throws IOException {
    return start(home.resolve("relive"), home, arguments);
  }

  Process start(Path launcher, Path workingDirectory, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(workingDirectory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("RELIVE"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void packProgram() throws IOException {
    Path classes = Files.createDirectories(home.resolve("classes"));
    Path source = Files.writeString(classes.resolve("Main.java"), PROGRAM);
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", classes.toString(), source.toString());
    if (failed != 0) {
      throw new AssertionError("The program does not compile");
    }
    try (OutputStream file = Files.newOutputStream(home.resolve("program.jar"));
        JarOutputStream jar = new JarOutputStream(file)) {
      jar.putNextEntry(new JarEntry("dev/relive/cli/Main.class"));
      Files.copy(classes.resolve("dev/relive/cli/Main.class"), jar);
    }
  }
}

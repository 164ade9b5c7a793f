package dev.relive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * What whoever starts the command gives it beside the arguments: variables, and where to print.
 *
 * @param variables the environment variables
 * @param out for what was asked
 * @param err for what went wrong
 */
record Shell(Map<String, String> variables, PrintStream out, PrintStream err) {

  Shell {
    variables = Map.copyOf(variables);
  }

  /**
   * The shell that started this process. It prints UTF-8 whatever the locale: containers commonly
   * have none, and terminals that show something else are hard to find.
   */
  static Shell ofProcess() {
    return new Shell(System.getenv(), utf8(FileDescriptor.out), utf8(FileDescriptor.err));
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, UTF_8);
  }
}

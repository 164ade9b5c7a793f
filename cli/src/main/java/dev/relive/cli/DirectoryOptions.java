package dev.relive.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where things are kept on this machine. */
class DirectoryOptions {

  @Option(
      names = {"-d", "--data-directory"},
      paramLabel = "DIRECTORY",
      description =
          "Where the embedded Kafka keeps the log and its address, and Relive its messages.")
  Path dataDirectory = Path.of(".relive");
}

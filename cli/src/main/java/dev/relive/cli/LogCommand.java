package dev.relive.cli;

import picocli.CommandLine.Command;

/** The commands that work with the log itself. */
@Command(
    name = "log",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    header = "Look at the log, prove what it holds, and move or delete parts of it.",
    description = {
      "",
      "Reads what producers, learners and evaluators wrote, while they run and afterwards. Where no"
          + " broker runs on the data directory, its log is opened for as long as that takes.",
    },
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%n@|bold Commands|@%n",
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  relive log ls",
      "  relive log stat --run first",
      "  relive log show --last 3 --values",
      "  relive log verify",
      "  relive log export --run first",
      "  relive log prune --dry-run",
    })
final class LogCommand {}

package dev.relive.cli;

import picocli.CommandLine.Command;

/** The commands that look at runs. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    header = "Look at the runs of a log, or delete one.",
    description = {
      "",
      "Reads what learners and evaluators wrote, while they run and afterwards. Where no broker"
          + " runs on the data directory, its log is opened for as long as that takes.",
    },
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%n@|bold Commands|@%n",
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  relive runs ls",
      "  relive runs show first --json",
      "  relive runs compare first second",
      "  relive runs reproduce first",
    })
final class RunsCommand {}

package dev.relive.cli;

import picocli.CommandLine.Command;

/** The commands that look at snapshots. */
@Command(
    name = "snapshots",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    header = "Look at the weights that a log keeps, and take them out of it.",
    description = {
      "",
      "Where no broker runs on the data directory, its log is opened for as long as that takes.",
    },
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%n@|bold Commands|@%n",
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  relive snapshots ls --run first",
      "  relive snapshots export --run first --output first.safetensors",
    })
final class SnapshotsCommand {}

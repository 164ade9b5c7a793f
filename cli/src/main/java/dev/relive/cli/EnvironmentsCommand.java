package dev.relive.cli;

import picocli.CommandLine.Command;

/** The commands that tell of environments. */
@Command(
    name = "environments",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    header = "List what can be learned and played, and what can be chosen of it.",
    description = {
      "",
      "Jars with environments of your own join in where the variable RELIVE_CLASSPATH names them,"
          + " with colons between; examples/own-environment shows how one is made.",
    },
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%n@|bold Commands|@%n",
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  relive environments ls",
      "  relive environments show CartPole-v1",
      "  RELIVE_CLASSPATH=mine.jar relive environments ls",
    })
final class EnvironmentsCommand {}

package dev.relive.cli;

import picocli.CommandLine.Command;

/** The command above all others. */
@Command(
    name = "relive",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    header = "Reinforcement learning on a durable experience log.",
    description = {
      "",
      "Agents act, and what they experience is written to a Kafka log that is kept. Learners read"
          + " that log while it grows, or again later.",
    },
    synopsisSubcommandLabel = "COMMAND",
    optionListHeading = "%n@|bold Options|@%n",
    commandListHeading = "%n@|bold Commands|@%n",
    footer = {
      "",
      "Start here",
      "  relive train               learn to balance a pole, in less than a minute",
      "  relive environments ls     what else can be learned",
      "  relive COMMAND --help      what a command can do",
    })
final class ReliveCommand {}

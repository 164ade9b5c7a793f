package dev.relive.cli;

import picocli.CommandLine.Option;

/** What becomes of the episodes of training. */
final class EpisodeOptions {

  @Option(
      names = "--episode-stream",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "BOOLEAN",
      description =
          "Join the segments of the run's stream to episodes of training and write each of them"
              + " once, together with all others that do so.")
  boolean episodeStream = true;
}

package dev.relive.cli;

import dev.relive.learner.ExperienceFilters;
import dev.relive.learner.ReadRange;
import dev.relive.learner.VersionRange;
import dev.relive.log.ExperiencePlace;
import dev.relive.log.InvalidSettingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Another run whose experience is learned from, and what of it. */
final class SourceOptions {

  private static final long MOST_PASSES = 1_000_000;

  private static final String PLACE =
      "a segment's number or a time such as 2026-11-20T19:34:48Z, in UTC unless it says otherwise";

  @Option(
      names = "--source-run",
      paramLabel = "ID|LABEL",
      description = "The run whose experience is learned from. It is not disturbed.")
  @UsualValue("none")
  @Nullable String sourceRun;

  @Option(
      names = "--from",
      paramLabel = "PLACE",
      description = "Begin there: a segment of that run, counted from 0, or a time (ISO 8601).")
  @UsualValue("the run's start, or where it made the snapshot")
  @Nullable String from;

  @Option(names = "--to", paramLabel = "PLACE", description = "End before that segment or time.")
  @UsualValue("the run's end")
  @Nullable String to;

  @Option(
      names = "--from-snapshot",
      paramLabel = "VERSION",
      description = "Begin with the weights of this snapshot of that run.")
  @UsualValue("new weights")
  @Nullable Long fromSnapshot;

  @Option(
      names = "--policy-version",
      paramLabel = "A..B",
      description = "Only transitions that these versions chose; either may be left out.")
  @UsualValue("all")
  @Nullable String policyVersion;

  @Option(
      names = "--min-return",
      paramLabel = "RETURN",
      description = "Only episodes with at least this return.")
  @UsualValue("all")
  @Nullable Double minReturn;

  @Option(
      names = "--held-steps",
      paramLabel = "N",
      description =
          "Steps of the log within which an episode must end to be judged by its return; longer"
              + " ones are dropped.")
  @UsualValue("500000, less for large observations")
  @Nullable Long heldSteps;

  @Option(
      names = "--shuffled-passes",
      paramLabel = "N",
      description =
          "Read the range so often in random order, to learn from more than the replay holds.")
  @UsualValue("once, in the order of the log")
  @Nullable Long shuffledPasses;

  /**
   * Makes sure that nothing is stated.
   *
   * @param without completes "left out"
   */
  void refuse(String without) {
    Map<String, @Nullable Object> stated = new LinkedHashMap<>();
    stated.put("--source-run", sourceRun);
    stated.put("--from", from);
    stated.put("--to", to);
    stated.put("--from-snapshot", fromSnapshot);
    stated.put("--policy-version", policyVersion);
    stated.put("--min-return", minReturn);
    stated.put("--held-steps", heldSteps);
    stated.put("--shuffled-passes", shuffledPasses);
    stated.forEach(
        (option, value) -> {
          if (value != null) {
            throw new InvalidOption(option, value, "left out " + without);
          }
        });
  }

  /**
   * Which part of the run's experience is read.
   *
   * @param live whether reading goes on with the run unless {@code --to} says otherwise
   */
  ReadRange range(boolean live) {
    if (fromSnapshot != null) {
      InvalidOption.unlessWithin("--from-snapshot", fromSnapshot, 1, Long.MAX_VALUE);
    }
    if (shuffledPasses != null) {
      InvalidOption.unlessWithin("--shuffled-passes", shuffledPasses, 1, MOST_PASSES);
    }
    return new ReadRange(
        from == null ? null : place("--from", from),
        to == null ? null : place("--to", to),
        fromSnapshot == null ? 0 : fromSnapshot,
        live,
        shuffledPasses == null ? 0 : shuffledPasses);
  }

  private static ExperiencePlace place(String option, String text) {
    if (text.matches("\\d{1,18}")) {
      return new ExperiencePlace.Segment(Long.parseLong(text));
    }
    try {
      return new ExperiencePlace.Time(
          text.matches(".*([zZ]|[+-]\\d\\d:?\\d\\d)")
              ? OffsetDateTime.parse(text).toInstant()
              : time(text));
    } catch (DateTimeException e) {
      throw new InvalidOption(option, text, PLACE);
    }
  }

  private static Instant time(String text) {
    return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }

  /** What of that is learned from. */
  ExperienceFilters filters() {
    if (heldSteps != null) {
      InvalidOption.unlessWithin("--held-steps", heldSteps, 1, Long.MAX_VALUE);
      if (minReturn == null) {
        throw new InvalidOption("--held-steps", heldSteps, "left out without --min-return");
      }
    }
    if (minReturn != null && !Double.isFinite(minReturn)) {
      throw new InvalidOption("--min-return", minReturn, "a number");
    }
    return new ExperienceFilters(versions(), minReturn, heldSteps == null ? 0 : heldSteps);
  }

  private @Nullable VersionRange versions() {
    try {
      return policyVersion == null ? null : VersionRange.of(policyVersion);
    } catch (InvalidSettingException e) {
      throw new InvalidOption("--policy-version", policyVersion, VersionRange.ALLOWED);
    }
  }
}

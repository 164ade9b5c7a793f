package dev.relive.learner;

import dev.relive.log.Settings;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.RunSpec;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/** Makes the spec of a run that begins now, at the end of one partition of its stream. */
final class NewRunSpec {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz";

  private NewRunSpec() {}

  static RunSpec of(
      LearnerStart.NewRun run,
      Map<String, String> versions,
      int partition,
      long firstOffset,
      Instant now) {
    String environment = run.environment().getId();
    return RunSpec.newBuilder()
        .setRun(id(environment, now))
        .setLabel(run.label())
        .setCreatedAtMicros(ChronoUnit.MICROS.between(Instant.EPOCH, now))
        .setEnvironment(run.environment())
        .setAlgorithm(run.algorithm().id())
        .addAllSettings(run.settings().toMessages())
        .setSeed(run.seed())
        .setDeterministic(run.deterministic())
        .setStream(environment)
        .addPartitions(
            PartitionRange.newBuilder().setPartition(partition).setFirstOffset(firstOffset))
        .addAllVersions(Settings.of(versions).toMessages())
        .setRetentionMs(-1)
        .build();
  }

  /** Unique and readable: the environment, the time in UTC, and letters from no seed. */
  private static String id(String environment, Instant now) {
    SecureRandom random = new SecureRandom();
    StringBuilder id = new StringBuilder();
    id.append(environment.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"));
    id.append('-').append(TIME.format(now)).append('-');
    for (int i = 0; i < 4; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }
}

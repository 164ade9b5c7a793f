package dev.relive.learner;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.relive.log.Settings;
import dev.relive.log.wire.EnvironmentSpec;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.RunSpec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes the spec of a run that begins now, at the end of one partition of its stream. */
final class NewRunSpec {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int DIGEST_LETTERS = 8;
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz";

  private NewRunSpec() {}

  static RunSpec of(
      LearnerStart.NewRun run,
      Map<String, String> versions,
      int partition,
      long firstOffset,
      Instant now) {
    RunSpec.Builder spec = builder(run.label(), run.environment(), versions, now);
    if (run.deterministic()) {
      spec.setRun(derivedId(run));
    }
    return spec.setAlgorithm(run.algorithm().id())
        .addAllSettings(run.settings().toMessages())
        .setSeed(run.seed())
        .setDeterministic(run.deterministic())
        .setStream(run.environment().getId())
        .addPartitions(
            PartitionRange.newBuilder().setPartition(partition).setFirstOffset(firstOffset))
        .setRetentionMs(run.retention().toMillis())
        .build();
  }

  /** What every run has, with an id that no other has. */
  static RunSpec.Builder builder(
      String label, EnvironmentSpec environment, Map<String, String> versions, Instant now) {
    return RunSpec.newBuilder()
        .setRun(uniqueId(environment.getId(), now))
        .setLabel(label)
        .setCreatedAtMicros(ChronoUnit.MICROS.between(Instant.EPOCH, now))
        .setEnvironment(environment)
        .addAllVersions(Settings.of(versions).toMessages());
  }

  /** Readable and unique: the environment, the time in UTC, and letters from no seed. */
  private static String uniqueId(String environment, Instant now) {
    SecureRandom random = new SecureRandom();
    StringBuilder id = new StringBuilder(readable(environment));
    id.append('-').append(TIME.format(now)).append('-');
    for (int i = 0; i < 4; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }

  /** The environment, the seed, and the beginning of a digest of everything else that counts. */
  private static String derivedId(LearnerStart.NewRun run) {
    List<String> everything = new ArrayList<>();
    everything.add(run.environment().getId());
    everything.add(Settings.of(run.environment().getOptionsList()).toString());
    everything.addAll(run.environment().getWrappersList());
    everything.add(run.algorithm().id());
    everything.add(run.settings().toString());
    return "%s-%d-%s"
        .formatted(
            readable(run.environment().getId()),
            run.seed(),
            sha256(String.join("\n", everything)).substring(0, DIGEST_LETTERS));
  }

  private static String readable(String environment) {
    return environment.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}

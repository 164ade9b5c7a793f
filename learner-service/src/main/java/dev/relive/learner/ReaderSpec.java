package dev.relive.learner;

import dev.relive.agents.ModelMessages;
import dev.relive.agents.NetworkSpec;
import dev.relive.agents.ObservationEncoding;
import dev.relive.agents.PreprocessingMessages;
import dev.relive.learner.LearnerStart.NewReader;
import dev.relive.learner.LearnerStart.Stated;
import dev.relive.log.ExperiencePlace;
import dev.relive.log.ExperienceSearch;
import dev.relive.log.FlowSettings;
import dev.relive.log.LogConnection;
import dev.relive.log.LogException;
import dev.relive.log.Run;
import dev.relive.log.Settings;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.Shuffle;
import dev.relive.log.wire.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the spec of a run that learns from the experience of another, its range found. */
final class ReaderSpec {
  private static final List<String> FLOW =
      List.of(FlowSettings.LANES, FlowSettings.SEGMENT_LENGTH, FlowSettings.MAX_LEAD);

  /** Chunks of a shuffled range that the replay holds at a time. */
  private static final int CHUNKS_HELD = 64;

  private final LogConnection connection;
  private final NewReader reader;
  private final Run source;

  /**
   * @param source the other run
   * @throws LogException if it cannot be learned from, or is not what the user takes it for
   */
  ReaderSpec(LogConnection connection, NewReader reader, Run source) {
    this.connection = connection;
    this.reader = reader;
    this.source = source;
    requireSource();
  }

  private void requireSource() {
    RunSpec spec = source.spec();
    if (Run.learnsFromAnother(spec)) {
      throw new LogException(
          "Run %s has no experience of its own: it learns from that of run %s, which can be named instead."
              .formatted(source, spec.getSourceRun()));
    }
    List<String> differences =
        ResumeRules.differences(
            spec, new Stated(reader.environment(), null, Settings.of(Map.of()), null));
    if (!differences.isEmpty()) {
      throw new LogException(
          "The experience of run %s is of another environment: %s."
              .formatted(source, String.join("; ", differences)));
    }
  }

  /**
   * The spec.
   *
   * @throws LogException if the range or the snapshot is not in the log
   * @throws dev.relive.log.InvalidSettingException if the settings do not fit one another
   */
  RunSpec spec(Map<String, String> versions, Instant now) {
    RunSpec of = source.spec();
    Settings settings = settings();
    LearnerSettings read = reader.algorithm().offPolicySettings(settings);
    NetworkSpec network = read.network(of.getEnvironment());
    ObservationEncoding encoding = read.preprocessing().encoding(of.getEnvironment());
    Snapshot snapshot = snapshot(network, encoding);
    RunSpec.Builder spec = NewRunSpec.builder(reader.label(), of.getEnvironment(), versions, now);
    if (reader.range().shuffledPasses() > 0) {
      spec.setShuffle(shuffle(read));
    }
    return spec.setAlgorithm(reader.algorithm().id())
        .addAllSettings(settings.toMessages())
        .setSeed(reader.seed())
        .setStream(of.getStream())
        .addPartitions(range(snapshot))
        .setRetentionMs(of.getRetentionMs())
        .setSourceRun(of.getRun())
        .addAllFilters(reader.filters().toSettings(encoding.rawSize()).toMessages())
        .setSourceSnapshot(reader.range().fromSnapshot())
        .build();
  }

  /** The replay is what mixes the chunks, so it holds many of them. */
  private Shuffle shuffle(LearnerSettings settings) {
    if (!(settings instanceof ReplaySettings replay)) {
      throw new LogException(
          "Experience is read in random order by an algorithm with a replay, which %s has not."
              .formatted(reader.algorithm()));
    }
    if (reader.range().live() && reader.range().to() == null) {
      throw new LogException("Experience is read in random order only up to a stated end.");
    }
    return Shuffle.newBuilder()
        .setPasses(reader.range().shuffledPasses())
        .setChunkSteps(Math.max(1, replay.replayCapacity() / CHUNKS_HELD))
        .build();
  }

  /** How the experience was made is the source's to say; nothing limits how much is read of it. */
  private Settings settings() {
    Settings there = Settings.of(source.spec().getSettingsList());
    for (String name : FLOW) {
      String stated = reader.settings().asMap().get(name);
      if (stated != null && !stated.equals(there.text(name))) {
        throw new LogException(
            "The experience of run %s was made with %s %s, not %s."
                .formatted(source, name, there.text(name), stated));
      }
    }
    return reader
        .algorithm()
        .defaults()
        .with(Settings.of(Map.of(RunSchedule.STEPS, Long.toString(Long.MAX_VALUE))))
        .with(FlowSettings.of(there).toSettings())
        .with(reader.settings());
  }

  private PartitionRange range(@Nullable Snapshot snapshot) {
    ReadRange range = reader.range();
    PartitionRange there = source.spec().getPartitions(0);
    try (ExperienceSearch search = new ExperienceSearch(connection, source.spec())) {
      PartitionRange.Builder found =
          PartitionRange.newBuilder()
              .setPartition(there.getPartition())
              .setFirstOffset(first(search, range.from(), snapshot));
      if (range.to() != null) {
        found.setEndOffset(search.offset(range.to()));
      } else if (!range.live()) {
        found.setEndOffset(search.end());
      }
      if (found.hasEndOffset() && found.getEndOffset() <= found.getFirstOffset()) {
        throw new LogException(
            "There is nothing to read of run %s between offset %d and offset %d of partition %d."
                .formatted(
                    source, found.getFirstOffset(), found.getEndOffset(), there.getPartition()));
      }
      return found.build();
    }
  }

  private static long first(
      ExperienceSearch search, @Nullable ExperiencePlace from, @Nullable Snapshot snapshot) {
    if (from != null) {
      return search.offset(from);
    }
    return snapshot == null
        ? search.start()
        : search.offset(new ExperiencePlace.Steps(snapshot.getRunSteps()));
  }

  /** The snapshot to begin with, if there is to be one; the network must be able to hold it. */
  private @Nullable Snapshot snapshot(NetworkSpec network, ObservationEncoding encoding) {
    long version = reader.range().fromSnapshot();
    if (version == 0) {
      return null;
    }
    Snapshot snapshot = SourceSnapshot.read(connection, source.id(), version);
    NetworkSpec there = ModelMessages.network(snapshot.getNetwork());
    if (!there.equals(network)) {
      throw new LogException(
          "Learning cannot begin with version %d of run %s: its network is %s, and that of these settings %s."
              .formatted(version, source, there, network));
    }
    if (!PreprocessingMessages.encoding(snapshot.getPreprocessing(), source.spec().getEnvironment())
        .equals(encoding)) {
      throw new LogException(
          "Learning cannot begin with version %d of run %s: what its network sees of an observation is %s, and not what these settings make of it."
              .formatted(
                  version, source, Settings.of(snapshot.getPreprocessing().getSettingsList())));
    }
    return snapshot;
  }
}

package dev.relive.learner;

import static java.util.stream.Collectors.toSet;

import dev.relive.agents.Tensors;
import dev.relive.learner.RecordedSnapshot.Place;
import dev.relive.learner.Stretch.Fork;
import dev.relive.log.Publication;
import dev.relive.log.PublicationSink;
import dev.relive.log.ReaderCounters;
import dev.relive.log.SegmentRecord;
import dev.relive.log.Settings;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.Snapshot;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a run learned again by the learner's own pipeline, which publishes to nobody: what
 * it would publish is compared with what is in the log. Used by one thread.
 */
final class Derivation {
  private final Stretch stretch;
  private final Learning learning;
  private final LearnerPipeline pipeline;
  private final Set<Place> finals;
  private final long lastSteps;
  private final Map<Place, String> derived = new LinkedHashMap<>();
  private final Map<Fork, CheckpointState> forks = new HashMap<>();

  /**
   * Makes what the generation began with.
   *
   * @param learning before its first update
   * @param start the state at the stretch's start; null where it begins with the run
   */
  Derivation(
      RunSpec spec,
      LearnerSettings settings,
      Learning learning,
      Stretch stretch,
      @Nullable CheckpointState start)
      throws InterruptedException {
    this.stretch = stretch;
    this.finals =
        stretch.snapshots().stream()
            .filter(RecordedSnapshot::isFinal)
            .map(RecordedSnapshot::place)
            .collect(toSet());
    this.lastSteps = stretch.lastSteps();
    this.learning = learning;
    this.pipeline =
        new LearnerPipeline(
            spec,
            settings,
            learning,
            new Comparison(),
            Position.getDefaultInstance(),
            new ReaderCounters(),
            Settings.of(Map.of()),
            InstantSource.system());
    if (start != null) {
      pipeline.restore(start);
    }
    pipeline.begin();
    lookAtFinal();
  }

  /** Takes the next segment of the run, or of the window that is to be recalled. */
  void accept(SegmentRecord record) throws InterruptedException {
    pipeline.accept(record);
    lookAtFinal();
    long segments = pipeline.state().segments();
    if (stretch.forks().contains(segments)) {
      forks.put(new Fork(stretch.generation(), segments), pipeline.checkpoint().get());
    }
  }

  private void lookAtFinal() {
    PipelineState state = pipeline.state();
    Place here = new Place(state.runSteps(), state.updates());
    if (finals.contains(here) && !derived.containsKey(here)) {
      Tensors weights = learning.updates().weights();
      derived.put(here, HexFormat.of().formatHex(weights.sha256()));
    }
  }

  /** Whether all that is asked for has been derived. */
  boolean isDone() {
    return pipeline.finished()
        || (pipeline.state().runSteps() >= lastSteps && forks.size() == stretch.forks().size());
  }

  /** Transitions of the run that are behind it. */
  long runSteps() {
    return pipeline.state().runSteps();
  }

  /** The states at which later stretches go on, as far as they have been reached. */
  Map<Fork, CheckpointState> forks() {
    return forks;
  }

  /** Every snapshot of the stretch, and every one that should be in the log before the last. */
  List<DerivedSnapshot> compared() {
    List<DerivedSnapshot> compared = new ArrayList<>();
    Set<Place> recorded = new HashSet<>();
    for (RecordedSnapshot snapshot : stretch.snapshots()) {
      recorded.add(snapshot.place());
      compared.add(snapshot.beside(derived.get(snapshot.place())));
    }
    derived.forEach(
        (place, sha256) -> {
          if (place.runSteps() < lastSteps && !recorded.contains(place)) {
            compared.add(
                new DerivedSnapshot(0, 0, place.runSteps(), place.updates(), null, sha256));
          }
        });
    return compared;
  }

  private final class Comparison implements PublicationSink {
    @Override
    public void publish(Publication publication) {
      Snapshot snapshot = publication.snapshot();
      if (snapshot != null) {
        derived.put(
            new Place(snapshot.getRunSteps(), snapshot.getUpdates()),
            HexFormat.of().formatHex(snapshot.getWeights().getSha256().toByteArray()));
      }
    }

    @Override
    public long generation() {
      return stretch.generation();
    }

    @Override
    public Optional<Progress> newest() {
      return stretch.generation() == 1
          ? Optional.empty()
          : Optional.of(
              Progress.newBuilder()
                  .setGeneration(stretch.generation() - 1)
                  .setPolicyVersion(stretch.firstVersion() - 1)
                  .build());
    }
  }
}

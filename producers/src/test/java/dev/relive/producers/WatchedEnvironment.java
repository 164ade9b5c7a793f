package dev.relive.producers;

import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.VectorEnvironment;
import dev.relive.log.SegmentEnd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lanes that keep their own account of everything that happened in them. */
final class WatchedEnvironment implements VectorEnvironment {
  private final VectorEnvironment lanes;
  private final Runnable beforeStep;
  private final List<List<Episode>> episodes = new ArrayList<>();

  WatchedEnvironment(VectorEnvironment lanes, Runnable beforeStep) {
    this.lanes = lanes;
    this.beforeStep = beforeStep;
    for (int lane = 0; lane < lanes.lanes(); lane++) {
      episodes.add(new ArrayList<>(List.of(new Episode(observation(lane)))));
    }
  }

  /** The episodes of a lane, the last of them still open. */
  List<Episode> episodes(int lane) {
    return episodes.get(lane);
  }

  @Override
  public void step(int[] actions) {
    beforeStep.run();
    lanes.step(actions);
    for (int lane = 0; lane < lanes(); lane++) {
      Episode episode = episodes.get(lane).get(episodes.get(lane).size() - 1);
      boolean ended = terminated()[lane] || truncated()[lane];
      episode.actions.add(actions[lane]);
      episode.rewards.add((float) rewards()[lane]);
      episode.observations.add(ended ? row(finalObservations(), lane) : observation(lane));
      if (ended) {
        episode.end = terminated()[lane] ? SegmentEnd.TERMINATED : SegmentEnd.TRUNCATED;
        episodes.get(lane).add(new Episode(observation(lane)));
      }
    }
  }

  private List<Float> observation(int lane) {
    return row(observations(), lane);
  }

  private List<Float> row(float[] rows, int lane) {
    int size = spec().observationSpace().size();
    return floats(Arrays.copyOfRange(rows, lane * size, (lane + 1) * size));
  }

  static List<Float> floats(float[] numbers) {
    List<Float> list = new ArrayList<>();
    for (float number : numbers) {
      list.add(number);
    }
    return list;
  }

  @Override
  public EnvironmentSpec spec() {
    return lanes.spec();
  }

  @Override
  public int lanes() {
    return lanes.lanes();
  }

  @Override
  public void reset(long[] seeds) {
    throw new UnsupportedOperationException("the loop begins with lanes that were reset");
  }

  @Override
  public void step(float[] actions) {
    throw new UnsupportedOperationException("the actions are discrete");
  }

  @Override
  public float[] observations() {
    return lanes.observations();
  }

  @Override
  public float[] finalObservations() {
    return lanes.finalObservations();
  }

  @Override
  public double[] rewards() {
    return lanes.rewards();
  }

  @Override
  public boolean[] terminated() {
    return lanes.terminated();
  }

  @Override
  public boolean[] truncated() {
    return lanes.truncated();
  }

  @Override
  public boolean[] abandoned() {
    return lanes.abandoned();
  }

  @Override
  public @Nullable String failure(int lane) {
    return lanes.failure(lane);
  }

  /** What happened in one episode of one lane. */
  static final class Episode {
    final List<List<Float>> observations = new ArrayList<>();
    final List<Integer> actions = new ArrayList<>();
    final List<Float> rewards = new ArrayList<>();
    SegmentEnd end = SegmentEnd.ABANDONED;

    Episode(List<Float> first) {
      observations.add(first);
    }
  }
}

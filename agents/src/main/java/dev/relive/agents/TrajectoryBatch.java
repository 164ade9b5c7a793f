package dev.relive.agents;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.IValue;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.HostTensor;
import dev.relive.log.Column;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of trajectories that an update learns from together, column by column in direct buffers
 * that PyTorch reads. Pieces may have any lengths: they lie one behind the other, each with a row
 * per step and one more, its tail, for the observation that it ends with.
 *
 * <pre>
 *   row           0     1     2     3     4     5
 *   observation   o0    o1    o2    o3    o0'   o1'   …
 *   action        a0    a1    a2    –     a0'   –
 *   kind          step  step  step  tail  step  tail
 * </pre>
 *
 * So the observation after a step is in the next row. A piece's last step bootstraps from its tail
 * unless its episode terminated there.
 */
public final class TrajectoryBatch implements AutoCloseable {

  private final int steps;
  private final ObservationEncoder encoder;
  private final EarlierFrames earlier;
  private final RewardProcessing rewardProcessing;
  private final HostTensor observationTensor;
  private final HostTensor actionTensor;
  private final HostTensor rewardTensor;
  private final HostTensor continuationTensor;
  private final HostTensor probabilityTensor;
  private final HostTensor stepTensor;
  private final FloatBuffer observations;
  private final LongBuffer actions;
  private final FloatBuffer rewards;
  private final FloatBuffer continuations;
  private final FloatBuffer probabilities;
  private final FloatBuffer isStep;
  private final float[] raw;
  private final float[] encoded;
  private final float[] numbers;
  private final int[] choices;
  private int size;
  private int rows;
  private int longest;

  /**
   * An empty batch of observations and rewards as they are.
   *
   * @param steps the most steps it holds
   * @param observationSize number of float32 in an observation
   */
  public TrajectoryBatch(Compute compute, int steps, int observationSize) {
    this(
        compute,
        steps,
        new ObservationEncoder(ObservationEncoding.none(observationSize)),
        new EarlierFrames(ObservationEncoding.none(observationSize)),
        RewardProcessing.NONE);
  }

  /**
   * An empty batch.
   *
   * @param steps the most steps it holds
   * @param encoder what it does to observations when they come
   * @param earlier the frames before a segment's own
   * @param rewardProcessing what it does to rewards
   */
  public TrajectoryBatch(
      Compute compute,
      int steps,
      ObservationEncoder encoder,
      EarlierFrames earlier,
      RewardProcessing rewardProcessing) {
    this.steps = steps;
    this.encoder = encoder;
    this.earlier = earlier;
    this.rewardProcessing = rewardProcessing;
    ObservationEncoding encoding = encoder.encoding();
    int observationSize = encoding.size();
    int mostRows = Math.multiplyExact(2, steps); // every step a piece of its own
    observationTensor = compute.hostTensor(DataType.FLOAT32, mostRows, observationSize);
    actionTensor = compute.hostTensor(DataType.INT64, mostRows, 1);
    rewardTensor = compute.hostTensor(DataType.FLOAT32, mostRows, 1);
    continuationTensor = compute.hostTensor(DataType.FLOAT32, mostRows, 1);
    probabilityTensor = compute.hostTensor(DataType.FLOAT32, mostRows, 1);
    stepTensor = compute.hostTensor(DataType.FLOAT32, mostRows, 1);
    observations = observationTensor.floats();
    actions = actionTensor.longs();
    rewards = rewardTensor.floats();
    continuations = continuationTensor.floats();
    probabilities = probabilityTensor.floats();
    isStep = stepTensor.floats();
    raw = new float[Math.multiplyExact(steps + 2 * encoding.frames(), encoding.rawSize())];
    encoded = new float[observationSize];
    numbers = new float[steps];
    choices = new int[steps];
  }

  /** The most steps it holds. */
  public int steps() {
    return steps;
  }

  /** Steps it holds. */
  public int size() {
    return size;
  }

  /** Whether no step fits any more. */
  public boolean isFull() {
    return size == steps;
  }

  /** Forgets what it holds. */
  public void clear() {
    size = 0;
    rows = 0;
    longest = 0;
  }

  /**
   * Appends consecutive steps of a segment as a piece of its own.
   *
   * @param segment with the probabilities of its actions; actions are counted from 0
   * @param from the first step
   * @param count steps to append, from 1 to what still fits
   * @throws IllegalArgumentException when the segment does not say how likely its actions were
   */
  public void append(Segment segment, int from, int count) {
    Objects.checkFromIndexSize(from, count, segment.length());
    if (count < 1 || count > steps - size) {
      throw new IllegalArgumentException(
          "A piece of %d steps cannot be appended to a batch with room for %d."
              .formatted(count, steps - size));
    }
    Column behaviour = requireProbabilities(segment);
    copyObservations(segment, from, count + 1);
    copyActions(segment.actions(), from, count);
    copy(segment.rewards(), from, count, rewardProcessing, rewards);
    copy(behaviour, from, count, RewardProcessing.NONE, probabilities);
    boolean terminated = segment.end() == SegmentEnd.TERMINATED && from + count == segment.length();
    for (int row = rows; row < rows + count; row++) {
      continuations.put(row, 1);
      isStep.put(row, 1);
    }
    if (terminated) {
      continuations.put(rows + count - 1, 0);
    }
    putTail(rows + count);
    size += count;
    rows += count + 1;
    longest = Math.max(longest, count);
  }

  private static Column requireProbabilities(Segment segment) {
    @Nullable Column probabilities = segment.behaviourProbabilities();
    if (probabilities == null) {
      throw new IllegalArgumentException(
          "Segment %d of %s does not say how likely its actions were, which an actor-critic needs: its policy was deterministic."
              .formatted(segment.sequence(), segment.lane()));
    }
    return probabilities;
  }

  /** Encodes rows of a segment, each with the frames before it as far as they are known. */
  private void copyObservations(Segment segment, int from, int count) {
    ObservationEncoding encoding = encoder.encoding();
    int frames = encoding.frames();
    int own = Math.min(from, frames - 1);
    int known = own < frames - 1 ? earlier.copyBefore(segment, raw) : 0;
    segment.observations().copyRows(from - own, own + count, raw, known * encoding.rawSize());
    if (encoder.isIdentity()) {
      observations.put(rows * encoded.length, raw, 0, count * encoded.length);
      return;
    }
    for (int row = 0; row < count; row++) {
      for (int frame = 0; frame < frames; frame++) {
        int source = Math.max(0, known + own + row - (frames - 1 - frame));
        encoder.encode(
            raw, source * encoding.rawSize(), encoded, frame * (encoded.length / frames));
      }
      observations.put((rows + row) * encoded.length, encoded);
    }
  }

  private void copyActions(Column column, int from, int count) {
    column.copyRows(from, count, choices, 0);
    for (int i = 0; i < count; i++) {
      actions.put(rows + i, choices[i]);
    }
  }

  private void copy(
      Column column, int from, int count, RewardProcessing processing, FloatBuffer target) {
    column.copyRows(from, count, numbers, 0);
    processing.apply(numbers, 0, count);
    target.put(rows, numbers, 0, count);
  }

  /** What a tail says besides its observation counts nothing, but must be in range. */
  private void putTail(int row) {
    actions.put(row, 0);
    rewards.put(row, 0);
    continuations.put(row, 0);
    probabilities.put(row, 1);
    isStep.put(row, 0);
  }

  /** A number of the observations' rows, one behind the other. */
  float observation(int index) {
    return observations.get(index);
  }

  /** Rows in use: its steps and a tail for each piece. */
  int rows() {
    return rows;
  }

  /** How often the longest piece's length must be halved, rounding up, until it is 1. */
  int doublings() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(longest - 1);
  }

  /** o, a, r, continues, mu, is_step, as scripts take them, unused rows included. */
  List<IValue> tensors() {
    return List.of(
        observationTensor.value(),
        actionTensor.value(),
        rewardTensor.value(),
        continuationTensor.value(),
        probabilityTensor.value(),
        stepTensor.value());
  }

  @Override
  public void close() {
    observationTensor.close();
    actionTensor.close();
    rewardTensor.close();
    continuationTensor.close();
    probabilityTensor.close();
    stepTensor.close();
  }
}

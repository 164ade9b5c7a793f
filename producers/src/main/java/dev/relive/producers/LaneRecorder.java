package dev.relive.producers;

import dev.relive.log.Column;
import dev.relive.log.LaneId;
import dev.relive.log.PolicyVersions;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Gathers the transitions of one lane, column by column, and cuts them into segments. Recording
 * allocates nothing; a cut allocates the segment's bytes, once.
 */
final class LaneRecorder {
  private final LaneId lane;
  private final SegmentLayout layout;
  private final float[] observations;
  private final int[] actions;
  private final float[] rewards;
  private final float[] probabilities;
  private final int[] versionsFrom;
  private final long[] versions;
  private int versionCount;
  private boolean open;
  private int length;
  private long firstStep;
  private long episode;
  private double episodeReturn;
  private long startedAtMicros;
  private long endedAtMicros;

  LaneRecorder(LaneId lane, SegmentLayout layout) {
    this.lane = lane;
    this.layout = layout;
    int capacity = layout.capacity();
    observations = new float[(capacity + 1) * layout.observation().elements()];
    actions = new int[capacity * layout.action().elements()];
    rewards = new float[capacity];
    probabilities = new float[capacity];
    versionsFrom = new int[capacity];
    versions = new long[capacity];
  }

  /** Begins an episode with its first observation: the elements of {@code rows} from offset on. */
  void begin(float[] rows, int offset, long atMicros) {
    if (open) {
      throw new IllegalStateException(lane + " is in the middle of an episode.");
    }
    open = true;
    firstStep = 0;
    episodeReturn = 0;
    copyObservation(rows, offset, 0);
    startedAtMicros = atMicros;
    endedAtMicros = atMicros;
  }

  /**
   * Adds the choice of an action by a policy version; {@link #outcome} completes the transition.
   */
  void choice(int[] rows, int offset, float probability, long policyVersion) {
    if (!open || isFull()) {
      throw new IllegalStateException(lane + (open ? " is full." : " is in no episode."));
    }
    int elements = layout.action().elements();
    System.arraycopy(rows, offset, actions, length * elements, elements);
    probabilities[length] = probability;
    if (versionCount == 0 || versions[versionCount - 1] != policyVersion) {
      versionsFrom[versionCount] = length;
      versions[versionCount] = policyVersion;
      versionCount++;
    }
  }

  /** Adds what followed the choice: the reward and the next observation. */
  void outcome(double reward, float[] rows, int offset, long atMicros) {
    rewards[length] = (float) reward;
    episodeReturn += reward;
    length++;
    copyObservation(rows, offset, length);
    endedAtMicros = atMicros;
  }

  /** Ends an episode of which nothing was recorded. */
  void discard() {
    if (episodeLength() > 0) {
      throw new IllegalStateException(lane + " has steps that would be lost.");
    }
    open = false;
  }

  /** Takes back a choice that nothing followed, because the environment failed. */
  void dropChoice() {
    if (versionCount > 0 && versionsFrom[versionCount - 1] == length) {
      versionCount--;
    }
  }

  /** Whether the segment has as many transitions as it may have. */
  boolean isFull() {
    return length == layout.capacity();
  }

  /** Transitions waiting for a cut. */
  int pending() {
    return length;
  }

  /** Sum of the rewards of the episode so far, undiscounted. */
  double episodeReturn() {
    return episodeReturn;
  }

  /** Steps of the episode so far. */
  long episodeLength() {
    return firstStep + length;
  }

  /**
   * The pending transitions as a segment, which the lane then goes on from.
   *
   * @param sequence the segment's place among those of its actor epoch
   * @param actorSteps transitions in the actor epoch's segments so far, these included
   */
  Segment cut(SegmentEnd end, long sequence, long actorSteps) {
    Segment segment = segment(end, sequence, actorSteps);
    if (end == SegmentEnd.CONTINUES) {
      firstStep += length;
      copyObservation(observations, length * layout.observation().elements(), 0);
      startedAtMicros = endedAtMicros;
    } else {
      open = false;
      episode++;
    }
    length = 0;
    versionCount = 0;
    return segment;
  }

  private Segment segment(SegmentEnd end, long sequence, long actorSteps) {
    SegmentLayout.Row observation = layout.observation();
    SegmentLayout.Row action = layout.action();
    ByteBuffer bytes =
        ByteBuffer.allocate(
                observation.bytes(length + 1)
                    + action.bytes(length)
                    + 2 * SegmentLayout.NUMBER.bytes(length))
            .order(ByteOrder.LITTLE_ENDIAN);
    return new Segment(
        lane,
        sequence,
        episode,
        firstStep,
        length,
        end,
        policyVersions(),
        actorSteps,
        startedAtMicros,
        endedAtMicros,
        numbers(bytes, observation, length + 1, observations),
        integers(bytes, action, length, actions),
        numbers(bytes, SegmentLayout.NUMBER, length, rewards),
        numbers(bytes, SegmentLayout.NUMBER, length, probabilities));
  }

  private PolicyVersions policyVersions() {
    return switch (versionCount) {
      case 0 -> PolicyVersions.NONE;
      case 1 -> PolicyVersions.of(versions[0]);
      default ->
          PolicyVersions.of(
              Arrays.copyOf(versionsFrom, versionCount), Arrays.copyOf(versions, versionCount));
    };
  }

  private void copyObservation(float[] rows, int offset, int row) {
    int elements = layout.observation().elements();
    System.arraycopy(rows, offset, observations, row * elements, elements);
  }

  private static Column numbers(ByteBuffer bytes, SegmentLayout.Row row, int rows, float[] values) {
    ByteBuffer data = take(bytes, row.bytes(rows));
    int elements = rows * row.elements();
    switch (row.type()) {
      case FLOAT32 -> data.asFloatBuffer().put(values, 0, elements);
      case UINT8 -> {
        for (int i = 0; i < elements; i++) {
          data.put(i, (byte) (int) values[i]);
        }
      }
      case INT32 -> {
        for (int i = 0; i < elements; i++) {
          data.putInt(i * Integer.BYTES, (int) values[i]);
        }
      }
      case BIT -> putBits(data, row.elements(), rows, values);
      default -> throw new IllegalStateException("Numbers are not stored as " + row.type() + ".");
    }
    return Column.of(row.type(), row.shape(), rows, data);
  }

  /** The lowest bit of a byte first; each row begins with a byte of its own. */
  private static void putBits(ByteBuffer data, int elements, int rows, float[] values) {
    int next = 0;
    for (int row = 0; row < rows; row++) {
      int first = row * elements;
      for (int from = 0; from < elements; from += Byte.SIZE) {
        int bits = 0;
        int count = Math.min(Byte.SIZE, elements - from);
        for (int i = 0; i < count; i++) {
          bits |= (values[first + from + i] == 0 ? 0 : 1) << i;
        }
        data.put(next++, (byte) bits);
      }
    }
  }

  private static Column integers(ByteBuffer bytes, SegmentLayout.Row row, int rows, int[] values) {
    ByteBuffer data = take(bytes, row.bytes(rows));
    int elements = rows * row.elements();
    switch (row.type()) {
      case UINT8 -> {
        for (int i = 0; i < elements; i++) {
          data.put(i, (byte) values[i]);
        }
      }
      case INT32 -> data.asIntBuffer().put(values, 0, elements);
      default -> throw new IllegalStateException("Actions are not stored as " + row.type() + ".");
    }
    return Column.of(row.type(), row.shape(), rows, data);
  }

  /** The next {@code size} bytes as a buffer of their own. */
  private static ByteBuffer take(ByteBuffer bytes, int size) {
    ByteBuffer taken = bytes.slice(bytes.position(), size).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(bytes.position() + size);
    return taken;
  }
}

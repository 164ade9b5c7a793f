package dev.relive.learner;

import dev.relive.agents.ObservationEncoder;
import dev.relive.agents.ObservationEncoding;
import dev.relive.agents.RewardProcessing;
import dev.relive.agents.TransitionBatch;
import dev.relive.environments.random.Generator;
import dev.relive.log.LaneId;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * The newest transitions of a run in columns, sampled uniformly. A ring of slots: a transition's
 * slot holds its observation, action and reward, and the slot after it the next observation, so
 * each observation is stored once and only a segment's last one takes a slot of its own.
 *
 * <pre>
 *   slot          7     8     9     10    11    12
 *   observation   o0    o1    o2    o3    o0'   o1'   …
 *   action        a0    a1    a2    –     a0'
 *   kind          step  step  last  tail  step
 * </pre>
 *
 * <p>Returns over several steps run on through {@code continuation} from a segment's tail to the
 * segment of its lane that begins with that observation, and stacked frames go back from there to
 * the tail. So what is sampled follows from the segments that are held, and not from what came
 * before them: where the frames before an observation are not held, the earliest that is stands in
 * for them, as at the beginning of an episode.
 *
 * <p>Observations are held as the environment gave them and encoded when they are drawn; rewards
 * are held as they are learned from.
 */
public final class ReplayBuffer {
  private static final byte TAIL = 0;
  private static final byte STEP = 1;
  private static final byte TERMINAL = 2;
  private static final int NONE = -1;
  private static final int PRUNE_AT = 1024;

  private final int slots;
  private final int observationSize;
  private final ObservationEncoder encoder;
  private final int frames;
  private final RewardProcessing rewardProcessing;
  private final float[] observations;
  private final int[] actions;
  private final float[] rewards;
  private final byte[] kinds;
  private final int[] continuations;

  /** The tail that a segment's first slot continues; empty where no frames are stacked. */
  private final int[] predecessors;

  /** One encoded observation. */
  private final float[] encoded;

  private final long[] appendedMillis;
  private final Map<LaneId, OpenTail> openTails = new HashMap<>();
  private int openTailsBeforePruning = PRUNE_AT;

  /** Where a lane's newest segment ends within an episode that goes on. */
  private record OpenTail(long position, long episode, long nextStep) {
    boolean isBefore(Segment segment) {
      return segment.episode() == episode && segment.firstStep() == nextStep;
    }
  }

  // Positions count slots ever used; position modulo slots is the slot.
  private long oldest;
  private long next;
  private int transitions;

  /**
   * Holds observations and rewards to be learned from as they are.
   *
   * @param capacity slots, at least 2
   * @param observationSize elements of an observation
   */
  public ReplayBuffer(int capacity, int observationSize) {
    this(
        capacity,
        new ObservationEncoder(ObservationEncoding.none(observationSize)),
        RewardProcessing.NONE);
  }

  /**
   * @param capacity slots, at least 2
   * @param encoder what is done to observations when they are drawn
   * @param rewardProcessing what is done to rewards
   */
  ReplayBuffer(int capacity, ObservationEncoder encoder, RewardProcessing rewardProcessing) {
    ObservationEncoding encoding = encoder.encoding();
    this.slots = capacity;
    this.observationSize = encoding.rawSize();
    this.encoder = encoder;
    this.frames = encoding.frames();
    this.rewardProcessing = rewardProcessing;
    this.encoded = new float[encoding.size()];
    this.predecessors = new int[frames > 1 ? capacity : 0];
    this.observations = new float[Math.multiplyExact(capacity, observationSize)];
    this.actions = new int[capacity];
    this.rewards = new float[capacity];
    this.kinds = new byte[capacity];
    this.continuations = new int[capacity];
    this.appendedMillis = new long[capacity];
  }

  /** Transitions that can be sampled. */
  public int transitions() {
    return transitions;
  }

  /** The slot used longest ago that is still held, counted over all slots ever used. */
  long oldestPosition() {
    return oldest;
  }

  /** The slot that the next segment begins with, counted over all slots ever used. */
  long nextPosition() {
    return next;
  }

  /** When the log took in the oldest transition, milliseconds since 1970; 0 while there is none. */
  public long oldestAppendedAtMillis() {
    return transitions == 0 ? 0 : appendedMillis[slot(oldest)];
  }

  /**
   * Appends consecutive transitions of a segment; the oldest make room.
   *
   * @param appendedAtMillis when the log took it in, milliseconds since 1970
   * @param from the first transition: 0, or where the last call on this segment ended
   * @param count transitions to append; {@code count + 1} must fit the capacity
   */
  public void append(Segment segment, long appendedAtMillis, int from, int count) {
    if (from > 0) {
      next--; // the tail of the part before is this part's first observation
    }
    makeRoom(count + 1);
    long first = next;
    int firstSlot = slot(first);
    if (from == 0) {
      link(segment, firstSlot);
    }
    int beforeWrap = Math.min(count + 1, slots - firstSlot);
    copy(segment, from, firstSlot, beforeWrap);
    if (beforeWrap <= count) {
      copy(segment, from + beforeWrap, 0, count + 1 - beforeWrap);
    }
    mark(first, count, appendedAtMillis);
    boolean complete = from + count == segment.length();
    if (complete && segment.end() == SegmentEnd.TERMINATED && count > 0) {
      kinds[slot(next - 2)] = TERMINAL;
    }
    if (complete && segment.end() == SegmentEnd.CONTINUES) {
      openTails.put(segment.lane(), new OpenTail(next - 1, segment.episode(), segment.nextStep()));
    } else {
      openTails.remove(segment.lane());
    }
  }

  /**
   * Draws transitions uniformly, with replacement, into a batch.
   *
   * <p>For a transition at t and n steps, or fewer where the episode or what is known of it ends
   * after k: r = Σ γ^i r_(t+i+1), discount = γ^k or 0 after termination, and the observation then.
   *
   * @param discount γ
   * @param steps n, at least 1
   */
  public void sample(Generator random, TransitionBatch batch, double discount, int steps) {
    FloatBuffer batchObservations = batch.observations();
    FloatBuffer nextObservations = batch.nextObservations();
    LongBuffer batchActions = batch.actions();
    FloatBuffer batchRewards = batch.rewards();
    FloatBuffer discounts = batch.discounts();
    for (int row = 0; row < batch.size(); row++) {
      int first = draw(random);
      double weight = 1;
      double rewardSum = 0;
      int slot = first;
      for (int step = 0; step < steps && weight != 0; step++) {
        if (kinds[slot] == TAIL) {
          if (continuations[slot] == NONE) {
            break;
          }
          slot = continuations[slot];
        }
        rewardSum += weight * rewards[slot];
        weight = kinds[slot] == TERMINAL ? 0 : weight * discount;
        slot = slot + 1 == slots ? 0 : slot + 1;
      }
      copyObservation(first, batchObservations, row);
      copyObservation(slot, nextObservations, row);
      batchActions.put(row, actions[first]);
      batchRewards.put(row, (float) rewardSum);
      discounts.put(row, (float) weight);
    }
  }

  private int draw(Generator random) {
    int live = (int) (next - oldest);
    int start = slot(oldest);
    int slot;
    do {
      slot = start + random.integers(live);
      if (slot >= slots) {
        slot -= slots;
      }
    } while (kinds[slot] == TAIL);
    return slot;
  }

  private void copyObservation(int slot, FloatBuffer target, int row) {
    if (encoder.isIdentity()) {
      target.put(row * observationSize, observations, slot * observationSize, observationSize);
      return;
    }
    int from = slot;
    int frameSize = encoded.length / frames;
    for (int frame = frames - 1; frame >= 0; frame--) {
      encoder.encode(observations, from * observationSize, encoded, frame * frameSize);
      from = frame > 0 ? before(from) : from;
    }
    target.put(row * encoded.length, encoded);
  }

  /** The slot of the observation before this one in its episode; the same where none is held. */
  private int before(int slot) {
    int from = slot;
    while (age(from) > 0 && kinds[previous(from)] == TAIL) { // the first of its segment
      int tail = predecessors[from];
      if (tail == NONE || age(tail) >= age(from)) { // none, or its slot was taken again
        return slot;
      }
      from = tail;
    }
    return age(from) > 0 ? previous(from) : slot;
  }

  private int previous(int slot) {
    return slot == 0 ? slots - 1 : slot - 1;
  }

  /** How many slots are held that are older than one that is held. */
  private int age(int slot) {
    int distance = slot - slot(oldest);
    return distance < 0 ? distance + slots : distance;
  }

  /** Lets the oldest slots go, so that {@code position} is the oldest. */
  void forgetBefore(long position) {
    for (; oldest < position; oldest++) {
      if (kinds[slot(oldest)] != TAIL) {
        transitions--;
      }
    }
  }

  private void makeRoom(int count) {
    forgetBefore(next + count - slots);
    if (openTails.size() > openTailsBeforePruning) {
      openTails.values().removeIf(tail -> tail.position() < oldest);
      openTailsBeforePruning = 2 * openTails.size() + PRUNE_AT;
    }
  }

  private void link(Segment segment, int firstSlot) {
    OpenTail tail = openTails.get(segment.lane());
    int before = NONE;
    if (tail != null && tail.position() >= oldest && tail.isBefore(segment)) {
      before = slot(tail.position());
      continuations[before] = firstSlot;
    }
    if (frames > 1) {
      predecessors[firstSlot] = before;
    }
  }

  private void copy(Segment segment, int fromRow, int slot, int rows) {
    segment.observations().copyRows(fromRow, rows, observations, slot * observationSize);
    int withAction = Math.min(rows, segment.length() - fromRow);
    segment.actions().copyRows(fromRow, withAction, actions, slot);
    segment.rewards().copyRows(fromRow, withAction, rewards, slot);
    rewardProcessing.apply(rewards, slot, withAction);
  }

  private void mark(long first, int count, long atMillis) {
    for (long position = first; position < first + count; position++) {
      kinds[slot(position)] = STEP;
      appendedMillis[slot(position)] = atMillis;
    }
    next = first + count + 1;
    kinds[slot(next - 1)] = TAIL;
    appendedMillis[slot(next - 1)] = atMillis;
    continuations[slot(next - 1)] = NONE;
    transitions += count;
  }

  private int slot(long position) {
    return (int) (position % slots);
  }
}

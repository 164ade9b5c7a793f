package dev.relive.agents;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.IValue;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.HostTensor;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;

/**
 * B transitions that an update learns from, column by column in direct buffers: a replay writes
 * straight into the memory that PyTorch reads. Rows are written in full before each update, by
 * absolute index; the same batch is used again and again.
 */
public final class TransitionBatch implements AutoCloseable {

  private final int size;
  private final HostTensor observationTensor;
  private final HostTensor actionTensor;
  private final HostTensor rewardTensor;
  private final HostTensor discountTensor;
  private final HostTensor nextObservationTensor;
  private final HostTensor valueTensor;
  private final HostTensor tdErrorTensor;

  /**
   * @param size B, the number of transitions
   * @param observationSize number of float32 in an observation
   */
  public TransitionBatch(Compute compute, int size, int observationSize) {
    this.size = size;
    observationTensor = compute.hostTensor(DataType.FLOAT32, size, observationSize);
    actionTensor = compute.hostTensor(DataType.INT64, size, 1);
    rewardTensor = compute.hostTensor(DataType.FLOAT32, size, 1);
    discountTensor = compute.hostTensor(DataType.FLOAT32, size, 1);
    nextObservationTensor = compute.hostTensor(DataType.FLOAT32, size, observationSize);
    valueTensor = compute.hostTensor(DataType.FLOAT32, size, 1);
    tdErrorTensor = compute.hostTensor(DataType.FLOAT32, size, 1);
  }

  /** B. */
  public int size() {
    return size;
  }

  /** Observations at t − 1: [B, observation size]. */
  public FloatBuffer observations() {
    return observationTensor.floats();
  }

  /** Actions at t − 1, counted from 0: [B]. */
  public LongBuffer actions() {
    return actionTensor.longs();
  }

  /** Rewards, or discounted sums of n rewards: [B]. */
  public FloatBuffer rewards() {
    return rewardTensor.floats();
  }

  /**
   * What the value of the next observation counts: γ, or γⁿ after n steps, and 0 where the episode
   * terminated. [B]
   */
  public FloatBuffer discounts() {
    return discountTensor.floats();
  }

  /** Observations at t: [B, observation size]. */
  public FloatBuffer nextObservations() {
    return nextObservationTensor.floats();
  }

  /** The last update's q(o_tm1, a_tm1) before it: [B]. */
  public FloatBuffer values() {
    return valueTensor.floats();
  }

  /** The last update's errors, target minus value: [B]. */
  public FloatBuffer tdErrors() {
    return tdErrorTensor.floats();
  }

  /** o_tm1, a_tm1, r_t, discount_t, o_t, then the outputs q and td_error, as scripts take them. */
  List<IValue> tensors() {
    return List.of(
        observationTensor.value(),
        actionTensor.value(),
        rewardTensor.value(),
        discountTensor.value(),
        nextObservationTensor.value(),
        valueTensor.value(),
        tdErrorTensor.value());
  }

  @Override
  public void close() {
    observationTensor.close();
    actionTensor.close();
    rewardTensor.close();
    discountTensor.close();
    nextObservationTensor.close();
    valueTensor.close();
    tdErrorTensor.close();
  }
}

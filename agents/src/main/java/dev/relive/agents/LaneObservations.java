package dev.relive.agents;

import java.util.function.IntPredicate;

/**
 * The observations of all lanes as a network is to see them. Remembers the newest raw frames of
 * each lane's episode; an episode that has fewer begins with its first one several times.
 */
public final class LaneObservations {
  private final ObservationEncoder encoder;
  private final int lanes;
  private final int rawSize;
  private final int frames;
  private final int frameSize;
  private final float[] history;
  private final float[] encoded;
  private boolean begun;

  /** No lane has shown anything yet. */
  public LaneObservations(ObservationEncoding encoding, int lanes) {
    this.encoder = new ObservationEncoder(encoding);
    this.lanes = lanes;
    rawSize = encoding.rawSize();
    frames = encoding.frames();
    frameSize = encoding.frameSize();
    history = new float[encoder.isIdentity() ? 0 : lanes * frames * rawSize];
    encoded = new float[encoder.isIdentity() ? 0 : lanes * encoding.size()];
  }

  /** What it does. */
  public ObservationEncoding encoding() {
    return encoder.encoding();
  }

  /** Normalises by these statistics from now on, if it does, the frames that came before too. */
  public void use(Normalisation statistics) {
    encoder.use(statistics);
  }

  /** Lets the next observation of every lane begin an episode. */
  public void begin() {
    begun = false;
  }

  /**
   * Takes the lanes' next observations.
   *
   * @param observations [lanes, raw size], row-major
   * @param begins whether a lane's observation is the first of an episode
   * @return [lanes, size], overwritten by the next call
   */
  public float[] of(float[] observations, IntPredicate begins) {
    if (encoder.isIdentity()) {
      return observations;
    }
    for (int lane = 0; lane < lanes; lane++) {
      remember(observations, lane, !begun || begins.test(lane));
      for (int frame = 0; frame < frames; frame++) {
        int row = lane * frames + frame;
        encoder.encode(history, row * rawSize, encoded, row * frameSize);
      }
    }
    begun = true;
    return encoded;
  }

  private void remember(float[] observations, int lane, boolean first) {
    int oldest = lane * frames * rawSize;
    int newest = oldest + (frames - 1) * rawSize;
    System.arraycopy(history, oldest + rawSize, history, oldest, newest - oldest);
    for (int to = first ? oldest : newest; to <= newest; to += rawSize) {
      System.arraycopy(observations, lane * rawSize, history, to, rawSize);
    }
  }
}

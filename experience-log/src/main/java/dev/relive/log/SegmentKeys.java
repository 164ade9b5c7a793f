package dev.relive.log;

/** The keys of segments in a row, which are mostly of one actor: the last key is kept. */
final class SegmentKeys {
  private String run = "";
  private String actor = "";
  private byte[] key = {};

  /**
   * The key of a lane's segments.
   *
   * @throws LogException if a name is empty or contains a slash
   */
  byte[] of(LaneId lane) {
    if (!lane.actor().equals(actor) || !lane.run().equals(run)) {
      key = SegmentKey.of(lane.run(), lane.actor());
      run = lane.run();
      actor = lane.actor();
    }
    return key;
  }
}

package dev.relive.log;

import org.jspecify.annotations.Nullable;

/**
 * Something that an audit found.
 *
 * @param place where, as far as that can be told
 * @param sentence what, for people: it names the place
 */
public record Finding(FindingKind kind, Place place, String sentence) {

  /**
   * Where something was found; what does not apply is null.
   *
   * @param lane whose segment it is
   */
  public record Place(
      @Nullable String run,
      @Nullable String actor,
      @Nullable Long epoch,
      @Nullable Integer lane,
      @Nullable Long sequence,
      @Nullable String topic,
      @Nullable Integer partition,
      @Nullable Long offset) {

    static Place of(String topic, SegmentRecord record) {
      LaneId lane = record.segment().lane();
      return new Place(
          lane.run(),
          lane.actor(),
          lane.epoch(),
          lane.lane(),
          record.segment().sequence(),
          topic,
          record.partition(),
          record.offset());
    }

    static Place ofRun(String run) {
      return new Place(run, null, null, null, null, null, null, null);
    }

    static Place ofEpoch(String run, String actor, long epoch, @Nullable Long sequence) {
      return new Place(run, actor, epoch, null, sequence, null, null, null);
    }

    static Place ofRecord(@Nullable String run, String topic, int partition, long offset) {
      return new Place(run, null, null, null, null, topic, partition, offset);
    }

    static Place ofPartition(@Nullable String run, String topic, int partition) {
      return new Place(run, null, null, null, null, topic, partition, null);
    }
  }
}

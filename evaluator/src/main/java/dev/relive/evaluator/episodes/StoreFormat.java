package dev.relive.evaluator.episodes;

import dev.relive.log.LaneId;
import dev.relive.log.LogException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * What the topology's stores hold, as their changelogs keep it. All numbers are big-endian, so that
 * an actor's lanes stand together, and the lanes of its epochs within.
 *
 * <pre>
 *   positions  partition (4)                            ─▶ version (1) | next offset (8)
 *   actors     "run/actor"                              ─▶ version (1) | { epoch (8) | next sequence (8)
 *                                                                        | heard at (8) } …
 *   lanes      "run/actor/" | epoch (8) | lane (4)      ─▶ version (1) | episode (8) | length (8) | sum (8)
 *                                                                        | first version (8) | last version (8)
 *                                                                        | started at (8) | ended at (8)
 * </pre>
 */
final class StoreFormat {
  private static final byte VERSION = 1;
  private static final int HEAD = 1;
  private static final int EPOCH = 3 * Long.BYTES;
  private static final int EPISODE = 7 * Long.BYTES;
  private static final byte SLASH = '/';

  private StoreFormat() {}

  /** The next offset to read of a partition. */
  static Serde<Long> positions() {
    return serde(
        offset -> value(Long.BYTES, bytes -> bytes.putLong(offset)),
        value -> opened(value).getLong());
  }

  static Serde<ActorEpochs> actors() {
    return serde(StoreFormat::bytes, StoreFormat::actorEpochs);
  }

  private static byte[] bytes(ActorEpochs actor) {
    return value(
        EPOCH * actor.epochs().size(),
        bytes -> {
          for (ActorEpochs.Epoch epoch : actor.epochs()) {
            bytes
                .putLong(epoch.number())
                .putLong(epoch.nextSequence())
                .putLong(epoch.heardAtMillis());
          }
        });
  }

  private static ActorEpochs actorEpochs(byte[] value) {
    ByteBuffer bytes = opened(value);
    List<ActorEpochs.Epoch> epochs = new ArrayList<>(ActorEpochs.KEPT);
    while (bytes.remaining() >= EPOCH) {
      epochs.add(new ActorEpochs.Epoch(bytes.getLong(), bytes.getLong(), bytes.getLong()));
    }
    return new ActorEpochs(epochs);
  }

  static Serde<OpenEpisode> lanes() {
    return serde(StoreFormat::bytes, StoreFormat::openEpisode);
  }

  private static byte[] bytes(OpenEpisode open) {
    return value(
        EPISODE,
        bytes ->
            bytes
                .putLong(open.episode())
                .putLong(open.length())
                .putDouble(open.sum())
                .putLong(open.firstPolicyVersion())
                .putLong(open.lastPolicyVersion())
                .putLong(open.startedAtMicros())
                .putLong(open.endedAtMicros()));
  }

  private static OpenEpisode openEpisode(byte[] value) {
    ByteBuffer bytes = opened(value);
    return new OpenEpisode(
        bytes.getLong(),
        bytes.getLong(),
        bytes.getDouble(),
        bytes.getLong(),
        bytes.getLong(),
        bytes.getLong(),
        bytes.getLong());
  }

  /**
   * The key of a lane.
   *
   * @param actor the key of its actor
   */
  static byte[] lane(byte[] actor, LaneId lane) {
    byte[] key = new byte[actor.length + 1 + Long.BYTES + Integer.BYTES];
    ByteBuffer.wrap(key).put(actor).put(SLASH).putLong(lane.epoch()).putInt(lane.lane());
    return key;
  }

  /** The bytes with which the keys of an epoch's lanes begin. */
  static byte[] lanesOf(byte[] actor, long epoch) {
    byte[] beginning = new byte[actor.length + 1 + Long.BYTES];
    ByteBuffer.wrap(beginning).put(actor).put(SLASH).putLong(epoch);
    return beginning;
  }

  /** The run of an actor's or a lane's key: no run's name has a slash. */
  static String run(byte[] key) {
    int end = 0;
    while (key[end] != SLASH) {
      end++;
    }
    return new String(key, 0, end, StandardCharsets.UTF_8);
  }

  private static byte[] value(int size, Consumer<ByteBuffer> write) {
    byte[] value = new byte[HEAD + size];
    write.accept(ByteBuffer.wrap(value).put(VERSION));
    return value;
  }

  private static ByteBuffer opened(byte[] value) {
    ByteBuffer bytes = ByteBuffer.wrap(value);
    byte version = bytes.get();
    if (version != VERSION) {
      throw new LogException(
          "The episode topology's state has format %d, and this program reads format %d."
              .formatted(version, VERSION));
    }
    return bytes;
  }

  /** Kafka asks for what there is under a key that it has nothing under as for null. */
  private static <T> Serde<T> serde(Function<T, byte[]> write, Function<byte[], T> read) {
    return Serdes.serdeFrom(
        (topic, value) -> whereThereIs(value, write), (topic, bytes) -> whereThereIs(bytes, read));
  }

  private static <A, B> @Nullable B whereThereIs(@Nullable A value, Function<A, B> function) {
    return value == null ? null : function.apply(value);
  }
}

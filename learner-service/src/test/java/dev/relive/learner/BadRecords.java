package dev.relive.learner;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.relive.log.RecordCodec;
import dev.relive.log.RejectionReason;
import dev.relive.log.Segment;
import dev.relive.log.SegmentCodec;
import dev.relive.log.SegmentEnd;
import dev.relive.log.wire.Column;
import dev.relive.log.wire.ElementType;
import dev.relive.log.wire.Progress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Records that no learner can use, of every sort in turn, drawn from a seed. */
final class BadRecords {
  private static final int CHECKSUM = 5;
  private static final Set<RejectionReason> ANY = EnumSet.allOf(RejectionReason.class);

  private final Random random;
  private final String topic;
  private final String run;
  private final String key;
  private final byte[] good;
  private int made;

  BadRecords(String topic, String run, long seed) {
    this.random = new Random(seed);
    this.topic = topic;
    this.run = run;
    this.key = run + "/actor";
    Segment segment = new TestSegments(run).next(0, 9, SegmentEnd.CONTINUES);
    this.good = SegmentCodec.encode(segment);
  }

  /** A record and the reasons for which it may be rejected. */
  record Bad(ProducerRecord<byte[], byte[]> record, Set<RejectionReason> reasons) {}

  Bad next() {
    return switch (made++ % 14) {
      case 0 -> bad(key, flipped(), ANY);
      case 1 -> bad(key, Arrays.copyOf(good, random.nextInt(good.length)), ANY);
      case 2 -> bad(key, lengthened(), RejectionReason.CORRUPT);
      case 3 -> bad(key, withByte(4, 2 + random.nextInt(254)), RejectionReason.FUTURE_FORMAT);
      case 4 -> bad(key, withByte(2, 'X'), RejectionReason.FOREIGN);
      case 5 -> bad(key, noise(random.nextInt(3000)), ANY);
      case 6 -> bad(random.nextBoolean() ? null : run, good, RejectionReason.FOREIGN);
      case 7 -> bad(key, random.nextBoolean() ? null : new byte[0], RejectionReason.FOREIGN);
      case 8 -> bad(run + "/another", good, RejectionReason.INVALID);
      case 9 -> bad(key, progress(), RejectionReason.UNEXPECTED_KIND);
      case 10 -> invalid(m -> m.setLength(Integer.MAX_VALUE - 1 - random.nextInt(9)));
      case 11 -> invalid(m -> m.setObservations(hugeColumn()));
      case 12 -> invalid(m -> m.setActor("../" + "x".repeat(random.nextInt(2000))));
      default -> invalid(m -> m.setObservations(otherColumn(m.getLength() + 1)));
    };
  }

  /** A record nearly as large as one can be. */
  Bad large() {
    return bad(key, noise((16 << 20) - (128 << 10)), ANY);
  }

  /** A record larger than one can be, which its compression hides. */
  Bad oversized() {
    return bad(key, new byte[40 << 20], RejectionReason.FOREIGN);
  }

  private byte[] flipped() {
    int index = random.nextInt(good.length);
    return withByte(index, good[index] ^ (1 << random.nextInt(8)));
  }

  private byte[] lengthened() {
    byte[] longer = Arrays.copyOf(good, good.length + 1 + random.nextInt(100));
    // Whatever is appended, it is no checksum of what stands before it.
    longer[longer.length - 1] = (byte) (random.nextInt(255) + 1);
    return longer;
  }

  private byte[] withByte(int index, int value) {
    byte[] changed = good.clone();
    changed[index] = (byte) value;
    return changed;
  }

  private byte[] noise(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] progress() {
    return RecordCodec.PROGRESS.encode(Progress.newBuilder().setRun(run).build());
  }

  private Column hugeColumn() {
    Column.Builder column = Column.newBuilder().setType(ElementType.FLOAT64);
    int dimensions = 1 + random.nextInt(60);
    for (int i = 0; i < dimensions; i++) {
      column.addShape(1 << (10 + random.nextInt(21)));
    }
    return column.setData(ByteString.copyFrom(noise(16))).build();
  }

  private static Column otherColumn(int rows) {
    return Column.newBuilder()
        .setType(ElementType.FLOAT32)
        .addShape(3)
        .setData(ByteString.copyFrom(new byte[rows * 12]))
        .build();
  }

  /** A segment that breaks a rule, under a checksum that fits. */
  private Bad invalid(Consumer<dev.relive.log.wire.Segment.Builder> fault) {
    dev.relive.log.wire.Segment.Builder message = message();
    fault.accept(message);
    return bad(key, sealed(message.build()), RejectionReason.INVALID);
  }

  private dev.relive.log.wire.Segment.Builder message() {
    try {
      return dev.relive.log.wire.Segment.parseFrom(good).toBuilder().clearCrc32C();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("A good segment parses.", e);
    }
  }

  private static byte[] sealed(dev.relive.log.wire.Segment message) {
    byte[] fields = message.toByteArray();
    byte[] record = Arrays.copyOf(fields, fields.length + CHECKSUM);
    CRC32C checksum = new CRC32C();
    checksum.update(fields);
    ByteBuffer.wrap(record)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(fields.length, (byte) 0x7d)
        .putInt(fields.length + 1, (int) checksum.getValue());
    return record;
  }

  private Bad bad(@Nullable String recordKey, byte @Nullable [] value, RejectionReason reason) {
    return bad(recordKey, value, EnumSet.of(reason));
  }

  private Bad bad(
      @Nullable String recordKey, byte @Nullable [] value, Set<RejectionReason> reasons) {
    byte[] keyBytes = recordKey == null ? null : recordKey.getBytes(UTF_8);
    return new Bad(new ProducerRecord<>(topic, 0, keyBytes, value), reasons);
  }
}

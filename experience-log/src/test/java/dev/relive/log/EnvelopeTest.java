package dev.relive.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunState;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
  private static final RunState STATE =
      RunState.newBuilder().setRun("r").setPhase(RunPhase.ACTIVE).build();
  private static final byte[] RECORD = RecordCodec.RUN_STATE.encode(STATE);

  @Test
  void aRecordIsMagicThenFieldsThenChecksum() {
    byte[] checked = HexFormat.of().parseHex("0d524c5401" + "120172" + "1801");
    int crc = Forgery.crc32c(checked, checked.length);

    assertEquals(0xe3069283, Forgery.crc32c("123456789".getBytes(US_ASCII), 9));
    assertArrayEquals(
        Forgery.concatenate(
            checked,
            new byte[] {
              0x7d, (byte) crc, (byte) (crc >> 8), (byte) (crc >> 16), (byte) (crc >> 24)
            }),
        RECORD);
  }

  @Test
  void aRecordIsReadWhereTheBufferStandsAndTheBufferStaysThere() throws Exception {
    ByteBuffer buffer = ByteBuffer.allocate(RECORD.length + 10);
    buffer.position(7);
    ByteBuffer slice = buffer.slice();
    slice.put(2, RECORD);
    slice.position(2).limit(2 + RECORD.length);

    assertEquals("r", RecordCodec.RUN_STATE.decode(slice).getRun());
    assertEquals(2, slice.position());
    assertEquals(2 + RECORD.length, slice.limit());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 5, 9})
  void lessThanAnEnvelopeIsForeign(int size) {
    assertRejected(RejectionReason.FOREIGN, Arrays.copyOf(RECORD, size));
  }

  @Test
  void anEmptyEnvelopeIsReadButNamesNoRun() {
    byte[] record = Forgery.reseal(HexFormat.of().parseHex("0d524c5401" + "7d00000000"));
    assertRejected(RejectionReason.INVALID, record);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0x0c, FOREIGN",
    "1, 0x72, FOREIGN",
    "2, 0x6c, FOREIGN",
    "3, 0x58, FOREIGN", // an unknown letter
    "3, 0xff, FOREIGN",
    "3, 0x53, UNEXPECTED_KIND", // a segment
    "4, 0x00, FOREIGN", // there was no format 0
    "4, 0x02, FUTURE_FORMAT",
    "4, 0xff, FUTURE_FORMAT",
    "5, 0x13, CORRUPT",
    "7, 0x73, CORRUPT",
    "10, 0x7e, CORRUPT", // the checksum's tag
    "14, 0x00, CORRUPT",
  })
  void oneByteOfTheEnvelopeDecidesTheReason(int index, String value, RejectionReason reason) {
    assertRejected(reason, Forgery.replace(RECORD, index, Integer.decode(value)));
  }

  @Test
  void theFirstFaultInTheProtocolsOrderIsTheReason() {
    byte[] corrupt = Forgery.replace(RECORD, 7, 's');
    assertRejected(RejectionReason.CORRUPT, corrupt);
    byte[] future = Forgery.replace(corrupt, 4, 9);
    assertRejected(RejectionReason.FUTURE_FORMAT, future);
    byte[] otherKind = Forgery.replace(future, 3, 'W');
    assertRejected(RejectionReason.UNEXPECTED_KIND, otherKind);
    byte[] foreign = Forgery.replace(otherKind, 2, 'X');
    assertRejected(RejectionReason.FOREIGN, foreign);
  }

  @Test
  void aFutureFormatIsRejectedThoughItsChecksumFits() {
    assertRejected(RejectionReason.FUTURE_FORMAT, Forgery.reseal(Forgery.replace(RECORD, 4, 2)));
  }

  @Test
  void theMessageThatFollowsAnEndGroupTagIsNotSilentlyDropped() {
    assertRejected(RejectionReason.CORRUPT, Forgery.append(RECORD, (byte) 0x1c, (byte) 0x18));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12ffffffff0f", // a name of 4 GB
        "1205", // a name that ends after the record
        "1201ff", // a name that is no UTF-8
        "00", // field number 0
        "18ffffffffffffffffffffff01", // a number of 11 bytes
        "9b06", // a group that never ends
      })
  void fieldsThatDoNotParseAreCorrupt(String field) {
    assertRejected(RejectionReason.CORRUPT, Forgery.append(RECORD, HexFormat.of().parseHex(field)));
  }

  @Test
  void aRejectionNamesTheFaultInASentence() {
    assertMessage("The record of 3 bytes is none of Relive's.", new byte[3]);
    assertMessage(
        "The record is a SEGMENT where a RUN_STATE belongs.", Forgery.replace(RECORD, 3, 'S'));
    assertMessage(
        "The record has format 3, and this program reads up to 1.", Forgery.replace(RECORD, 4, 3));
    assertMessage(
        "The record of 15 bytes does not end in a checksum.", Forgery.replace(RECORD, 10, 0));
  }

  private static void assertRejected(RejectionReason reason, byte[] record) {
    assertEquals(reason, rejection(record).reason());
  }

  private static void assertMessage(String message, byte[] record) {
    assertEquals(message, rejection(record).getMessage());
  }

  private static RejectedRecordException rejection(byte[] record) {
    return assertThrows(RejectedRecordException.class, () -> RecordCodec.RUN_STATE.decode(record));
  }
}

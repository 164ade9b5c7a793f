package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.protobuf.Message;
import dev.relive.log.wire.CheckpointState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Format 1 is read and written as it was when it was released. */
class GoldenFilesTest {
  @TestFactory
  Stream<DynamicTest> segmentsAreReadToTheirValues() {
    return GoldenSegments.all().entrySet().stream()
        .map(
            golden ->
                dynamicTest(
                    golden.getKey(),
                    () ->
                        assertEquals(
                            golden.getValue(),
                            SegmentCodec.decode(ByteBuffer.wrap(read(golden.getKey() + ".bin"))))));
  }

  @TestFactory
  Stream<DynamicTest> messagesAreReadToTheirValues() {
    return GoldenMessages.all().stream()
        .map(golden -> dynamicTest(golden.name(), () -> assertReadToItsValue(golden)));
  }

  @Test
  void theStateInACheckpointIsReadToItsValue() throws Exception {
    assertEquals(
        GoldenMessages.checkpointState(),
        CheckpointState.parseFrom(read(GoldenFiles.CHECKPOINT_STATE)));
  }

  @TestFactory
  Stream<DynamicTest> theSameValuesAreWrittenToTheSameBytes() {
    return GoldenFiles.records().entrySet().stream()
        .map(
            record ->
                dynamicTest(
                    record.getKey(),
                    () -> assertArrayEquals(read(record.getKey()), record.getValue())));
  }

  @Test
  void everyFileIsCompared() throws Exception {
    Path folder =
        Path.of(Objects.requireNonNull(getClass().getResource(GoldenFiles.FOLDER)).toURI());
    try (Stream<Path> files = Files.list(folder)) {
      TreeSet<String> expected = new TreeSet<>(GoldenFiles.records().keySet());
      expected.add(GoldenFiles.SCHEMA);
      assertEquals(
          expected,
          files
              .map(file -> file.getFileName().toString())
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  private static <T extends Message> void assertReadToItsValue(GoldenMessages.Golden<T> golden)
      throws Exception {
    Message decoded = golden.codec().decode(read(golden.name() + ".bin"));

    assertEquals(
        golden.message(),
        decoded.toBuilder()
            .clearField(decoded.getDescriptorForType().findFieldByName("magic"))
            .build());
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream file = GoldenFilesTest.class.getResourceAsStream(GoldenFiles.FOLDER + name)) {
      return Objects.requireNonNull(file, () -> "There is no golden file " + name + ".")
          .readAllBytes();
    }
  }
}

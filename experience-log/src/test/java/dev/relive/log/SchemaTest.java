package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.relive.log.wire.Segment;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Within a format fields are only added. */
class SchemaTest {
  @Test
  void noReleasedFieldChangesOrGoes() throws IOException {
    TreeSet<String> changed = new TreeSet<>(released());
    changed.removeAll(Schema.lines());

    assertEquals(
        List.of(),
        List.copyOf(changed),
        "These lines of schema.txt are released, and no longer true: logs that hold them would be"
            + " misread. Add a field, or make a new format.");
  }

  @Test
  void everyFieldIsInTheReleasedSchema() throws IOException {
    TreeSet<String> added = new TreeSet<>(Schema.lines());
    added.removeAll(released());

    assertEquals(
        List.of(),
        List.copyOf(added),
        "These fields are new: append them to schema.txt, so that they never change again.");
  }

  @Test
  void everyRecordHasItsMagicFirstAndItsChecksumInField15() {
    for (GoldenMessages.Golden<?> golden : GoldenMessages.all()) {
      assertEnvelope(golden.message().getDescriptorForType());
    }
    assertEnvelope(Segment.getDescriptor());
  }

  private static void assertEnvelope(Descriptor message) {
    FieldDescriptor magic = message.findFieldByNumber(1);
    FieldDescriptor run = message.findFieldByNumber(2);
    FieldDescriptor checksum = message.findFieldByNumber(15);
    assertEquals("magic FIXED32", magic.getName() + " " + magic.getType(), message.getName());
    assertEquals("run STRING", run.getName() + " " + run.getType(), message.getName());
    assertEquals(
        "crc32c FIXED32", checksum.getName() + " " + checksum.getType(), message.getName());
  }

  private static List<String> released() throws IOException {
    try (InputStream file =
        SchemaTest.class.getResourceAsStream(GoldenFiles.FOLDER + GoldenFiles.SCHEMA)) {
      return new String(Objects.requireNonNull(file, "no schema.txt").readAllBytes(), UTF_8)
          .lines()
          .toList();
    }
  }
}

package dev.relive.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The golden files of format 1: records as they were when the format was released, which every
 * later program must read to the same values, and the schema of then. Written once by
 *
 * <pre>
 *   ./mvnw -q test-compile -pl experience-log -am
 *   cd experience-log
 *   java -cp "target/classes:target/test-classes:$(find ~/.m2 -name 'protobuf-java-4.*.jar')" \
 *     dev.relive.log.GoldenFiles src/test/resources/golden/v1
 * </pre>
 *
 * <p>and never again: a message that gains a field gains a file, and a new format a folder.
 */
final class GoldenFiles {
  static final String FOLDER = "/golden/v1/";
  static final String SCHEMA = "schema.txt";
  static final String CHECKPOINT_STATE = "checkpoint-state.bin";

  private GoldenFiles() {}

  /** The records, and what a checkpoint's hold, by the names of their files. */
  static Map<String, byte[]> records() {
    Map<String, byte[]> records = new TreeMap<>();
    GoldenSegments.all()
        .forEach((name, segment) -> records.put(name + ".bin", SegmentCodec.encode(segment)));
    GoldenMessages.all().forEach(golden -> records.put(golden.name() + ".bin", golden.record()));
    records.put(CHECKPOINT_STATE, GoldenMessages.checkpointState().toByteArray());
    return records;
  }

  /** Writes the golden files into the folder that the first argument names. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    for (Map.Entry<String, byte[]> record : records().entrySet()) {
      Files.write(folder.resolve(record.getKey()), record.getValue());
    }
    Files.write(folder.resolve(SCHEMA), Schema.lines());
  }
}

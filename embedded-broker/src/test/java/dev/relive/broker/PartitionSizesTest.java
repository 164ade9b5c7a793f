package dev.relive.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionSizesTest {

  @Test
  void areThoseOfTheLogFilesOfEachPartition(@TempDir Path kafka) throws IOException {
    write(kafka.resolve("some-topic-12/00000000000000000000.log"), 100);
    write(kafka.resolve("some-topic-12/00000000000000000500.log"), 20);
    write(kafka.resolve("some-topic-12/00000000000000000500.index"), 7);
    Files.createDirectories(kafka.resolve("empty-0"));
    write(kafka.resolve("meta.properties"), 9);
    assertEquals(
        Map.of(new TopicPartition("some-topic", 12), 120L, new TopicPartition("empty", 0), 0L),
        PartitionSizes.of(kafka));
  }

  @Test
  void areNoneWhereTheDirectoryIsGone(@TempDir Path directory) {
    assertEquals(Map.of(), PartitionSizes.of(directory.resolve("kafka")));
  }

  private static void write(Path file, int bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
  }
}

package dev.relive.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/** What the partitions of a broker take on its disk, as Kafka names their directories. */
final class PartitionSizes {
  private static final Pattern PARTITION = Pattern.compile("(.+)-(\\d+)");
  private static final String LOG_FILES = "*.log";

  private PartitionSizes() {}

  /** The bytes of each partition's log; what is deleted meanwhile is left out. */
  static Map<TopicPartition, Long> of(Path kafkaDirectory) {
    Map<TopicPartition, Long> sizes = new HashMap<>();
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(kafkaDirectory)) {
      for (Path directory : directories) {
        Matcher name = PARTITION.matcher(String.valueOf(directory.getFileName()));
        if (name.matches() && Files.isDirectory(directory)) {
          sizes.put(
              new TopicPartition(name.group(1), Integer.parseInt(name.group(2))),
              logBytes(directory));
        }
      }
    } catch (NoSuchFileException e) {
      return Map.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (DirectoryIteratorException e) {
      throw new UncheckedIOException(e.getCause());
    }
    return sizes;
  }

  private static long logBytes(Path partition) throws IOException {
    long bytes = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(partition, LOG_FILES)) {
      for (Path file : files) {
        bytes += size(file);
      }
    } catch (NoSuchFileException e) {
      return bytes;
    }
    return bytes;
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }
}

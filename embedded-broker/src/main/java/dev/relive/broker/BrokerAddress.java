package dev.relive.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a running broker listens. It leaves its address in a file of its directory, so that other
 * commands find it there.
 */
public record BrokerAddress(String host, int port) {

  private static final String FILE = "broker.address";
  private static final Pattern FORMAT = Pattern.compile("([^\\s:]+):(\\d{1,5})\\s*");

  /**
   * The address of the broker that runs on this directory now. A file that a killed process left
   * behind is not believed: some process must hold the directory's lock.
   */
  public static Optional<BrokerAddress> find(Path directory) {
    return DirectoryLock.isHeld(directory) ? read(directory) : Optional.empty();
  }

  /** What Kafka clients call {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return host + ":" + port;
  }

  @Override
  public String toString() {
    return bootstrapServers();
  }

  /** The file's content, whoever wrote it; empty when there is no such file or it says nothing. */
  static Optional<BrokerAddress> read(Path directory) {
    String content;
    try {
      content = Files.readString(directory.resolve(FILE));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw DirectoryFailure.unusable(directory, e);
    }
    Matcher matcher = FORMAT.matcher(content);
    return matcher.matches()
        ? Optional.of(new BrokerAddress(matcher.group(1), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  /** Replaces the file in one step: a reader sees the whole address or none. */
  void write(Path directory) throws IOException {
    Path unfinished = directory.resolve(FILE + ".tmp");
    Files.writeString(unfinished, bootstrapServers() + "\n", UTF_8);
    Files.move(
        unfinished,
        directory.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  static void delete(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(FILE));
  }
}

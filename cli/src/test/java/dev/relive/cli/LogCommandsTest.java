package dev.relive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.log.Column;
import dev.relive.log.ElementType;
import dev.relive.log.ExperienceWriter;
import dev.relive.log.LaneId;
import dev.relive.log.LogAdmin;
import dev.relive.log.LogConnection;
import dev.relive.log.PolicyVersions;
import dev.relive.log.RunRegistry;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import dev.relive.log.Topic;
import dev.relive.log.TopicCatalogue;
import dev.relive.log.WriterSettings;
import dev.relive.log.wire.EnvironmentSpec;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.Space;
import dev.relive.log.wire.SpaceKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/**
 * The commands that look at a log, with a log of three segments, and one in which one is missing.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class LogCommandsTest {

  private final Path directory;
  private final EmbeddedBroker broker;

  LogCommandsTest(@TempDir Path directory) {
    this.directory = directory;
    broker = EmbeddedBroker.start(BrokerConfig.in(directory));
    write("whole", List.of(0, 1, 2));
    write("damaged", List.of(0, 2));
  }

  @AfterAll
  void close() {
    broker.close();
  }

  private void write(String prefix, List<Integer> sequences) {
    LogConnection connection = new LogConnection(broker.bootstrapServers(), prefix, Map.of());
    TopicCatalogue topics = connection.topics();
    Topic experience = topics.experience("Line");
    List<Topic> all = new ArrayList<>(topics.shared());
    all.add(experience);
    all.add(topics.rejected("Line"));
    try (LogAdmin admin = LogAdmin.open(connection)) {
      admin.ensure(all);
    }
    try (RunRegistry registry = new RunRegistry(connection)) {
      registry.create(
          RunSpec.newBuilder()
              .setRun("run")
              .setLabel("first")
              .setStream("Line")
              .setEnvironment(
                  EnvironmentSpec.newBuilder()
                      .setObservations(Space.newBuilder().setKind(SpaceKind.BOX).addShape(2))
                      .setActions(Space.newBuilder().setKind(SpaceKind.DISCRETE).addCounts(2)))
              .addPartitions(PartitionRange.newBuilder())
              .build());
    }
    try (ExperienceWriter writer =
        ExperienceWriter.open(connection, experience, 0, WriterSettings.DEFAULT)) {
      writer
          .write(Flux.fromStream(sequences.stream().map(LogCommandsTest::segment)))
          .then()
          .block();
    }
  }

  /** One episode of five steps in three segments. */
  private static Segment segment(int sequence) {
    int first = 2 * sequence;
    int length = sequence == 2 ? 1 : 2;
    return new Segment(
        new LaneId("run", "left", 0xab, 0),
        sequence,
        0,
        first,
        length,
        sequence == 2 ? SegmentEnd.TERMINATED : SegmentEnd.CONTINUES,
        PolicyVersions.of(0),
        first + length,
        1_000_000,
        2_000_000,
        floats(2, length + 1, first),
        Column.of(ElementType.UINT8, new int[0], length, ByteBuffer.allocate(length)),
        floats(0, length, first),
        null);
  }

  private static Column floats(int elements, int rows, int from) {
    int all = Math.max(elements, 1) * rows;
    ByteBuffer data = ByteBuffer.allocate(all * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < all; i++) {
      data.putFloat(Math.max(elements, 1) * from + i);
    }
    int[] shape = elements == 0 ? new int[0] : new int[] {elements};
    return Column.of(ElementType.FLOAT32, shape, rows, data.flip());
  }

  private CommandRun log(String prefix, String... arguments) {
    return CommandRun.of(
        Stream.of(
                Stream.of("log"),
                Stream.of(arguments),
                Stream.of("-q", "-b=" + broker.bootstrapServers(), "--topic-prefix=" + prefix))
            .flatMap(words -> words)
            .toArray(String[]::new));
  }

  /** What a command printed, with single spaces, and the time where one is. */
  private static List<String> lines(CommandRun run) {
    assertEquals("", run.err());
    return run.out()
        .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d", "TIME")
        .replaceAll("\\d+(\\.\\d)? (bytes|kB)", "SIZE")
        .lines()
        .map(line -> line.strip().replaceAll(" +", " "))
        .toList();
  }

  @Test
  void listsTopicsAndTheirRuns() {
    List<String> lines = lines(log("whole", "ls"));

    assertEquals("TOPIC OFFSETS RECORDS ON DISK OLDEST NEWEST KEPT RUNS", lines.get(0));
    assertEquals("whole.experience.Line 0–3 3 SIZE TIME TIME for ever 1", lines.get(1));
    assertEquals("whole.experience.Line.rejected 0–0 0 SIZE – – 28 d", lines.get(2));
    assertTrue(lines.contains("whole.snapshots 8 partitions 0 SIZE for ever"), lines::toString);
    assertEquals("run (first) created Line partition 0, offset 0", lines.get(lines.size() - 1));

    JsonObject json = JsonParser.parseString(log("whole", "ls", "--json").out()).getAsJsonObject();
    JsonObject experience = json.getAsJsonArray("topics").get(0).getAsJsonObject();
    assertEquals("Line", experience.get("stream").getAsString());
    assertEquals(-1, experience.get("retentionMillis").getAsLong());
    assertEquals("[\"run\"]", experience.get("runs").toString());
    assertEquals(
        3, experience.getAsJsonArray("partitions").get(0).getAsJsonObject().get("end").getAsInt());
    assertEquals("The log holds no topics.\n", log("empty", "ls").out());
  }

  @Test
  void countsByRunAndActor() {
    List<String> lines = lines(log("whole", "stat"));

    assertEquals(4, lines.size());
    for (int row = 1; row < 4; row++) {
      String name = List.of("Line", "run", "left").get(row - 1);
      assertTrue(
          lines.get(row).matches(name + " 3 5 1\\.7 1 0 0 10\\.0 0 SIZE \\S+"), lines.get(row));
    }
    JsonArray json =
        JsonParser.parseString(log("whole", "stat", "--run=first", "--json").out())
            .getAsJsonArray();
    assertEquals(10, json.get(0).getAsJsonObject().get("meanReturn").getAsDouble());
    assertEquals("The log holds no experience.\n", log("empty", "stat").out());
  }

  @Test
  void showsSegmentsFromAPlaceOn() {
    List<String> lines = lines(log("whole", "show", "--from=1", "--limit=1", "--values"));

    assertEquals(
        List.of(
            "OFFSET TIME SEQUENCE EPISODE STEPS END REWARD POLICIES BYTES LANE",
            "0/1 TIME 1 0 2–3 continues 5.000 0 SIZE run/left@ab/0",
            "step observation action reward probability policy",
            "2 [4.0 5.0] 0 2.0 – 0",
            "3 [6.0 7.0] 0 3.0 – 0",
            "[8.0 9.0]"),
        lines);
    assertEquals(
        "0/2 TIME 2 0 4–4 terminated 4.000 0 SIZE run/left@ab/0",
        lines(log("whole", "show", "--last=1")).get(1));
    assertEquals(4, lines(log("whole", "show", "Line", "--run=run")).size());
    assertEquals(4, lines(log("whole", "show", "--from=2000-01-01T00:00:00Z")).size());

    List<JsonObject> json =
        log("whole", "show", "--json", "--values")
            .out()
            .lines()
            .map(line -> JsonParser.parseString(line).getAsJsonObject())
            .toList();
    assertEquals(3, json.size());
    assertEquals("ab", json.get(2).get("epoch").getAsString());
    assertEquals("[[8.0,9.0],[10.0,11.0]]", json.get(2).get("observations").toString());
    assertEquals("[{\"from\":0,\"version\":0}]", json.get(2).get("policies").toString());
  }

  @Test
  void saysWhatThereIsNot() {
    assertFails("There is no run 'x': the log holds run (first) CREATED.", "stat", "--run=x");
    assertFails("There is no stream 'x': the log holds Line.", "verify", "x");
    assertFails(
        "Reading whole.experience.Line partition 0 cannot begin at offset 9: the log ends at offset"
            + " 3.",
        "show",
        "--from=9");
    assertFails(
        "Topic whole.experience.Line has no partition 4: it has 1, counted from 0.",
        "show",
        "--partition=4");
    assertEquals(
        new CommandRun(
            ExitCode.USAGE,
            "",
            "--from is soon, and must be an offset, a time such as 2026-11-20T19:34:48Z, or"
                + " beginning.\n"),
        log("whole", "show", "--from=soon"));
    assertEquals(
        new CommandRun(ExitCode.USAGE, "", "--limit is 0, and must be at least 1.\n"),
        log("whole", "show", "--limit=0"));
  }

  private void assertFails(String sentence, String... arguments) {
    assertEquals(new CommandRun(ExitCode.FAILURE, "", sentence + "\n"), log("whole", arguments));
  }

  @Test
  void provesALogThatIsWhole() throws IOException {
    CommandRun run = log("whole", "verify");

    assertEquals(ExitCode.SUCCESS, run.exitCode());
    assertEquals(
        List.of(
            "RUN SEGMENTS STEPS EPOCHS OPEN GAPS DUPLICATES MISFITS SNAPSHOTS EVALUATED FAILURES",
            "run (first) 3 5 1 0 0 0 0 0 0 0",
            "",
            "The log holds: 3 segments with 5 steps of 1 run, nothing lost, nothing damaged."),
        lines(run));
    Path acknowledged =
        Files.writeString(
            directory.resolve("acknowledged"), "run left ab 0\nrun left ab 2\n", UTF_8);
    CommandRun again = log("whole", "verify", "--acknowledged=" + acknowledged);
    assertEquals(ExitCode.SUCCESS, again.exitCode());
    assertTrue(
        again.out().contains("\nOf 2 acknowledged segments all are in the log. The log holds: "),
        again.out());
  }

  @Test
  void listsWhatIsLost() throws IOException {
    Path acknowledged =
        Files.writeString(directory.resolve("lost"), "run left ab 1\nrun left ab 2\n", UTF_8);
    CommandRun run = log("damaged", "verify", "--acknowledged=" + acknowledged);

    assertEquals(ExitCode.CHECK_FAILED, run.exitCode());
    assertEquals(
        List.of(
            "run (first) 2 3 1 0 1 0 0 0 0 2",
            "",
            "FAILURE, gaps: 1",
            "Segment 1 of run/left@ab is missing before offset 1 of partition 0.",
            "",
            "FAILURE, acknowledged segments that are not in the log: 1",
            "Segment 1 of run/left@ab was acknowledged and is not in the log.",
            "",
            "Of 2 acknowledged segments all but 1 are in the log. The log does not hold: 2 things"
                + " were found lost or damaged."),
        lines(run).subList(1, 10));

    CommandRun asJson = log("damaged", "verify", "--json");
    assertEquals(ExitCode.CHECK_FAILED, asJson.exitCode());
    JsonObject json = JsonParser.parseString(asJson.out()).getAsJsonObject();
    JsonObject finding = json.getAsJsonArray("findings").get(0).getAsJsonObject();
    assertEquals("failure", finding.get("severity").getAsString());
    assertEquals("gap", finding.get("kind").getAsString());
    assertEquals("ab", finding.get("epoch").getAsString());
    assertEquals(1, finding.get("offset").getAsLong());
    assertEquals("{\"gap\":1}", json.get("found").toString());
    assertEquals("false", json.get("holds").toString());
  }

  @Test
  void refusesAcknowledgementsThatAreNone() throws IOException {
    Path file = Files.writeString(directory.resolve("wrong"), "run left ab\n", UTF_8);

    CommandRun run = log("whole", "verify", "--acknowledged=" + file);

    assertEquals(ExitCode.FAILURE, run.exitCode());
    assertTrue(
        run.err().startsWith("Line 1 of the acknowledged segments is 'run left ab', and must be "),
        run.err());
    assertTrue(
        log("whole", "verify", "--acknowledged=/nowhere")
            .err()
            .startsWith("The acknowledged segments cannot be read from /nowhere: "));
  }
}

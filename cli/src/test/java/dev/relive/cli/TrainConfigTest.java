package dev.relive.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.Environments;
import dev.relive.learner.Algorithm;
import dev.relive.learner.LearnerConfig;
import dev.relive.learner.LearnerStart.NewRun;
import dev.relive.log.LogConnection;
import dev.relive.producers.ProducerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class TrainConfigTest {

  private final Path directory;

  TrainConfigTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void hasDefaults() {
    TrainConfig config = parse(Map.of());

    assertEquals(Path.of(".relive"), config.dataDirectory());
    assertEquals(Optional.empty(), config.servers());
    assertEquals("relive", config.topicPrefix());
    assertEquals(Map.of(), config.clientProperties());
    assertEquals(Environments.spec("CartPole-v1"), config.environment());
    assertEquals(Algorithm.DOUBLE_DQN.defaults(), config.settings());
    assertEquals(100_000, config.steps());
    assertTrue(config.seed() >= 0);
    assertEquals("", config.label());
    assertEquals(DeviceChoice.AUTO, config.device());
    assertEquals("127.0.0.1", config.httpHost());
    assertEquals(9464, config.httpPort());
    assertEquals(475, config.threshold());
  }

  @Test
  void drawsASeedWhereNoneIsStated() {
    assertNotEquals(parse(Map.of()).seed(), parse(Map.of()).seed());
  }

  @Test
  void takesEveryOption() throws IOException {
    Path properties = Files.writeString(directory.resolve("client.properties"), "client.id = me\n");

    TrainConfig config =
        parse(
            Map.of(),
            "--environment=CartPole-v0",
            "--environment-option=sutton_barto_reward=true",
            "--algorithm=double-dqn",
            "--set=return.discount=0.9",
            "--set=network.hidden-sizes=64,32",
            "--steps=5000",
            "--seed=7",
            "--label=first",
            "--device=cpu",
            "--lanes=4",
            "--max-lead=64",
            "--segment-length=16",
            "--data-directory=" + directory,
            "--bootstrap-servers=kafka:9092",
            "--kafka-config=" + properties,
            "--topic-prefix=mine",
            "--http-host=0.0.0.0",
            "--http-port=0");

    assertEquals("CartPole-v0", config.environment().id());
    assertEquals("true", config.environment().options().get("sutton_barto_reward"));
    assertEquals("0.9", config.settings().text("return.discount"));
    assertEquals("64,32", config.settings().text("network.hidden-sizes"));
    assertEquals("5000", config.settings().text("schedule.steps"));
    assertEquals(5_000, config.steps());
    assertEquals(7, config.seed());
    assertEquals("first", config.label());
    assertEquals(DeviceChoice.CPU, config.device());
    assertEquals("4", config.settings().text("flow.lanes"));
    assertEquals("64", config.settings().text("flow.max-lead"));
    assertEquals("16", config.settings().text("flow.segment-length"));
    assertEquals(directory, config.dataDirectory());
    assertEquals(Optional.of("kafka:9092"), config.servers());
    assertEquals(Map.of("client.id", "me"), config.clientProperties());
    assertEquals("mine", config.topicPrefix());
    assertEquals("0.0.0.0", config.httpHost());
    assertEquals(0, config.httpPort());
  }

  @Test
  void takesVariablesWhereThereIsNoOption() {
    Map<String, String> variables =
        Map.of(
            "RELIVE_STEPS", "6000",
            "RELIVE_SEED", "9",
            "RELIVE_SET", "return.discount=0.8;network.hidden-sizes=8,8",
            "RELIVE_DEVICE", "CPU",
            "RELIVE_LABEL", "",
            "RELIVE_DATA_DIRECTORY", "/somewhere");

    TrainConfig config = parse(variables, "--seed", "3");

    assertEquals(6_000, config.steps());
    assertEquals(3, config.seed());
    assertEquals("0.8", config.settings().text("return.discount"));
    assertEquals("8,8", config.settings().text("network.hidden-sizes"));
    assertEquals(DeviceChoice.CPU, config.device());
    assertEquals(Path.of("/somewhere"), config.dataDirectory());
  }

  @Test
  void takesTheLastOfARepeatedOption() {
    assertEquals(2, parse(Map.of(), "--seed", "1", "--seed", "2").seed());
  }

  @Test
  void tellsTheServicesWhatTheyNeed() {
    TrainConfig config = parse(Map.of(), "--seed=7", "--label=first", "--topic-prefix=mine");
    LogConnection connection = config.connection("127.0.0.1:9092");

    LearnerConfig learner = config.learner(connection);
    ProducerConfig producer = config.producer(connection, "some-run");

    assertEquals(new LogConnection("127.0.0.1:9092", "mine", Map.of()), connection);
    NewRun run = assertInstanceOf(NewRun.class, learner.start());
    assertEquals("CartPole-v1", run.environment().getId());
    assertEquals(475, run.environment().getRewardThreshold());
    assertEquals(Algorithm.DOUBLE_DQN, run.algorithm());
    assertEquals(config.settings(), run.settings());
    assertEquals(7, run.seed());
    assertEquals("first", run.label());
    assertTrue(learner.versions().keySet().contains("relive"));
    assertEquals("some-run", producer.run());
    assertEquals(connection, producer.connection());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --set learning-rate=1       | There is no setting learning-rate; did you mean double-dqn.learning-rate?
          --set replay.capacty=5000   | There is no setting replay.capacty; did you mean replay.capacity?
          --set xyzzy=1               | There is no setting xyzzy.
          --set flow.lanes=3          | The setting flow.lanes is stated by --lanes, not by --set.
          --set return.discount=2     | The setting return.discount is 2, and must be a number from 0.0 to 1.0.
          --environment Pong          | There is no environment 'Pong'; there are: CartPole-v0, CartPole-v1.
          --environment-option a=1    | CartPole-v1 has no option 'a'; there are: sutton_barto_reward.
          --algorithm ppo             | --algorithm is ppo, and must be double-dqn.
          --topic-prefix a*b          | The topic prefix 'a*b' must be 1 to 100 letters, digits, '.', '_' or '-'.
          --seed -1                   | --seed is -1, and must be at least 0.
          --kafka-config /nowhere     | --kafka-config is /nowhere, and must be a file of properties that can be read.
          --result /nowhere/file      | --result is /nowhere/file, and must be a file in a directory that can be written to.
          """)
  void saysWhatIsNotAllowed(String arguments, String sentence) {
    CommandRun run = CommandRun.of(("train " + arguments).split(" "));

    assertEquals(new CommandRun(ExitCode.USAGE, "", sentence + "\n"), run);
  }

  @Test
  void refusesClientPropertiesThatRelivePromises() throws IOException {
    Path properties = Files.writeString(directory.resolve("client.properties"), "acks = 0\n");

    Exception failure =
        assertThrows(RuntimeException.class, () -> parse(Map.of(), "--kafka-config=" + properties));

    assertEquals(
        "The Kafka client properties set acks, which Relive decides itself.", failure.getMessage());
  }

  private static TrainConfig parse(Map<String, String> variables, String... options) {
    CommandLine relive = Main.commandLine(new Shell(variables, System.out, System.err));
    String[] arguments = new String[options.length + 1];
    arguments[0] = "train";
    System.arraycopy(options, 0, arguments, 1, options.length);
    relive.parseArgs(arguments);
    CommandLine train = requireNonNull(relive.getSubcommands().get("train"));
    return train.<TrainCommand>getCommand().config();
  }
}

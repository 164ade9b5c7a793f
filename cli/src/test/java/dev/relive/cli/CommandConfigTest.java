package dev.relive.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.learner.Algorithm;
import dev.relive.learner.IfRunning;
import dev.relive.learner.LearnerStart;
import dev.relive.learner.LearnerStart.ExperienceOf;
import dev.relive.learner.LearnerStart.NewReader;
import dev.relive.learner.LearnerStart.NewRun;
import dev.relive.learner.LearnerStart.Resume;
import dev.relive.learner.LearnerStart.ResumeOrBegin;
import dev.relive.learner.LearnerStart.Stated;
import dev.relive.log.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.OptionSpec;

/** What commands are told by options and variables. */
final class CommandConfigTest {

  /** Tried elsewhere: what is shown, and what only a resumed run or a file can tell. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "--help",
          "--version",
          "--print-config",
          "--quiet",
          "--plain",
          "--verbose",
          "--log-level",
          "--json",
          "--yes",
          "--kafka-config",
          "--if-running",
          "--if-missing",
          "--held-steps",
          "--lead");

  private final Path directory;

  CommandConfigTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void findsAnOptionInItsField(OptionMapping mapping) {
    String argument = mapping.option() + "=" + mapping.text();
    assertEquals(
        mapping.stated(), mapping.field().apply(config(mapping.command(), Map.of(), argument)));
    Map<String, String> variables = Map.of(variable(mapping), mapping.text());
    assertEquals(mapping.stated(), mapping.field().apply(config(mapping.command(), variables)));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void doesWhatIsUsualWhereNothingOrABlankIsStated(String command) {
    List<OptionMapping> mappings = mappings(command);
    Object usual = config(command, Map.of());
    Object again = config(command, Map.of());
    Object blank =
        config(
            command,
            mappings.stream()
                .filter(mapping -> mapping.usual() != null)
                .collect(Collectors.toMap(CommandConfigTest::variable, mapping -> " ")));
    for (OptionMapping mapping : mappings) {
      Object found = mapping.field().apply(usual);
      if (mapping.usual() == null) {
        assertNotEquals(found, mapping.field().apply(again), mapping::toString);
      } else {
        assertEquals(mapping.usual(), found, mapping::toString);
        assertEquals(mapping.usual(), mapping.field().apply(blank), mapping::toString);
      }
    }
  }

  private static String variable(OptionMapping mapping) {
    return "RELIVE_" + mapping.option().substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private static List<OptionMapping> mappings() {
    return OptionMappings.all();
  }

  private static List<OptionMapping> mappings(String command) {
    return mappings().stream().filter(mapping -> mapping.command().equals(command)).toList();
  }

  private static Object config(String command, Map<String, String> variables, String... options) {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(0, Commands.required(command)); // what comes later counts
    return Commands.config(command, variables, arguments.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void triesEveryOption(String command) {
    Set<String> tried =
        mappings(command).stream()
            .map(OptionMapping::option)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> options =
        Commands.find(Commands.commandLine(Map.of()), command).getCommandSpec().options().stream()
            .map(OptionSpec::longestName)
            .filter(option -> !ELSEWHERE.contains(option))
            .collect(Collectors.toCollection(TreeSet::new));
    if (List.of("train", "learn", "replay", "log export").contains(command)) {
      options.remove("--run");
    }
    if (command.equals("learn")) {
      options.removeAll(OptionMappings.SOURCE_OPTIONS); // tried with replay
    }
    if (command.equals("replay")) {
      options.removeAll(List.of("--deterministic", "--source-run")); // refused, and needed
    }

    assertEquals(options, tried);
  }

  private static Stream<String> commands() {
    return Commands.names();
  }

  @Test
  void takesTheOptionWhereAVariableSaysSomethingElse() {
    Map<String, String> variables = Map.of("RELIVE_SEED", "9", "RELIVE_STEPS", "6000");

    NewRun run = newRun(variables, "--seed=1", "--seed=3");

    assertEquals(3, run.seed());
    assertEquals("6000", run.settings().text("schedule.steps"));
  }

  @Test
  void readsTheClientsPropertiesAndNeverPrintsThem() throws IOException {
    Path file =
        Files.writeString(directory.resolve("client.properties"), "sasl.jaas.config = secret\n");

    LogPlace place =
        ((ToolConfig) Commands.config("runs ls", Map.of(), "--kafka-config=" + file)).log();

    assertEquals(Map.of("sasl.jaas.config", "secret"), place.clientProperties());
    String printed = CommandRun.of("learn", "--print-config", "--kafka-config=" + file).out();
    assertTrue(printed.matches("(?s).*kafka-config sasl.jaas.config +\\(hidden\\) +.*"), printed);
    assertTrue(!printed.contains("secret") && !place.toString().contains("secret"), printed);
  }

  @Test
  void givesEachAlgorithmItsOwnSettings() {
    NewRun run = newRun(Map.of(), "--algorithm=actor-critic", "--lead=2");

    assertEquals(Algorithm.ACTOR_CRITIC, run.algorithm());
    assertEquals(
        Algorithm.ACTOR_CRITIC.defaults().with(Settings.of(Map.of("actor-critic.lead", "2"))),
        run.settings());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          replay                                        | relive replay needs --source-run, the run to learn from; `relive runs ls` lists them.
          learn --from=9                                | --from is 9, and must be left out without --source-run.
          replay --run=a --to=9                         | --to is 9, and must be left out with --run: it was decided when the run began.
          replay --source-run=a --deterministic         | --deterministic is true, and must be left out with --source-run: what is learned from another's experience is the same whenever it is.
          replay --source-run=a --from=yesterday        | --from is yesterday, and must be a segment's number or a time such as 2026-11-20T19:34:48Z, in UTC unless it says otherwise.
          replay --source-run=a --policy-version=9..3   | --policy-version is 9..3, and must be a version, or two with .. between, of which one may be left out.
          replay --source-run=a --held-steps=9          | --held-steps is 9, and must be left out without --min-return.
          replay --source-run=a --from-snapshot=0       | --from-snapshot is 0, and must be at least 1.
          """)
  void refusesWhatSaysNothingOfAnothersExperience(String line, String sentence) {
    List<String> words = List.of(line.split(" ", -1));
    RuntimeException refusal =
        assertThrows(
            RuntimeException.class,
            () ->
                Commands.config(
                    words.get(0), Map.of(), words.subList(1, words.size()).toArray(String[]::new)));
    assertEquals(sentence, refusal.getMessage());
  }

  @Test
  void statesOfARunToGoOnWithWhatTheUserStates() {
    Resume nothing = resume("--run=first");
    assertEquals(new Resume("first", Stated.NOTHING, IfRunning.REFUSE, ExperienceOf.OWN), nothing);

    Resume much =
        resume(
            "--run=first",
            "--if-running=take-over",
            "--seed=7",
            "--steps=9",
            "--set=return.discount=0.9",
            "--environment=CartPole-v0",
            "--algorithm=double-dqn");
    assertEquals(IfRunning.TAKE_OVER, much.ifRunning());
    Stated stated = much.stated();
    assertEquals(7L, stated.seed());
    assertEquals(
        Settings.of(Map.of("schedule.steps", "9", "return.discount", "0.9")), stated.settings());
    assertEquals("CartPole-v0", requireNonNull(stated.environment()).getId());
    assertEquals(Algorithm.DOUBLE_DQN, stated.algorithm());
  }

  @Test
  void statesARunThatMayHaveToBeBegunAsBoth() {
    ResumeOrBegin either =
        assertInstanceOf(
            ResumeOrBegin.class,
            start("learn --run=first --if-missing=begin --seed=7 --steps=9 --retention=30d"));

    assertEquals("first", either.resume().idOrLabel());
    assertEquals(7L, either.resume().stated().seed());
    assertEquals(Settings.of(Map.of("schedule.steps", "9")), either.resume().stated().settings());
    assertEquals(ExperienceOf.OWN, either.resume().experience());
    NewRun begun = assertInstanceOf(NewRun.class, either.begun());
    assertEquals("first", begun.label());
    assertEquals(7, begun.seed());
    assertEquals("9", begun.settings().asMap().get("schedule.steps"));
    assertEquals(Duration.ofDays(30), begun.retention());
  }

  @Test
  void statesAReplayThatMayHaveToBeBegunAsBoth() {
    ResumeOrBegin either =
        assertInstanceOf(
            ResumeOrBegin.class, start("replay --run=again --if-missing=begin --source-run=first"));

    assertEquals(ExperienceOf.ANOTHER, either.resume().experience());
    NewReader begun = assertInstanceOf(NewReader.class, either.begun());
    assertEquals("again", begun.label());
    assertEquals("first", begun.source());
    assertThrows(RuntimeException.class, () -> start("replay --run=again --if-missing=begin"));
  }

  private static LearnerStart start(String line) {
    List<String> words = List.of(line.split(" ", -1));
    Object config =
        Commands.config(
            words.get(0), Map.of(), words.subList(1, words.size()).toArray(String[]::new));
    return assertInstanceOf(LearningConfig.class, config).start();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --set learning-rate=1        | There is no setting learning-rate; did you mean double-dqn.learning-rate?
          --set replay.capacty=5000    | There is no setting replay.capacty; did you mean replay.capacity?
          --set xyzzy=1                | There is no setting xyzzy.
          --set flow.lanes=3           | The setting flow.lanes is stated by --lanes, not by --set.
          --set return.discount=2      | The setting return.discount is 2, and must be a number from 0.0 to 1.0.
          --set actor-critic.lambda=1  | The setting actor-critic.lambda is one of actor-critic alone.
          --lead 2                     | --lead is 2, but the algorithm double-dqn has no such setting.
          --max-lead 9 --deterministic | --max-lead is 9, and must be a multiple of the 8 lanes in a deterministic run.
          --environment-option a=1     | CartPole-v1 has no option 'a'; there are: sutton_barto_reward, max_episode_steps, sticky_actions, action_repeat.
          --algorithm ppo              | --algorithm is ppo, and must be double-dqn or actor-critic.
          --topic-prefix a*b           | The topic prefix 'a*b' must be 1 to 100 letters, digits, '.', '_' or '-'.
          --seed -1                    | --seed is -1, and must be at least 0.
          --run a --label b            | --label is b, and must be left out with --run: it was decided when the run began.
          --retention 3x               | --retention is 3x, and must be for-ever, or a whole number of days, hours or minutes such as 30d.
          --run a --retention 3d       | --retention is 3d, and must be left out with --run: it was decided when the run began.
          --if-missing begin           | --if-missing is begin, and must be left out without --run, which names what may be missing.
          --free-disk-floor 1          | --free-disk-floor is 1, and must be a whole number of MB, GB or TB such as 500MB.
          --free-disk-floor 100MB      | --free-disk-floor is 100MB, and must be at least 135MB, which Kafka itself and the ends of runs need.
          --kafka-config /nowhere      | --kafka-config is /nowhere, and must be a file of properties that can be read.
          --result /nowhere/file       | --result is /nowhere/file, and must be a file in a directory that can be written to.
          """)
  void saysWhatIsNotAllowed(String arguments, String sentence) {
    CommandRun run = CommandRun.of(("train " + arguments).split(" "));

    assertEquals(new CommandRun(ExitCode.USAGE, "", sentence + "\n"), run);
  }

  @Test
  void saysWhichEnvironmentsThereAre() {
    CommandRun run = CommandRun.of("train", "--environment=Pong");

    assertEquals(ExitCode.USAGE, run.exitCode());
    assertTrue(run.err().startsWith("There is no environment 'Pong'; there are: "), run.err());
    assertTrue(run.err().contains("CartPole-v0, CartPole-v1, "), run.err());
  }

  @Test
  void refusesClientPropertiesThatRelivePromises() throws IOException {
    Path properties = Files.writeString(directory.resolve("client.properties"), "acks = 0\n");

    Exception failure =
        assertThrows(
            RuntimeException.class,
            () -> Commands.config("learn", Map.of(), "--kafka-config=" + properties));

    assertEquals(
        "The Kafka client properties set acks, which Relive decides itself.", failure.getMessage());
  }

  private static NewRun newRun(Map<String, String> variables, String... options) {
    LearnConfig config =
        assertInstanceOf(LearnConfig.class, Commands.config("learn", variables, options));
    return assertInstanceOf(NewRun.class, config.start());
  }

  private static Resume resume(String... options) {
    TrainConfig config =
        assertInstanceOf(TrainConfig.class, Commands.config("train", Map.of(), options));
    return assertInstanceOf(Resume.class, config.start());
  }
}

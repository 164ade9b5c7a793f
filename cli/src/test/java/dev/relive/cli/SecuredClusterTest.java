package dev.relive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.log.LogAdmin;
import dev.relive.log.LogConnection;
import dev.relive.log.RunReports;
import dev.relive.log.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on a Kafka that speaks TLS, asks who they are, and allows little. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class SecuredClusterTest {

  private static final String PASSWORD = "of-every-user";
  private static final String RIGHTS =
      "; the rights that each command needs are in docs/secured-clusters.md.\n";

  private static Path directory;
  private static SecuredBroker broker;

  @BeforeAll
  static void start(@TempDir Path shared) throws Exception {
    directory = shared;
    broker = SecuredBroker.start(directory);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  /**
   * What the page promises: the rights of its table suffice, and none is there without being used.
   */
  @Test
  void learnsWithExactlyTheRightsOfTheTable() throws Exception {
    List<AclBinding> learning = allow("learn", "learner", rule -> true);
    List<AclBinding> producing = allow("produce", "producer", rule -> true);
    List<AclBinding> evaluating = allow("evaluate", "evaluator", rule -> true);
    List<AclBinding> looking = allow("runs", "reader", rule -> true);

    CompletableFuture<CommandRun> learn =
        CompletableFuture.supplyAsync(
            () ->
                run(
                    "learner",
                    "learn",
                    "--label=secured",
                    "--steps=1500",
                    "--seed=7",
                    "--set=double-dqn.learning-rate=1e-9"));
    awaitRun("secured");
    rejectOneRecord();
    refusesProducers();
    assertEnds(ExitCode.SUCCESS, run("producer", "produce", "--run=secured"));
    assertEnds(ExitCode.SUCCESS, learn.join());
    refusesEvaluators();
    assertEnds(ExitCode.UNSOLVED, run("evaluator", "evaluate", "--run=secured", "--episodes=2"));
    // A second one reads what the first has left of the episodes.
    assertEnds(ExitCode.UNSOLVED, run("evaluator", "evaluate", "--run=secured", "--episodes=2"));
    // One whose steps are spent goes on with nothing, but reads its checkpoint to know that.
    assertEnds(ExitCode.FAILURE, run("learner", "learn", "--run=secured"));
    assertEnds(ExitCode.SUCCESS, run("reader", "runs", "show", "secured"));
    assertEnds(ExitCode.SUCCESS, run("reader", "snapshots", "ls", "--run=secured"));

    assertAllUsed(learning, "learner");
    assertAllUsed(producing, "producer");
    // A verdict is written when a run is solved, which this one is not.
    evaluating.removeIf(
        rule ->
            rule.pattern().name().equals("relive.runs")
                && rule.entry().operation() == AclOperation.WRITE);
    assertAllUsed(evaluating, "evaluator");
    assertAllUsed(looking, "reader");
  }

  private static void assertEnds(int exitCode, CommandRun run) {
    assertEquals(exitCode, run.exitCode(), run::toString);
  }

  private static void refusesProducers() throws Exception {
    allow("produce", "mute", rule -> rule.entry().operation() != AclOperation.WRITE);
    String failure = failure(run("mute", "produce", "--run=secured"));
    assertTrue(
        failure.contains("Kafka refuses this user to write, since it may write to no topic at all"),
        failure);

    // May write, but not there.
    broker.allow(
        RightsTable.of("evaluate", "mute").stream()
            .filter(rule -> rule.pattern().name().equals("relive.evaluations"))
            .toList());
    failure = failure(run("mute", "produce", "--run=secured"));
    assertTrue(
        failure.contains(
            "Kafka takes no experience for topic relive.experience.CartPole-v1: either this client"
                + " has no right to write there"),
        failure);
  }

  private static void refusesEvaluators() throws Exception {
    String run = idOf("secured");
    allow("evaluate", "loner", rule -> !isOn(rule, ResourceType.GROUP));
    assertEquals(
        "Reading the snapshots of run %1$s failed: Kafka refuses this user consumer group relive-relive-%1$s/evaluators%2$s"
            .formatted(run, RIGHTS),
        failure(run("loner", "evaluate", "--run=secured", "--episode-stream=false")));

    allow("evaluate", "casual", rule -> !isOn(rule, ResourceType.TRANSACTIONAL_ID));
    assertEquals(
        "Taking over the evaluation of run %1$s with the transactional id relive-relive-%1$s/evaluation failed: Kafka refuses this user that transactional id%2$s"
            .formatted(run, RIGHTS),
        failure(run("casual", "evaluate", "--run=secured", "--episode-stream=false")));

    allow(
        "evaluate",
        "silent",
        rule ->
            !(rule.pattern().name().equals("relive.evaluations")
                && rule.entry().operation() == AclOperation.WRITE));
    assertEquals(
        "Writing evaluations of run %s failed: Kafka refuses this user topic relive.evaluations%s"
            .formatted(run, RIGHTS),
        failure(
            run("silent", "evaluate", "--run=secured", "--episodes=2", "--episode-stream=false")));

    allow(
        "evaluate",
        "blind",
        rule -> !rule.pattern().name().matches("relive.experience.|.*episodes.*"));
    String blind =
        failure(run("blind", "evaluate", "--run=secured", "--episodes=1000000", "--lanes=1"));
    assertTrue(
        blind.matches(
            "Following the episodes of stream CartPole-v1 failed: Kafka refuses this user \\S*.*"
                + RIGHTS),
        blind);
  }

  private static String idOf(String label) {
    return RunReports.choose(new RunReports(LogConnection.to(broker.openServers())).read(), label)
        .run()
        .id();
  }

  private static void assertAllUsed(List<AclBinding> rules, String user) {
    List<WatchedAuthorizer.Decision> decisions = WatchedAuthorizer.decisions(user);
    assertEquals(
        List.of(), decisions.stream().filter(decision -> !decision.allowed()).toList(), user);
    List<AclBinding> unused =
        rules.stream()
            .filter(rule -> decisions.stream().noneMatch(decision -> uses(decision, rule)))
            .toList();
    assertEquals(List.of(), unused, user);
  }

  private static boolean uses(WatchedAuthorizer.Decision decision, AclBinding rule) {
    ResourcePattern pattern = rule.pattern();
    String name = decision.resource().name();
    return decision.operation() == rule.entry().operation()
        && decision.resource().resourceType() == pattern.resourceType()
        && (pattern.patternType() == PatternType.PREFIXED
            ? name.startsWith(pattern.name())
            : name.equals(pattern.name()));
  }

  private static void awaitRun(String label) {
    LogConnection connection = LogConnection.to(broker.openServers());
    while (new RunReports(connection)
        .read().stream().noneMatch(report -> report.run().label().equals(label))) {
      Thread.onSpinWait();
    }
  }

  private static void rejectOneRecord() {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.openServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      String topic = new TopicCatalogue("relive").experience("CartPole-v1").name();
      var unused = producer.send(new ProducerRecord<>(topic, "no segment".getBytes(UTF_8)));
    }
  }

  @Test
  void saysWhichRightIsMissing() throws Exception {
    broker.allow(
        RightsTable.of("learn", "hasty").stream()
            .filter(rule -> rule.entry().operation().name().startsWith("DESCRIBE"))
            .map(rule -> new AclBinding(prefixed("new."), rule.entry()))
            .toList());
    String hasty = failure(run("hasty", "learn", "--topic-prefix=new"));
    assertTrue(
        hasty.matches(
            "Creating topic new\\.\\S+ failed: Kafka refuses this user that topic" + RIGHTS),
        hasty);

    createTopics();
    allow("learn", "anonymous", rule -> !isOn(rule, ResourceType.TRANSACTIONAL_ID));
    String learn = failure(run("anonymous", "learn"));
    assertTrue(
        learn.matches(
            "Taking over the publishing of run (\\S+) with the transactional id relive-relive-\\1"
                + " failed: Kafka refuses this user that transactional id"
                + RIGHTS),
        learn);
    allow("learn", "tacit", rule -> !rule.pattern().name().equals("relive.policies"));
    String tacit = failure(run("tacit", "learn"));
    assertTrue(
        tacit.matches(
            "Publishing run \\S+ failed: Kafka refuses this user topic relive\\.policies" + RIGHTS),
        tacit);
    CommandRun runs = run("stranger", "runs", "ls");
    assertEquals(
        "Reading the runs failed: Kafka refuses this user topic relive.runs" + RIGHTS,
        failure(runs));
  }

  private static ResourcePattern prefixed(String name) {
    return new ResourcePattern(ResourceType.TOPIC, name, PatternType.PREFIXED);
  }

  private static void createTopics() {
    LogConnection connection = LogConnection.to(broker.openServers());
    try (LogAdmin admin = LogAdmin.open(connection)) {
      admin.ensure(connection.topics().shared());
      admin.ensure(
          List.of(
              connection.topics().experience("CartPole-v1"),
              connection.topics().rejected("CartPole-v1")));
    }
  }

  private static boolean isOn(AclBinding rule, ResourceType type) {
    return rule.pattern().resourceType() == type;
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "learn", "produce", "evaluate", "runs ls", "snapshots ls"})
  void saysThatThePasswordIsWrong(String command) throws Exception {
    Path config = broker.clientConfig("stranger", "a-wrong-guess");

    assertEquals(
        "Connecting to %s failed: Kafka does not accept who this client says it is: Authentication failed during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-512.\n"
            .formatted(broker.bootstrapServers()),
        failure(with(config, command.split(" ", -1))));
  }

  @Test
  void saysThatItDoesNotTrustTheCertificate() throws Exception {
    Path config = edited("untrusting", "(?m)^ssl.truststore.*\n", "");

    assertEquals(
        "Connecting to %s failed: the Kafka's TLS certificate is signed by nobody whom this client trusts, and whom it trusts is what ssl.truststore.location states.\n"
            .formatted(broker.bootstrapServers()),
        failure(with(config, "produce")));
  }

  @Test
  void saysWhatIsLikelyWhereTheOtherSideHangsUp() throws Exception {
    Path config = edited("plain", "SASL_SSL", "SASL_PLAINTEXT");

    assertEquals(
        "No Kafka broker answers at %s within 1 seconds, though somebody listens there: most likely it wants another security.protocol than SASL_PLAINTEXT, which is among the Kafka client properties.\n"
            .formatted(broker.bootstrapServers()),
        failure(with(config, "learn", "--broker-timeout=1")));
  }

  private static Path edited(String user, String pattern, String replacement) throws IOException {
    Path config = broker.clientConfig(user, PASSWORD);
    return Files.writeString(
        config, Files.readString(config).replaceAll(pattern, replacement), UTF_8);
  }

  /** Makes a user with those of a command's rights that are wanted. */
  private static List<AclBinding> allow(String command, String user, Predicate<AclBinding> wanted)
      throws Exception {
    broker.addUser(user, PASSWORD);
    List<AclBinding> rules = new ArrayList<>(RightsTable.of(command, user));
    assertTrue(rules.size() > 2, rules::toString);
    rules.removeIf(wanted.negate());
    broker.allow(rules);
    return rules;
  }

  private static CommandRun run(String user, String... command) {
    try {
      broker.addUser(user, PASSWORD);
      return with(broker.clientConfig(user, PASSWORD), command);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static CommandRun with(Path config, String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.add("--bootstrap-servers=" + broker.bootstrapServers());
    arguments.add("--kafka-config=" + config);
    arguments.add("--data-directory=" + directory.resolve("data"));
    arguments.add("--quiet");
    if (List.of("train", "learn", "produce", "evaluate").contains(command[0])) {
      arguments.add("--http-port=0");
    }
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  /** What a command that fails says, one line of it. */
  private static String failure(CommandRun run) {
    assertEquals(ExitCode.FAILURE, run.exitCode(), run::toString);
    assertEquals(1, run.err().lines().count(), run::err);
    return run.err();
  }
}

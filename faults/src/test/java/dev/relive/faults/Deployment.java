package dev.relive.faults;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.relive.cli.Main;
import dev.relive.log.wire.Progress;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A run on a Kafka: its learner, its producers and its evaluator, each a process of its own, and
 * who watches them.
 */
final class Deployment implements AutoCloseable {
  private static final String RUN = "faults";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long LOOK_AGAIN = Duration.ofMillis(10).toNanos();

  private final Path directory;
  private final String bootstrapServers;
  private final Acknowledgements acknowledgements;
  private final LogWatch watch;
  private final Map<String, Integer> ports = new ConcurrentHashMap<>();
  private final Map<String, JavaProcess> producers = new ConcurrentHashMap<>();

  /** Those that are to be alive. */
  private final Set<JavaProcess> working = ConcurrentHashMap.newKeySet();

  private volatile @Nullable JavaProcess learner;
  private volatile @Nullable JavaProcess evaluator;
  private int evaluators;

  /**
   * @param directory gets what the processes say
   */
  Deployment(Path directory, String bootstrapServers) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.bootstrapServers = bootstrapServers;
    acknowledgements = new Acknowledgements(directory.resolve("acknowledged.txt"));
    watch = new LogWatch(bootstrapServers);
  }

  /** A port that nobody listens on. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  Acknowledgements acknowledgements() {
    return acknowledgements;
  }

  LogWatch watch() {
    return watch;
  }

  JavaProcess learner() {
    return started(learner);
  }

  JavaProcess evaluator() {
    return started(evaluator);
  }

  JavaProcess producer(String name) {
    return started(producers.get(name));
  }

  List<JavaProcess> producers() {
    return List.copyOf(producers.values());
  }

  private static JavaProcess started(@Nullable JavaProcess process) {
    if (process == null) {
      throw new IllegalStateException("It was not started.");
    }
    return process;
  }

  /** Starts the learner of a new run that is never solved: its steps of learning are too small. */
  JavaProcess beginRun(List<String> options) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("--label", RUN, "--seed", "7", "--steps", "1000000000", "--set"));
    all.add("double-dqn.learning-rate=1e-8");
    all.addAll(options);
    return startLearner(Memory.LEARNER, all);
  }

  /** Starts a learner that goes on with the run, whoever is at it. */
  JavaProcess takeOver() throws IOException {
    return takeOver(Memory.LEARNER);
  }

  JavaProcess takeOver(Memory memory) throws IOException {
    return startLearner(memory, List.of("--run", RUN, "--if-running", "take-over"));
  }

  private JavaProcess startLearner(Memory memory, List<String> options) throws IOException {
    // The one that is replaced may still have the port of its metrics.
    ports.put("learner", freePort());
    JavaProcess started = command("learner", memory, "learn", options);
    learner = started;
    return started;
  }

  JavaProcess startProducer(String name) throws IOException {
    JavaProcess started =
        work(
            JavaProcess.startTelling(
                name,
                Memory.PRODUCER,
                output(name),
                TellingProducer.class,
                List.of(bootstrapServers, RUN, name, Integer.toString(port(name)))));
    acknowledgements.listenTo(started);
    producers.put(name, started);
    return started;
  }

  JavaProcess startEvaluator() throws IOException {
    String name = "evaluator-" + ++evaluators;
    JavaProcess started =
        command(name, Memory.EVALUATOR, "evaluate", List.of("--run", RUN, "--name", name));
    evaluator = started;
    return started;
  }

  private JavaProcess command(String name, Memory memory, String command, List<String> options)
      throws IOException {
    List<String> words = new ArrayList<>(List.of(command, "--quiet"));
    words.addAll(List.of("--bootstrap-servers", bootstrapServers));
    words.addAll(List.of("--data-directory", directory.toString()));
    words.addAll(List.of("--broker-timeout", "120"));
    words.addAll(List.of("--http-port", Integer.toString(port(name))));
    words.addAll(options);
    return work(JavaProcess.start(name, memory, output(name), Main.class, words));
  }

  private Path output(String name) {
    return directory.resolve(name + ".out");
  }

  private int port(String name) throws IOException {
    Integer known = ports.get(name);
    if (known == null) {
      known = freePort();
      ports.put(name, known);
    }
    return known;
  }

  /** From now on a process must be alive. */
  JavaProcess work(JavaProcess process) {
    working.add(process);
    return process;
  }

  /** From now on it need not be. */
  void leave(JavaProcess process) {
    working.remove(process);
  }

  /** Ends a process as a crash does. */
  void kill(JavaProcess process) throws InterruptedException {
    leave(process);
    process.kill();
    acknowledgements.hearOut(process);
  }

  Progress progress() {
    return watch.publications(PublicationAccount::newest);
  }

  /** Waits until something holds, while every process works. */
  void await(String what, Callable<Boolean> condition) throws Exception {
    await(what, PATIENCE, condition);
  }

  /** Waits so long at most. */
  void await(String what, Duration limit, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.call()) {
      requireWorking();
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            "%s: not within %s; Progress is %s; broken: %s"
                .formatted(what, limit, progress(), watch.violations()));
      }
      LockSupport.parkNanos(LOOK_AGAIN);
    }
  }

  private void requireWorking() throws IOException {
    for (JavaProcess process : working) {
      if (!process.isAlive()) {
        throw new AssertionError(process.ending());
      }
    }
  }

  /** Waits until the newest learner, of a generation after this one, has made an update. */
  void awaitUpdateAfter(long generation) throws Exception {
    await(
        "an update after generation " + generation,
        () ->
            watch.publications(
                account ->
                    account.newest().getGeneration() > generation
                        && account.updatesOfGeneration() > 0));
  }

  /** Waits until every producer, the learner and the evaluator have done something. */
  void awaitWork() throws Exception {
    awaitUpdateAfter(0);
    for (JavaProcess producer : producers()) {
      await("work of " + producer.name(), () -> acknowledgements.saidBy(producer) > 0);
    }
    if (evaluator != null) {
      await("an evaluation", () -> watch.publications(PublicationAccount::evaluations) > 0);
    }
  }

  /** What the learner says of itself now. */
  MetricsPage learnerMetrics() throws IOException, InterruptedException {
    return MetricsPage.at(port("learner"));
  }

  /** What a producer says of itself now. */
  MetricsPage metrics(JavaProcess producer) throws IOException, InterruptedException {
    return MetricsPage.at(port(producer.name()));
  }

  /** What {@code relive log verify} says of the log, with all that was acknowledged so far. */
  void verify() throws Exception {
    Path output = output("verify");
    List<String> words = new ArrayList<>(List.of("log", "verify", "--quiet"));
    words.addAll(List.of("--bootstrap-servers", bootstrapServers));
    words.addAll(List.of("--data-directory", directory.toString()));
    words.addAll(List.of("--acknowledged", acknowledgements.copy().toString()));
    JavaProcess verify = JavaProcess.start("verify", Memory.VERIFY, output, Main.class, words);
    assertEquals(0, verify.awaitEnd(PATIENCE), () -> "relive log verify says what is in " + output);
  }

  /** Fails where any promise was broken so far. */
  void requireNothingBroken() {
    assertEquals(List.of(), watch.violations(), this::surroundings);
  }

  private String surroundings() {
    return watch.brokenAt().entrySet().stream()
        .map(at -> Surroundings.of(bootstrapServers, at.getKey(), at.getValue()))
        .collect(joining(System.lineSeparator()));
  }

  @Override
  public void close() throws IOException {
    List<JavaProcess> all = List.copyOf(working);
    working.clear();
    for (JavaProcess process : all) {
      process.close();
    }
    watch.close();
    acknowledgements.close();
  }

  /** Lets work go on for a while, and fails when anyone ends. */
  void workFor(Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      requireWorking();
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}

package dev.relive.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.cli.Main;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One run on one broker, and everything that can befall it; all tests go on with the same run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledOnOs(value = OS.LINUX, disabledReason = "Signals, and memory by /proc.")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
@ExtendWith(FaultTable.OfBuild.class)
final class OneBrokerTest {
  private static final int MAX_LEAD = 512;
  private static final List<String> PRODUCERS = List.of("left", "right");

  private final FaultTable table;
  private final Moments moments = Moments.of("OneBrokerTest");
  private final List<String> brokerOptions = new ArrayList<>();
  private Path directory = Path.of("");
  private Deployment run;
  private JavaProcess broker;
  private Audit before = Audit.NOTHING;

  OneBrokerTest(FaultTable table) {
    this.table = table;
  }

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    int port = Deployment.freePort();
    brokerOptions.addAll(List.of("broker", "--port", Integer.toString(port), "--data-directory"));
    brokerOptions.add(directory.resolve("log").toString());
    run = new Deployment(directory.resolve("run"), "127.0.0.1:" + port);
    startBroker();
    run.beginRun(
        List.of(
            "--max-lead",
            Integer.toString(MAX_LEAD),
            "--set",
            "schedule.checkpoint-every=500",
            "--set",
            "schedule.snapshot-every=200"));
    for (String producer : PRODUCERS) {
      run.startProducer(producer);
    }
    run.startEvaluator();
    run.awaitWork();
  }

  @AfterAll
  void stop() throws Exception {
    try {
      run.verify();
    } finally {
      run.close();
      broker.close();
    }
  }

  private void startBroker() throws IOException {
    broker =
        run.work(
            JavaProcess.start(
                "broker",
                Memory.BROKER,
                directory.resolve("broker.out"),
                Main.class,
                brokerOptions));
  }

  @Test
  void servicesAreKilledAtTheSameTime() throws Exception {
    List<Callable<Recoveries>> murders =
        List.of(
            killing(Extent.of(2, 20), this::replaceLearner),
            killing(Extent.of(2, 20), this::replaceProducer),
            killing(Extent.of(1, 20), this::replaceEvaluator));
    List<Recoveries> recoveries = atTheSameTime(murders);
    Audit found = found();
    table.add("kill -9 of the learner", recoveries.get(0), found);
    table.add("kill -9 of a producer", recoveries.get(1), found);
    table.add("kill -9 of the evaluator", recoveries.get(2), found);
    run.requireNothingBroken();
  }

  /** Kills and replaces one part again and again. */
  private Callable<Recoveries> killing(int times, Replacement part) {
    Moments own = moments.split();
    return () -> {
      Recoveries recoveries = new Recoveries();
      for (int time = 0; time < times; time++) {
        own.pass(300, 2_500);
        part.replace(own, recoveries);
      }
      return recoveries;
    };
  }

  /** Kills a part, starts another in its place, and waits until that one works. */
  private interface Replacement {
    void replace(Moments own, Recoveries recoveries) throws Exception;
  }

  private static List<Recoveries> atTheSameTime(List<Callable<Recoveries>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<Recoveries> results = new ArrayList<>();
      for (Future<Recoveries> result : threads.invokeAll(tasks)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private void replaceLearner(Moments own, Recoveries recoveries) throws Exception {
    long generation = run.progress().getGeneration();
    run.kill(run.learner());
    own.pass(0, 300);
    JavaProcess next = run.takeOver();
    run.awaitUpdateAfter(generation);
    recoveries.add(next.startedNanos(), System.nanoTime());
  }

  private void replaceProducer(Moments own, Recoveries recoveries) throws Exception {
    String name = PRODUCERS.get(own.coin() ? 0 : 1);
    run.kill(run.producer(name));
    own.pass(0, 300);
    JavaProcess next = run.startProducer(name);
    run.await("work of " + name, () -> run.acknowledgements().firstSaidNanos(next) != 0);
    recoveries.add(next.startedNanos(), run.acknowledgements().firstSaidNanos(next));
  }

  private void replaceEvaluator(Moments own, Recoveries recoveries) throws Exception {
    run.kill(run.evaluator());
    own.pass(0, 300);
    JavaProcess next = run.startEvaluator();
    run.await(
        "an evaluation by " + next.name(),
        () -> run.watch().publications(PublicationAccount::lastEvaluator).equals(next.name()));
    recoveries.add(next.startedNanos(), System.nanoTime());
  }

  @Test
  void theBrokerIsKilled() throws Exception {
    Recoveries recoveries = new Recoveries();
    for (int time = 0; time < Extent.of(1, 20); time++) {
      moments.pass(300, 2_500);
      run.kill(broker);
      moments.pass(300, 600);
      recover(recoveries);
    }
    table.add("kill -9 of the broker", recoveries, found());
    run.requireNothingBroken();
  }

  @Test
  void theBrokerIsRestarted() throws Exception {
    Recoveries recoveries = new Recoveries();
    for (int time = 0; time < Extent.of(1, 20); time++) {
      moments.pass(300, 2_500);
      run.leave(broker);
      broker.terminate();
      broker.awaitEnd(Duration.ofSeconds(30));
      moments.pass(500, 3_000);
      recover(recoveries);
    }
    table.add("the broker stops and comes back", recoveries, found());
    run.requireNothingBroken();
  }

  /** Starts the broker again and waits until every service works as before. */
  private void recover(Recoveries recoveries) throws Exception {
    long updates = run.progress().getUpdates();
    List<JavaProcess> producers = run.producers();
    List<Long> said = producers.stream().map(run.acknowledgements()::saidBy).toList();
    startBroker();
    for (int i = 0; i < producers.size(); i++) {
      JavaProcess producer = producers.get(i);
      long saidBefore = said.get(i);
      run.await(
          "work of " + producer.name(), () -> run.acknowledgements().saidBy(producer) > saidBefore);
    }
    run.await("an update", () -> run.progress().getUpdates() > updates);
    recoveries.add(broker.startedNanos(), System.nanoTime());
    long evaluations = run.watch().publications(PublicationAccount::evaluations);
    run.await(
        "an evaluation",
        () -> run.watch().publications(PublicationAccount::evaluations) > evaluations);
  }

  @Test
  void aLearnerThatWasReplacedPublishesNothingAndSaysSo() throws Exception {
    Recoveries recoveries = new Recoveries();
    for (int time = 0; time < Extent.of(1, 20); time++) {
      moments.pass(300, 2_500);
      long generation = run.progress().getGeneration();
      JavaProcess zombie = run.learner();
      zombie.pause();
      JavaProcess next = run.takeOver();
      run.awaitUpdateAfter(generation);
      recoveries.add(next.startedNanos(), System.nanoTime());
      run.leave(zombie);
      zombie.resume();
      assertEquals(1, zombie.awaitEnd(Duration.ofMinutes(1)), zombie::name);
      assertTrue(
          zombie.lastSentence().contains("Another learner has taken over run"),
          zombie.lastSentence());
    }
    table.add("the learner hangs and is replaced", recoveries, found());
    run.requireNothingBroken();
  }

  @Test
  void aLearnerTwentyTimesSlowerSlowsTheProducers() throws Exception {
    holdBack(
        "the learner is 20 times slower",
        Extent.of(1, 3),
        Duration.ofMillis(25),
        Duration.ofMillis(475));
  }

  @Test
  void aLearnerThatHangsStopsTheProducers() throws Exception {
    holdBack("the learner hangs and goes on", 1, Duration.ZERO, Duration.ofMillis(500));
  }

  private void holdBack(String fault, int times, Duration work, Duration rest) throws Exception {
    found(); // What a learner before left to be ingested again is ingested.
    HeldBackLearner heldBack = new HeldBackLearner(run, (long) MAX_LEAD * PRODUCERS.size());
    Recoveries recoveries = new Recoveries();
    for (int time = 0; time < times; time++) {
      heldBack.hold(work, rest, Duration.ofSeconds(Extent.of(4, 60)), recoveries);
    }
    table.add(fault, recoveries, found());
    requireBound("broker", broker, Memory.BROKER);
    requireBound("learner", run.learner(), Memory.LEARNER);
    for (JavaProcess producer : run.producers()) {
      requireBound("producer", producer, Memory.PRODUCER);
    }
    requireBound("evaluator", run.evaluator(), Memory.EVALUATOR);
    run.requireNothingBroken();
  }

  private void requireBound(String name, JavaProcess process, Memory memory) throws IOException {
    double peak = process.peakMegabytes();
    table.addMemory(name, peak, memory.bound());
    assertTrue(peak <= memory.bound(), () -> "The %s had %f MB.".formatted(name, peak));
  }

  /** What has come since the last look. */
  private Audit found() throws Exception {
    Audit now = Audit.of(run);
    Audit since = now.since(before);
    before = now;
    return since;
  }
}

package dev.relive.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A run on three brokers, of which the one that leads the experience goes again and again. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "Signals, and memory by /proc.")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
@ExtendWith(FaultTable.OfBuild.class)
final class ThreeBrokersTest {
  private static final String EXPERIENCE = "relive.experience.CartPole-v1";

  private final FaultTable table;
  private final Moments moments = Moments.of("ThreeBrokersTest");

  ThreeBrokersTest(FaultTable table) {
    this.table = table;
  }

  @Test
  void theLeaderOfTheExperienceStopsAndComesBack(@TempDir Path directory) throws Exception {
    try (Cluster cluster = new Cluster(directory);
        Deployment run = new Deployment(directory.resolve("run"), cluster.bootstrapServers())) {
      cluster.nodes().forEach(run::work);
      run.beginRun(
          List.of(
              "--set", "schedule.checkpoint-every=500", "--set", "schedule.snapshot-every=200"));
      run.startProducer("left");
      run.startProducer("right");
      run.startEvaluator();
      run.awaitWork();
      Audit before = Audit.of(run);
      Recoveries kills = new Recoveries();
      Recoveries stops = new Recoveries();
      for (int time = 0; time < Extent.of(1, 20); time++) {
        run.await("three copies of everything", cluster::isWhole);
        moments.pass(300, 2_500);
        boolean kill = time % 2 == 0;
        lose(cluster, run, kill, kill ? kills : stops);
      }
      Audit found = Audit.of(run).since(before);
      table.add("of 3 brokers, kill -9 of the leader", kills, found);
      if (stops.times() > 0) {
        table.add("of 3 brokers, the leader stops", stops, found);
      }
      run.verify();
      run.requireNothingBroken();
    }
  }

  /** Takes the leader away, waits until everyone works without it, and brings it back. */
  private void lose(Cluster cluster, Deployment run, boolean kill, Recoveries recoveries)
      throws Exception {
    int leader = cluster.leader(EXPERIENCE);
    JavaProcess node = cluster.node(leader);
    run.leave(node);
    long began = System.nanoTime();
    if (kill) {
      node.kill();
    } else {
      node.terminate();
      node.awaitEnd(Duration.ofMinutes(1));
    }
    awaitWork(run);
    recoveries.add(began, System.nanoTime());
    run.work(cluster.restart(leader));
  }

  /** Waits for segments and an update that were not there a moment ago. */
  private static void awaitWork(Deployment run) throws Exception {
    // What was in flight when the leader went is heard of meanwhile.
    run.workFor(Duration.ofMillis(200));
    long updates = run.progress().getUpdates();
    List<JavaProcess> producers = run.producers();
    List<Long> said = producers.stream().map(run.acknowledgements()::saidBy).toList();
    for (int i = 0; i < producers.size(); i++) {
      JavaProcess producer = producers.get(i);
      long saidBefore = said.get(i);
      run.await(
          "work of " + producer.name(), () -> run.acknowledgements().saidBy(producer) > saidBefore);
    }
    run.await("an update", () -> run.progress().getUpdates() > updates);
  }
}

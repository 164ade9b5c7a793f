package dev.relive.agents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.random.Generator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QPolicyTest {
  private static final Compute COMPUTE = Compute.open(DeviceChoice.CPU);

  @AfterAll
  static void close() {
    COMPUTE.close();
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void valuesAgreeWithThePlainTwin(Activation activation) {
    NetworkSpec network = new NetworkSpec(4, List.of(32, 16), 3, Heads.ACTION_VALUES, activation);
    Generator random = Generator.seeded(5);
    float[] weights = network.initialParameters(random);
    float[] observations = PlainBatch.random(8, 4, 3, random).observations();
    PlainNetwork twin = new PlainNetwork(network);
    try (QPolicy policy = new QPolicy(COMPUTE, network, 8)) {
      policy.load(weights);
      int[] actions = new int[8];
      policy.actGreedily(observations, actions);
      for (int lane = 0; lane < 8; lane++) {
        float[] expected =
            PlainNetwork.floats(
                twin.outputs(
                    PlainNetwork.doubles(weights), PlainNetwork.row(observations, lane, 4)));
        float[] values = new float[3];
        policy.values().get(lane * 3, values);
        assertArrayEquals(expected, values, 1e-5f);
        for (float value : values) {
          assertEquals(true, value <= values[actions[lane]]);
        }
      }
    }
  }

  @Test
  void actsByTheNewestWeights() {
    NetworkSpec network = new NetworkSpec(2, List.of(), 2, Heads.ACTION_VALUES, Activation.RELU);
    try (QPolicy policy = new QPolicy(COMPUTE, network, 1)) {
      int[] actions = new int[1];
      float[] probabilities = new float[1];
      policy.load(new float[] {0, 0, 0, 0, 1, 2});
      policy.act(new float[] {1, 1}, 0, Generator.seeded(1), actions, probabilities);
      assertEquals(1, actions[0]);
      policy.load(new float[] {5, 0, 0, 0, 1, 2});
      policy.act(new float[] {1, 1}, 0, Generator.seeded(1), actions, probabilities);
      assertEquals(0, actions[0]);
      assertEquals(1, probabilities[0]);
    }
  }

  @Test
  void sameSeedSameChoices() {
    NetworkSpec network = new NetworkSpec(4, List.of(8), 2, Heads.ACTION_VALUES, Activation.RELU);
    float[] weights = network.initialParameters(Generator.seeded(1));
    float[] observations = PlainBatch.random(16, 4, 2, Generator.seeded(2)).observations();
    int[][] actions = new int[2][16];
    for (int[] choices : actions) {
      try (QPolicy policy = new QPolicy(COMPUTE, network, 16)) {
        policy.load(weights);
        policy.act(observations, 0.5, Generator.seeded(3), choices, new float[16]);
      }
    }
    assertArrayEquals(actions[0], actions[1]);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void noThreadThatActsBringsThreadsOfPyTorchWithIt() throws Exception {
    int callers = 16;
    CyclicBarrier meeting = new CyclicBarrier(callers + 1);
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    NetworkSpec network =
        new NetworkSpec(4, List.of(128, 128), 2, Heads.ACTION_VALUES, Activation.RELU);
    try (Compute compute = Compute.open(DeviceChoice.CPU)) {
      List<Future<Void>> acting = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        acting.add(threads.submit(() -> actBetweenMeetings(compute, network, meeting)));
      }
      meeting.await();
      long before = nativeThreads();
      meeting.await();
      meeting.await();
      long after = nativeThreads();
      meeting.await();
      for (Future<Void> actor : acting) {
        actor.get();
      }
      // The virtual machine may have added some of its own meanwhile.
      assertTrue(after < before + callers / 2, () -> before + " threads became " + after);
    } finally {
      threads.shutdown();
    }
  }

  private static Void actBetweenMeetings(
      Compute compute, NetworkSpec network, CyclicBarrier meeting) throws Exception {
    try (QPolicy policy = new QPolicy(compute, network, 8)) {
      meeting.await();
      meeting.await();
      policy.actGreedily(new float[32], new int[8]);
      meeting.await();
      meeting.await();
    }
    return null;
  }

  private static long nativeThreads() throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      return tasks.count();
    }
  }

  @Test
  void refusesAnotherNumberOfLanesOrWeights() {
    NetworkSpec network = new NetworkSpec(4, List.of(8), 2, Heads.ACTION_VALUES, Activation.RELU);
    try (QPolicy policy = new QPolicy(COMPUTE, network, 2)) {
      Exception lanes =
          assertThrows(
              IllegalArgumentException.class, () -> policy.actGreedily(new float[4], new int[2]));
      assertEquals("Observations of 2 lanes are 8 numbers, not 4.", lanes.getMessage());
      assertThrows(IllegalArgumentException.class, () -> policy.load(new float[3]));
    }
  }
}

package dev.relive.gymnasium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.environments.Environment;
import dev.relive.environments.EnvironmentFailure;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Environments;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code faulty.py} does wrong when it is told to. */
final class FaultsTest {
  private static final int NOTHING = 0;
  private static final int RAISE = 1;
  private static final int EXIT = 2;
  private static final int KILL = 3;
  private static final int HANG = 4;
  private static final int END = 9;
  private static final int PRINT = 10;
  private static final int FAIL_NEXT_RESET = 11;

  private final String interpreter = TestPython.use().interpreter();
  private final EnvironmentSpec spec = Environments.spec("gymnasium:faulty:Faulty-v0");

  private GymnasiumVectorEnvironment vector(int processes, int lanes, int timeoutSeconds)
      throws Exception {
    return new GymnasiumVectorEnvironment(
        new PythonSettings(interpreter, processes, Duration.ofSeconds(timeoutSeconds)),
        spec,
        lanes);
  }

  @Test
  void faultsEndTheEpisodesOfTheirLanes() throws Exception {
    List<String> reasons =
        List.of(
            "step raised ValueError: out of fuel (faulty.py, line 37)",
            "its observation is [0.6250954866409302, nan], which is not all finite numbers",
            "its reward is inf",
            "its observation has the shape [3], and its space says [2]",
            "its observation is of complex64, and its space says float32",
            "its observation is [nan, 2.0], which is not all finite numbers");
    int[] actions = {NOTHING, RAISE, 5, 6, 7, 8, 12, END};
    int count = actions.length;
    try (GymnasiumVectorEnvironment lanes = vector(1, count, 60)) {
      lanes.reset(5);
      lanes.step(new int[count]);
      float[] before = lanes.observations().clone();

      lanes.step(actions);

      for (int lane = 1; lane < count - 1; lane++) {
        assertTrue(lanes.abandoned()[lane]);
        assertEquals(
            "Lane %d of gymnasium:faulty:Faulty-v0: %s.".formatted(lane, reasons.get(lane - 1)),
            lanes.failure(lane));
        assertEquals(0, lanes.rewards()[lane]);
        assertFalse(lanes.terminated()[lane]);
        assertNotEquals(before[2 * lane], lanes.observations()[2 * lane]);
        assertEquals(0, lanes.observations()[2 * lane + 1]);
      }
      assertFalse(lanes.abandoned()[0]);
      assertNull(lanes.failure(0));
      assertEquals(1, lanes.rewards()[0]);
      assertEquals(2, lanes.observations()[1]);
      assertTrue(lanes.terminated()[count - 1]);
      assertEquals(before[2 * count - 2], lanes.finalObservations()[2 * count - 2]);

      lanes.step(new int[count]);

      assertArrayEquals(new boolean[count], lanes.abandoned());
      assertArrayEquals(new float[] {3, 1, 1, 1, 1, 1, 1, 1}, everySecond(lanes.observations()));
    }
  }

  @Test
  void theLossOfAProcessEndsTheEpisodesOfItsLanes() throws Exception {
    try (GymnasiumVectorEnvironment lanes = vector(4, 8, 2)) {
      lanes.reset(5);

      lanes.step(new int[] {NOTHING, EXIT, KILL, END, HANG, NOTHING, NOTHING, END});

      assertArrayEquals(
          new boolean[] {true, true, true, true, true, true, false, false}, lanes.abandoned());
      assertArrayEquals(
          new boolean[] {false, false, false, false, false, false, false, true},
          lanes.terminated());
      String process = "The Python process of gymnasium:faulty:Faulty-v0 lanes ";
      assertEquals(process + "0 to 1 ended with exit code 7.", lanes.failure(0));
      assertEquals(process + "2 to 3 was ended by signal 9.", lanes.failure(3));
      assertEquals(
          process + "4 to 5 did not answer within 2 seconds and was killed.", lanes.failure(4));
      assertArrayEquals(new float[] {0, 0, 0, 0, 0, 0, 1, 0}, everySecond(lanes.observations()));
      float[] begun = lanes.observations().clone();

      lanes.step(new int[8]);

      assertArrayEquals(new boolean[8], lanes.abandoned());
      assertArrayEquals(new float[] {1, 1, 1, 1, 1, 1, 2, 1}, everySecond(lanes.observations()));

      lanes.reset(5);
      lanes.step(new int[] {NOTHING, EXIT, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING});
      assertEquals(begun[0], lanes.observations()[0], "what follows a restart is the seed's");
      assertEquals(begun[2], lanes.observations()[2], "what follows a restart is the seed's");
    }
  }

  private static float[] everySecond(float[] observations) {
    float[] steps = new float[observations.length / 2];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = observations[2 * i + 1];
    }
    return steps;
  }

  @Test
  void whatKeepsFailingIsGivenUp() throws Exception {
    try (GymnasiumVectorEnvironment lanes = vector(1, 2, 60)) {
      lanes.reset(5);
      int[] actions = {NOTHING, RAISE};
      for (int i = 0; i < 9; i++) {
        lanes.step(actions);
      }

      EnvironmentFailure failure =
          assertThrows(EnvironmentFailure.class, () -> lanes.step(actions));

      assertEquals(
          "Lane 1 of gymnasium:faulty:Faulty-v0 failed 10 times in a row: step raised ValueError:"
              + " out of fuel (faulty.py, line 37).",
          failure.getMessage());
    }
  }

  @Test
  void whatIsLostTooOftenIsGivenUp() throws Exception {
    try (GymnasiumVectorEnvironment lanes = vector(1, 1, 60)) {
      lanes.reset(5);
      int[] actions = {EXIT};
      for (int i = 0; i < RestartBound.MOST; i++) {
        lanes.step(actions);
      }

      EnvironmentFailure failure =
          assertThrows(EnvironmentFailure.class, () -> lanes.step(actions));

      assertEquals(
          "The Python process of gymnasium:faulty:Faulty-v0 lane 0 was started again 5 times, and"
              + " failed again: it ended with exit code 7.",
          failure.getMessage());
    }
  }

  @Test
  void anEpisodeThatCannotBeginIsBegunWithAnEnvironmentMadeAnew() throws Exception {
    try (GymnasiumVectorEnvironment lanes = vector(1, 1, 60)) {
      lanes.reset(5);

      lanes.step(new int[] {FAIL_NEXT_RESET});

      assertArrayEquals(new boolean[] {true}, lanes.terminated());
      assertArrayEquals(new boolean[] {false}, lanes.abandoned());
      assertEquals(1, lanes.finalObservations()[1]);
      assertEquals(0, lanes.observations()[1]);
    }
  }

  @Test
  void anEnvironmentThatNeverBeginsIsGivenUpAtOnce() throws Exception {
    EnvironmentSpec failing =
        Environments.spec("gymnasium:faulty:Faulty-v0", Map.of("resets_fail", "true"));
    try (GymnasiumVectorEnvironment lanes =
        new GymnasiumVectorEnvironment(
            new PythonSettings(interpreter, 1, Duration.ofSeconds(60)), failing, 1)) {
      EnvironmentFailure failure = assertThrows(EnvironmentFailure.class, () -> lanes.reset(5));

      assertEquals(
          "gymnasium:faulty:Faulty-v0 cannot begin an episode: reset raised ValueError: no episode"
              + " today (faulty.py, line 26).",
          failure.getMessage());
    }
  }

  @Test
  void aSingleEnvironmentSaysWhyItFailed() {
    try (Environment environment = Environments.environment(spec)) {
      environment.reset(5);

      assertEquals(
          "gymnasium:faulty:Faulty-v0 failed: step raised ValueError: out of fuel (faulty.py, line"
              + " 37).",
          assertThrows(EnvironmentFailure.class, () -> environment.step(RAISE)).getMessage());
      assertThrows(IllegalStateException.class, () -> environment.step(NOTHING));
      environment.reset(5);
    }
    try (Environment environment = Environments.environment(spec)) {
      environment.reset(5);
      assertEquals(
          "The Python process of gymnasium:faulty:Faulty-v0 ended with exit code 7.",
          assertThrows(EnvironmentFailure.class, () -> environment.step(EXIT)).getMessage());
    }
  }

  @Test
  void whatIsPrintedDisturbsNothing() throws Exception {
    try (GymnasiumVectorEnvironment lanes = vector(1, 2, 60)) {
      lanes.reset(5);
      lanes.step(new int[] {PRINT, PRINT});
      lanes.step(new int[] {PRINT, NOTHING});

      assertArrayEquals(new float[] {2, 2}, everySecond(lanes.observations()));
    }
  }

  @Test
  void processesEndWithTheirEnvironment() throws Exception {
    List<ProcessHandle> processes;
    try (GymnasiumVectorEnvironment lanes = vector(3, 3, 60)) {
      processes = lanes.processes().stream().map(id -> ProcessHandle.of(id).orElseThrow()).toList();
      assertEquals(3, processes.stream().filter(ProcessHandle::isAlive).count());
    }
    assertEquals(0, processes.stream().filter(ProcessHandle::isAlive).count());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aProcessEndsWhenItsPipesAreClosed(boolean hangs) throws Exception {
    PythonSettings settings = new PythonSettings(interpreter, 1, Duration.ofSeconds(60));
    PythonLanes lanes = PythonLanes.make(settings, "orphan", spec, 1, false);
    ProcessHandle process = ProcessHandle.of(lanes.python().id()).orElseThrow();
    lanes.reset(0, false, 5, Map.of(), new float[2], 0);
    if (hangs) {
      lanes.sendActions(new int[] {HANG}, 0);
    }

    lanes.python().closePipes();

    process.onExit().join();
    assertFalse(process.isAlive());
    assertTrue(lanes.python().id() > 0);
  }
}

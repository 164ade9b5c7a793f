package dev.relive.gymnasium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Environments;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpecificationTest {
  @BeforeEach
  void usePython() {
    TestPython.use();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Blackjack-v1   | Composite(0 Discrete(32), 1 Discrete(11), 2 Discrete(2)) | Discrete(2)
          FrozenLake-v1  | Discrete(16)                                             | Discrete(4)
          Taxi-v4        | Discrete(500)                                            | Discrete(6)
          """)
  void saysTheSpaces(String id, String observations, String actions) {
    EnvironmentSpec spec = Environments.spec("gymnasium:" + id);

    assertEquals(observations, spec.observationSpace().toString());
    assertEquals(actions, spec.actionSpace().toString());
  }

  @Test
  void saysWhatGymnasiumKnows() {
    EnvironmentSpec spec = Environments.spec("gymnasium:LunarLander-v3", Map.of("gravity", "-9.5"));

    assertEquals("gymnasium:LunarLander-v3", spec.id());
    assertEquals(Map.of("gravity", "-9.5"), spec.options());
    assertEquals(OptionalDouble.of(200), spec.rewardThreshold());
    assertEquals(1_000, spec.maxEpisodeSteps());
    assertEquals("1.3.0", spec.versions().get("gymnasium"));
    assertTrue(spec.versions().keySet().containsAll(Set.of("python", "numpy", "box2d")));
    assertSame(spec, Environments.spec("gymnasium:LunarLander-v3", Map.of("gravity", "-9.5")));
  }

  @Test
  void takesAwayTheLongestEpisode() {
    EnvironmentSpec spec =
        Environments.spec("gymnasium:CartPole-v1", Map.of("max_episode_steps", "0"));

    assertEquals(0, spec.maxEpisodeSteps());
    assertEquals(Map.of(), spec.options());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LunarLnder-v3      | gravity           | -9   | Environment `LunarLnder` doesn't exist. Did you mean: `LunarLander`?
          LunarLander-v3     | gravityy          | -9   | LunarLander.__init__() got an unexpected keyword argument 'gravityy'
          LunarLander-v3     | gravity           | -99  | gravity (current value: -99) must be between -12 and 0
          CartPole-v1        | max_episode_steps | many | the option 'max_episode_steps' must be a whole number of steps, or 0 for no limit, and is 'many'.
          no_module:CartPole | a                 | b    | No module named 'no_module'
          Humanoid-v5        | width             | 9    | MuJoCo is not installed
          faulty:OfSpaces-v0 | kind              | text | it has observations of the kind Text, which cannot be a row of numbers
          faulty:OfSpaces-v0 | kind              | large | it has observations of 33554432 numbers, which must be 1 to 16777216.
          """)
  void refusesInOneSentence(String id, String option, String value, String reason) {
    Exception refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> Environments.spec("gymnasium:" + id, Map.of(option, value)));

    String message = String.valueOf(refusal.getMessage());
    String start =
        "gymnasium:%s cannot be made with the Python '%s': "
            .formatted(id, System.getProperty(PythonSettings.INTERPRETER));
    assertTrue(message.startsWith(start), message);
    assertTrue(message.contains(reason), message);
    assertEquals(1, message.lines().count());
  }

  @Test
  void saysThatThereIsNoPython() {
    assertEquals(
        "gymnasium:CartPole-v1 cannot be made with the Python '/no/python': it cannot be started;"
            + " --python or RELIVE_PYTHON says which to use.",
        refusalOf("/no/python"));
  }

  @Test
  void saysThatPythonHasNoGymnasium(@TempDir Path directory) throws Exception {
    TestPython.run("python3", "-m", "venv", "--without-pip", directory.toString());
    String python = TestPython.python(directory).toString();

    assertTrue(
        refusalOf(python)
            .endsWith(
                "it has no gymnasium (No module named 'gymnasium'); install it with: %s -m pip install gymnasium."
                    .formatted(python)),
        () -> refusalOf(python));
  }

  @Test
  void saysHowAProgramEndsThatIsNoPython() {
    assertEquals(
        "gymnasium:CartPole-v1 cannot be made with the Python '/bin/false': it ended with exit"
            + " code 1.",
        refusalOf("/bin/false"));
  }

  private static String refusalOf(String interpreter) {
    System.setProperty(PythonSettings.INTERPRETER, interpreter);
    Exception refusal =
        assertThrows(
            IllegalArgumentException.class, () -> Environments.spec("gymnasium:CartPole-v1"));
    return String.valueOf(refusal.getMessage());
  }

  @Test
  void refusesPropertiesThatAreNoNumbers() {
    System.setProperty(PythonSettings.PROCESSES, "0");
    try {
      Exception refusal = assertThrows(IllegalArgumentException.class, PythonSettings::ofProcess);
      assertEquals(
          "The system property relive.python.processes must be a whole number of 1 or more, and is"
              + " '0'.",
          refusal.getMessage());
    } finally {
      System.clearProperty(PythonSettings.PROCESSES);
    }
  }
}

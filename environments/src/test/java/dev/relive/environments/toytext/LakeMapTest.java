package dev.relive.environments.toytext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.relive.environments.Discrete;
import dev.relive.environments.Environments;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LakeMapTest {
  /** What Gymnasium 1.4.0's {@code generate_random_map(size, p, seed)} gives. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          8  | 0.8 | 0 | SFFFHHFF,FHHFHFFF,HFFFFFFF,FFHHFFFF,FFFFFHHF,FFFFFHFF,FHFFHFFF,FFFFFFFG
          4  | 0.5 | 1 | SFFH,HHFF,HFHF,HHHG
          5  | 0.6 | 2 | SFHHF,HFHFF,FFHFF,HFFFH,FHHFG
          3  | 0.3 | 3 | SFH,HFH,HFG
          12 | 0.7 | 4 | SHFFFHFFFFHF,FHFFFFHFFFFH,FHHFFFFFFFHF,FFFFFFHFHFHF,FFFFFFHHFFFH,FFHFHFFHFHFF,FFFFFFFFFFFF,HFFFHFFHHHFH,FFFFFFFHFFHH,FHHFFHFHFFFF,FFFFHHFFFHFF,HFFFHHFHFFFG
          """)
  void drawsTheMapsThatGymnasiumDraws(int size, double frozen, int seed, String map) {
    assertEquals(LakeMap.parse(map), LakeMap.random(size, frozen, seed));
  }

  @Test
  void aMapOfOnesOwnMakesTheSpace() {
    assertEquals(
        new Discrete(6),
        Environments.spec("FrozenLake-v1", Map.of("desc", "SFF,HHG")).observationSpace());
    assertEquals(
        new Discrete(9),
        Environments.spec("FrozenLake-v1", Map.of("map_name", "random", "size", "3"))
            .observationSpace());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          desc=SFFF,FFG | Row 2 of the map of the lake has 3 cells, and row 1 has 4; all need the same.
          desc=SF,,FG   | Row 2 of the map of the lake has 0 cells, and row 1 has 2; all need the same.
          desc=SF,xG    | Row 2, column 1 of the map of the lake must be S (start), F (frozen), H (hole) or G (goal), and is 'x'.
          desc=FF,FG    | The map of the lake has no start (S).
          desc=SH,HG    | The goal cannot be reached from the start in row 1, column 1 of the map of the lake.
          desc=SFHG,FFHS | The goal cannot be reached from the start in row 1, column 1 of the map of the lake.
          desc=SFF,FFF  | The goal cannot be reached from the start in row 1, column 1 of the map of the lake.
          map_name=5x5  | The option 'map_name' of FrozenLake-v1 must be 4x4, 8x8, random, and is '5x5'.
          map_name=random;size=1 | The size of a random map must be 2 to 100, and is 1.
          map_name=random;size=101 | The size of a random map must be 2 to 100, and is 101.
          map_name=random;p=1.5 | The probability p that a cell is frozen must be 0 to 1, and is 1.5.
          map_name=random;p=0;size=4 | None of 10,000 random maps of size 4 with p = 0.0 has a way to the goal; p must be larger.
          map_name=random;seed=-1 | The seed of a random map must be 0 or more, and is -1.
          success_rate=1.5 | The option 'success_rate' must be a probability from 0 to 1, and is 1.5.
          reward_schedule=1,0 | The option 'reward_schedule' must be three numbers with commas between, for goal, hole and frozen cell, and is '1,0'.
          """)
  void refusesWhatIsNoLake(String options, String message) {
    Map<String, String> chosen = new HashMap<>();
    for (String option : options.split(";", -1)) {
      String[] parts = option.split("=", 2);
      chosen.put(parts[0], parts[1]);
    }
    assertEquals(
        message,
        assertThrows(
                IllegalArgumentException.class, () -> Environments.spec("FrozenLake-v1", chosen))
            .getMessage());
  }
}

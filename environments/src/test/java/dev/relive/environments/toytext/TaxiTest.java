package dev.relive.environments.toytext;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relive.environments.GoldenFiles;
import dev.relive.environments.tabular.MarkovDecisionProcess;
import dev.relive.environments.tabular.MarkovDecisionProcess.Outcome;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaxiTest {
  /**
   * The reference masks the actions that change nothing, and says how likely the outcome drawn was;
   * the table knows both.
   */
  @ParameterizedTest
  @CsvSource({"Taxi-v4.jsonl.gz, false", "Taxi-v4.rainy_fickle.jsonl.gz, true"})
  void theTableHasTheReferencesMasksAndProbabilities(String file, boolean rainy) {
    MarkovDecisionProcess process = Taxi.process(rainy);
    List<JsonNode> lines = GoldenFiles.read(file);
    for (JsonNode episode : lines.subList(1, lines.size())) {
      for (int t = 0; t < episode.get("length").intValue(); t++) {
        int state = episode.get("obs").get(t).intValue();
        assertEquals(episode.get("action_mask").get(t).intValue(), mask(process, state));
        double probability = episode.get("prob").get(t).doubleValue();
        List<Outcome> outcomes = process.outcomes(state, episode.get("actions").get(t).intValue());
        assertEquals(
            1, outcomes.stream().filter(o -> o.probability() == probability).limit(1).count());
      }
    }
  }

  private static int mask(MarkovDecisionProcess process, int state) {
    int mask = 0;
    for (int action = 0; action < process.actions(); action++) {
      boolean changes =
          process.outcomes(state, action).stream()
              .anyMatch(outcome -> outcome.next() != state || outcome.terminated());
      mask |= changes ? 1 << action : 0;
    }
    return mask;
  }
}

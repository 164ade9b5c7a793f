package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.relive.environments.Environments;
import dev.relive.environments.Option;
import dev.relive.environments.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EnvironmentsCommandTest {

  private static final int TERMINAL = 80;

  @Test
  void listsEveryEnvironment() {
    CommandRun run = CommandRun.of("environments", "ls");

    assertEquals(ExitCode.SUCCESS, run.exitCode());
    List<String> lines = run.out().lines().toList();
    assertTrue(
        lines.get(0).matches("ID +OBSERVATIONS +ACTIONS +LONGEST +SOLVED +DESCRIPTION"), run.out());
    int line = 1;
    for (Registration each : Environments.registrations()) {
      assertTrue(lines.get(line).startsWith(each.id() + " "), lines.get(line));
      assertTrue(lines.get(line).endsWith(" " + each.description()), lines.get(line));
      line++;
    }
    assertTrue(
        lines.stream()
            .anyMatch(
                each -> each.matches("CartPole-v0 +Box\\(4\\) +Discrete\\(2\\) +200 +195 +.*")),
        run.out());
    Environments.foreign()
        .forEach(kind -> assertTrue(run.out().contains("\n" + kind.scheme() + ":ID "), run.out()));
  }

  @Test
  void fitsATerminal() {
    List<EnvironmentSummary> all =
        Environments.registrations().stream().map(EnvironmentSummary::of).toList();

    List<String> lines = EnvironmentSummary.table(all, TERMINAL).lines().toList();

    assertEquals(1 + 2 * all.size(), lines.size());
    assertTrue(lines.stream().allMatch(line -> line.length() <= TERMINAL), lines::toString);
    for (int i = 0; i < all.size(); i++) {
      assertTrue(lines.get(2 * i + 1).startsWith(all.get(i).id() + " "), lines::toString);
      assertEquals("    " + all.get(i).description(), lines.get(2 * i + 2));
    }
  }

  @Test
  void listsWhatCannotBeMadeWithTheReason() {
    Registration broken =
        new Registration(
            "Broken-v0",
            "Does not work.",
            0,
            OptionalDouble.empty(),
            List.of(),
            options -> {
              throw new IllegalStateException("it is broken.");
            });
    // It is not registered, so that is the reason here.
    EnvironmentSummary summary = EnvironmentSummary.of(broken);

    assertTrue(
        EnvironmentSummary.table(List.of(summary), 999)
            .matches("(?s).*\nBroken-v0 +– +– +– +– +It cannot be made: There is no .*\n"),
        summary::toString);
  }

  @Test
  void listsForPrograms() {
    JsonObject json = json("environments", "ls", "--json");

    List<String> ids = new ArrayList<>();
    JsonArray environments = json.getAsJsonArray("environments");
    environments.forEach(each -> ids.add(each.getAsJsonObject().get("id").getAsString()));
    assertEquals(Environments.ids(), ids);
    assertEquals(Environments.foreign().size(), json.getAsJsonArray("foreign").size());
    JsonObject cartPole = environments.get(ids.indexOf("CartPole-v1")).getAsJsonObject();
    assertEquals(500, cartPole.get("maxEpisodeSteps").getAsInt());
    assertEquals(475, cartPole.get("rewardThreshold").getAsDouble());
    assertEquals(
        JsonParser.parseString("{size: 1, kind: discrete, count: 2, start: 0}"),
        cartPole.get("actions"));
    JsonElement high = cartPole.getAsJsonObject("observations").get("high");
    assertEquals(4.8, high.getAsJsonArray().get(0).getAsDouble(), 1e-6);
    assertTrue(high.getAsJsonArray().get(1).isJsonNull());
  }

  @ParameterizedTest
  @MethodSource("environments")
  void showsEveryEnvironment(String id) {
    CommandRun run = CommandRun.of("environments", "show", id);

    assertEquals(ExitCode.SUCCESS, run.exitCode(), run::toString);
    assertTrue(run.out().startsWith(id + "\n"), run.out());
    Registration shown =
        Environments.registrations().stream().filter(r -> r.id().equals(id)).findFirst().get();
    for (Option option : shown.choices()) {
      assertTrue(
          run.out()
              .lines()
              .anyMatch(
                  line ->
                      line.startsWith("  " + option.name() + " ")
                          && line.contains(option.allowed())
                          && line.endsWith(option.description())),
          option.name());
    }
    JsonObject json = json("environments", "show", id, "--json");
    assertEquals(shown.choices().size(), json.getAsJsonArray("options").size());
  }

  private static Stream<String> environments() {
    return Environments.ids().stream();
  }

  @Test
  void showsAnEnvironmentWithItsOptions() {
    String out =
        CommandRun.of(
                "environments",
                "show",
                "CartPole-v1",
                "--environment-option=max_episode_steps=1200",
                "--environment-option=sticky_actions=0.25")
            .out();

    for (String line :
        List.of(
            "  actions +Discrete\\(2\\)",
            "  longest episode +1,200 steps",
            "  solved +at a mean return of 475",
            "  chosen +sticky_actions=0.25",
            "  sutton_barto_reward +false +true or false +.*",
            "  max_episode_steps +500 +an integer +.*",
            "  low +-0.05 +a finite number +.*",
            "  relive train -e CartPole-v1 --environment-option max_episode_steps=1200"
                + " --environment-option sticky_actions=0.25")) {
      assertTrue(out.lines().anyMatch(each -> each.matches(line)), line + " is not in " + out);
    }
  }

  private static JsonObject json(String... arguments) {
    return JsonParser.parseString(CommandRun.of(arguments).out()).getAsJsonObject();
  }
}

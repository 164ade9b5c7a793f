package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.relive.cli.curve.RunNames;
import dev.relive.log.Run;
import dev.relive.log.RunReports.RunReport;
import dev.relive.log.wire.ActorProgress;
import dev.relive.log.wire.EnvironmentSpec;
import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.RunVerdict;
import dev.relive.log.wire.Setting;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RunComparisonTest {

  private static final long NOON = TimeUnit.HOURS.toMicros(12);

  private static final RunReport SOLVED = solved();
  private static final RunReport FOLLOWER = follower();

  private static RunReport solved() {
    RunSpec spec = spec("run-1", "first", 5).addSettings(setting("double-dqn.tau", "0.1")).build();
    RunState state = RunState.newBuilder().setRun("run-1").setPhase(RunPhase.STOPPED).build();
    RunVerdict verdict =
        RunVerdict.newBuilder()
            .setRun("run-1")
            .setVersion(2)
            .setRunSteps(9_000)
            .setAtMicros(NOON + TimeUnit.SECONDS.toMicros(65))
            .build();
    Progress progress =
        Progress.newBuilder()
            .setRunSteps(9_100)
            .setUpdates(8_000)
            .setGeneration(2)
            .setAtMicros(NOON + TimeUnit.SECONDS.toMicros(70))
            .addActors(ActorProgress.newBuilder().setGaps(2).setDuplicates(1))
            .addActors(ActorProgress.newBuilder().setGaps(3))
            .build();
    List<Evaluation> evaluations =
        List.of(evaluation(1, 5_000, 20), evaluation(2, 9_000, 480), evaluation(3, 9_100, 470));
    return new RunReport(new Run(spec, state, verdict), Optional.of(progress), evaluations);
  }

  private static RunReport follower() {
    RunSpec spec = spec("run-2", "", 6).setSourceRun("run-1").build();
    return new RunReport(new Run(spec, null, null), Optional.empty(), List.of());
  }

  private static RunSpec.Builder spec(String run, String label, long seed) {
    return RunSpec.newBuilder()
        .setRun(run)
        .setLabel(label)
        .setCreatedAtMicros(NOON)
        .setEnvironment(EnvironmentSpec.newBuilder().setId("CartPole-v1").setRewardThreshold(475))
        .setAlgorithm("double-dqn")
        .addSettings(setting("double-dqn.learning-rate", "0.001"))
        .setSeed(seed)
        .setStream("CartPole-v1")
        .addPartitions(PartitionRange.newBuilder().setFirstOffset(7))
        .setRetentionMs(-1);
  }

  private static Setting setting(String name, String value) {
    return Setting.newBuilder().setName(name).setValue(value).build();
  }

  private static Evaluation evaluation(long version, long steps, double mean) {
    return Evaluation.newBuilder()
        .setVersion(version)
        .setRunSteps(steps)
        .setGreedy(true)
        .addReturns(mean)
        .build();
  }

  @Test
  void showsWhatDiffersAndHowTheyWent() {
    assertEquals(
        """
        What differs
                          first    run-2
          seed            5        6
          double-dqn.tau  0.1      –
          experience of   its own  run run-1

        How they went
                           first                run-2
          phase            solved               created
          steps            9,100                –
          updates          8,000                –
          generation       2                    –
          best evaluation  480.0 at step 9,000  –
          last evaluation  470.0 at step 9,100  –
          evaluations      ▁█▇                  –
          steps to solve   9,000                –
          time to solve    1:05                 –
          started          1970-01-01 12:00:00  1970-01-01 12:00:00
          wall time        1:10                 –
          gaps             5                    –
          duplicates       1                    –
        """,
        new RunComparison(List.of(SOLVED, FOLLOWER)).text());
  }

  @Test
  void saysThatNothingDiffers() {
    String text = new RunComparison(List.of(SOLVED, SOLVED)).text();

    assertEquals(
        "Nothing differs in what was decided when they began.",
        text.lines().findFirst().orElseThrow());
  }

  @Test
  void tellsRunsWithOneLabelApart() {
    RunSpec again = spec("run-3", "first", 5).build();
    RunReport other = new RunReport(new Run(again, null, null), Optional.empty(), List.of());

    assertEquals(
        List.of("first (run-1)", "run-2", "first (run-3)"),
        RunNames.of(List.of(SOLVED, FOLLOWER, other)));
    assertEquals(List.of("first", "first"), RunNames.of(List.of(SOLVED, SOLVED)));
  }

  @Test
  void tellsProgramsTheSame() {
    JsonObject json =
        JsonParser.parseString(Json.text(new RunComparison(List.of(SOLVED, FOLLOWER)).json()))
            .getAsJsonObject();

    assertEquals(
        "{\"seed\":[\"5\",\"6\"],\"double-dqn.tau\":[\"0.1\",null],\"experience of\":[\"its"
            + " own\",\"run run-1\"]}",
        json.getAsJsonObject("differences").toString());
    JsonObject solved = json.getAsJsonArray("runs").get(0).getAsJsonObject();
    assertEquals(9_000, solved.get("stepsToSolve").getAsLong());
    assertEquals(65, solved.get("secondsToSolve").getAsDouble());
    assertEquals(70, solved.get("wallSeconds").getAsDouble());
    assertEquals(5, solved.get("gaps").getAsLong());
    assertEquals(3, solved.getAsJsonArray("evaluations").size());
    JsonObject follower = json.getAsJsonArray("runs").get(1).getAsJsonObject();
    assertEquals("run-2", follower.get("run").getAsString());
    assertEquals(true, follower.get("wallSeconds").isJsonNull());
  }
}

package dev.relive.cli.display;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a learner holds and has published.
 *
 * @param holds what it learns from: "replay" or "batch"
 * @param held transitions in it
 * @param capacity transitions that it can hold
 * @param stale transitions skipped because their policy was too old to learn from
 * @param generation counts the learners that the run has had
 * @param policyVersion the newest weights published
 * @param snapshotVersion the newest ones kept; 0 before the first
 * @param checkpointSteps steps of the run at the newest checkpoint; 0 before the first
 */
public record Learner(
    String holds,
    long held,
    long capacity,
    long stale,
    long generation,
    long policyVersion,
    long snapshotVersion,
    long checkpointSteps)
    implements Section {

  @Override
  public List<Row> rows(int columns, Duration elapsed) {
    return List.of(
        new Row("learner", new StyledLine().add(String.join(" · ", learning()))),
        new Row("published", new StyledLine().add(String.join(" · ", published()))));
  }

  private List<String> learning() {
    List<String> parts = new ArrayList<>();
    parts.add("%s %s of %s".formatted(holds, Numbers.count(held), Numbers.count(capacity)));
    if (stale > 0) {
      parts.add(Numbers.count(stale) + " stale steps");
    }
    if (generation > 1) {
      parts.add("generation " + generation);
    }
    return parts;
  }

  private List<String> published() {
    List<String> parts = new ArrayList<>();
    parts.add("policy " + Numbers.count(policyVersion));
    if (snapshotVersion > 0) {
      parts.add("snapshot " + Numbers.count(snapshotVersion));
    }
    if (checkpointSteps > 0) {
      parts.add("checkpoint of step " + Numbers.count(checkpointSteps));
    }
    return parts;
  }

  @Override
  public List<String> words() {
    return learning();
  }
}

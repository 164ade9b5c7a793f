package dev.relive.learner;

import dev.relive.agents.torch.Compute;
import dev.relive.log.InvalidSettingException;
import dev.relive.log.LogException;
import dev.relive.log.Run;
import dev.relive.log.Settings;
import dev.relive.log.wire.Generation;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Of which runs the log alone decides the weights, and where they can be derived to the bit. */
final class ReproductionRules {
  private static final List<String> PROGRAM = List.of("pytorch", "relive");

  private final Run run;
  private final List<RecordedSnapshot> snapshots;

  ReproductionRules(Run run, List<RecordedSnapshot> snapshots) {
    this.run = run;
    this.snapshots = snapshots;
  }

  /**
   * The run's settings, where it can be derived at all.
   *
   * @throws LogException saying why it cannot
   */
  LearnerSettings settings() {
    int partitions = run.spec().getPartitionsCount();
    if (partitions != 1) {
      throw refusal(
          "it is recorded in %d partitions, and the order in which its learner read them is not"
              .formatted(partitions));
    }
    if (snapshots.isEmpty()) {
      throw refusal("it has kept no snapshots, so there is nothing to compare with");
    }
    LearnerSettings settings = read();
    if (Stretch.dependOnRestarts(settings)) {
      snapshots.forEach(this::requireLineage);
    }
    return settings;
  }

  private LearnerSettings read() {
    Algorithm algorithm =
        Algorithm.find(run.spec().getAlgorithm())
            .orElseThrow(
                () ->
                    refusal(
                        "it learns by %s, and this program by %s"
                            .formatted(run.spec().getAlgorithm(), Algorithm.ids())));
    try {
      return algorithm.settings(run.spec());
    } catch (InvalidSettingException e) {
      throw refusal("this program does not know its settings. " + e.getMessage());
    }
  }

  private void requireLineage(RecordedSnapshot snapshot) {
    if (!Lineage.isWhole(snapshot.lineage())) {
      throw refusal(
          "its algorithm forgets what it has gathered when it is started again, and version %d of generation %d does not say where that was"
              .formatted(snapshot.version(), snapshot.generation()));
    }
  }

  /**
   * Compares what decides the last bits.
   *
   * @param here versions and traits of what is computed with now, by name
   * @param anyway whether to go on where they are others
   * @return what the user should know, in sentences
   * @throws LogException saying what differs, unless to go on
   */
  List<String> notes(Settings here, boolean anyway) {
    TreeSet<String> differences = new TreeSet<>();
    TreeSet<String> unknown = new TreeSet<>();
    List<String> names = new ArrayList<>(PROGRAM);
    names.addAll(Compute.TRAITS);
    for (SortedMap<String, String> there : computedWith()) {
      for (String name : names) {
        String value = there.get(name);
        if (value == null) {
          unknown.add(name);
        } else if (!value.equals(here.text(name))) {
          differences.add("%s was %s and is %s here".formatted(name, value, here.text(name)));
        }
      }
    }
    return notes(String.join(", ", differences), String.join(", ", unknown), anyway);
  }

  private List<String> notes(String differences, String unknown, boolean anyway) {
    List<String> notes = new ArrayList<>();
    if (!differences.isEmpty()) {
      if (!anyway) {
        throw new LogException(
            "Run %s cannot be reproduced to the bit here: %s; --anyway derives it nevertheless."
                .formatted(run, differences));
      }
      notes.add("The last bits may differ: %s.".formatted(differences));
    }
    if (!unknown.isEmpty()) {
      notes.add(
          "The run does not say what it computed with (%s); it is taken to be the same as here."
              .formatted(unknown));
    }
    return notes;
  }

  /** What each generation that counts computed with. */
  private List<SortedMap<String, String>> computedWith() {
    Settings first = Settings.of(run.spec().getVersionsList());
    TreeMap<Long, SortedMap<String, String>> byGeneration = new TreeMap<>();
    for (RecordedSnapshot snapshot : snapshots) {
      for (Generation generation : snapshot.lineage()) {
        byGeneration.put(
            generation.getGeneration(),
            first.with(Settings.of(generation.getVersionsList())).asMap());
      }
    }
    return List.copyOf(byGeneration.values());
  }

  private LogException refusal(String why) {
    return new LogException("Run %s cannot be reproduced: %s.".formatted(run, why));
  }
}

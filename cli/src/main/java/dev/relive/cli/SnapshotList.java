package dev.relive.cli;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import dev.relive.cli.display.Evaluations.Evaluated;
import dev.relive.log.RunReports;
import dev.relive.log.RunReports.RunReport;
import dev.relive.log.Snapshots;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunVerdict;
import dev.relive.log.wire.Snapshot;
import dev.relive.service.UserException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The snapshots of a log with what evaluators found of them. */
final class SnapshotList {

  private final Tool tool;
  private final Map<String, Evaluated> evaluated = new HashMap<>();
  private final Map<String, Long> best = new HashMap<>();
  private final List<RunReport> runs;
  private final Snapshots snapshots;

  /** Reads what there is to know of the log's runs. */
  SnapshotList(Tool tool) {
    this.tool = tool;
    snapshots = new Snapshots(tool.connection());
    runs = new RunReports(tool.connection()).read();
    for (RunReport report : runs) {
      List<Evaluated> all = EvaluationWatch.summaries(report.evaluations());
      all.forEach(each -> evaluated.put(key(report.run().id(), each.version()), each));
      best(report.run().verdict(), all).ifPresent(version -> best.put(report.run().id(), version));
    }
  }

  private static Optional<Long> best(@Nullable RunVerdict verdict, List<Evaluated> all) {
    return verdict == null
        ? all.stream().max(comparingDouble(Evaluated::mean)).map(Evaluated::version)
        : Optional.of(verdict.getVersion());
  }

  private static String key(String run, long version) {
    return run + "/" + version;
  }

  /** The id of the run with this id or label. */
  String find(String idOrLabel) {
    return RunReports.choose(runs, idOrLabel).run().id();
  }

  /** What a run was told when it began. */
  RunSpec spec(String run) {
    return RunReports.choose(runs, run).run().spec();
  }

  /**
   * The id of the log's only run.
   *
   * @throws UserException where it has none or several
   */
  String onlyRun() {
    if (runs.size() == 1) {
      return runs.get(0).run().id();
    }
    throw new UserException(
        runs.isEmpty()
            ? "The log holds no runs."
            : "The log holds %d runs, so choose one with --run; `relive runs ls` lists them."
                .formatted(runs.size()));
  }

  /**
   * All snapshots, run by run in the order of their versions.
   *
   * @param run whose, by its id; null for all runs
   */
  List<SnapshotSummary> all(@Nullable String run) {
    List<SnapshotSummary> all = new ArrayList<>();
    forEach(run, snapshot -> all.add(summary(snapshot)));
    all.sort(
        comparing(SnapshotSummary::run).thenComparing(SnapshotSummary::version, Long::compare));
    return all;
  }

  SnapshotSummary summary(Snapshot snapshot) {
    String run = snapshot.getRun();
    Long bestVersion = best.get(run);
    return SnapshotSummary.of(
        snapshot,
        evaluated.get(key(run, snapshot.getVersion())),
        bestVersion != null && bestVersion == snapshot.getVersion());
  }

  /** Gives them one by one, weights and all, and says how far that is. */
  void forEach(@Nullable String run, Consumer<Snapshot> each) {
    snapshots.read(
        run, (done, total) -> tool.progress().show("reading", done, total, "records"), each);
    tool.progress().clear();
  }

  /**
   * A snapshot, weights and all.
   *
   * @param run its id
   * @throws UserException if the log does not hold it any more
   */
  Snapshot read(String run, long version) {
    List<Snapshot> found = new ArrayList<>();
    forEach(
        run,
        snapshot -> {
          if (snapshot.getVersion() == version) {
            found.add(snapshot);
          }
        });
    return found.stream()
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "The log keeps no snapshot of version %d of run %s.".formatted(version, run)));
  }

  /** Records that were read and could not be used. */
  long unusable() {
    return snapshots.rejected().total();
  }
}

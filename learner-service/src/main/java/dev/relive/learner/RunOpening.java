package dev.relive.learner;

import dev.relive.learner.LearnerStart.NewReader;
import dev.relive.learner.LearnerStart.NewRun;
import dev.relive.learner.LearnerStart.Resume;
import dev.relive.learner.LearnerStart.ResumeOrBegin;
import dev.relive.log.LogAdmin;
import dev.relive.log.LogConnection;
import dev.relive.log.LogException;
import dev.relive.log.Run;
import dev.relive.log.RunActivity;
import dev.relive.log.RunRegistry;
import dev.relive.log.Topic;
import dev.relive.log.TopicCatalogue;
import dev.relive.log.wire.RunSpec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Makes the run that a learner begins, or finds the one that it goes on with. */
final class RunOpening {
  private static final int PARTITION = 0;
  private static final int PARTITIONS = 1;

  private final LearnerConfig config;
  private final LogConnection connection;
  private final RunRegistry registry;
  private final InstantSource clock;

  RunOpening(LearnerConfig config, RunRegistry registry, InstantSource clock) {
    this.config = config;
    this.connection = config.connection();
    this.registry = registry;
    this.clock = clock;
  }

  /**
   * The run, which is in the log, as are its topics.
   *
   * @throws LogException saying why the run cannot be made or resumed
   */
  Run open() {
    LearnerStart start = config.start();
    return open(start instanceof ResumeOrBegin either ? chosen(either) : start);
  }

  private Run open(LearnerStart start) {
    if (start instanceof Resume resume) {
      return resume(resume);
    }
    return start instanceof NewReader reader ? createReader(reader) : create((NewRun) start);
  }

  private LearnerStart chosen(ResumeOrBegin either) {
    try (LogAdmin admin = LogAdmin.open(connection)) {
      admin.ensure(connection.topics().shared());
    }
    boolean isThere = registry.seek(either.resume().idOrLabel()).isPresent();
    return isThere ? either.resume() : either.begun();
  }

  private Run createReader(NewReader reader) {
    try (LogAdmin admin = LogAdmin.open(connection)) {
      admin.ensure(connection.topics().shared());
      Run source = registry.find(reader.source());
      admin.ensure(
          topics(source.spec().getStream(), connection.topics().experienceOf(source.spec())));
      RunSpec spec =
          new ReaderSpec(connection, reader, source).spec(config.versions(), clock.instant());
      registry.create(spec);
      return new Run(spec, null, null);
    }
  }

  private Run create(NewRun run) {
    requireNetwork(run);
    TopicCatalogue topics = connection.topics();
    String stream = run.environment().getId();
    Topic experience = topics.experience(stream, PARTITIONS, run.retention());
    try (LogAdmin admin = LogAdmin.open(connection)) {
      admin.ensure(topics(stream, experience));
      long firstOffset = admin.endOffset(experience, PARTITION);
      RunSpec spec = NewRunSpec.of(run, config.versions(), PARTITION, firstOffset, clock.instant());
      requireNew(spec);
      registry.create(spec);
      return new Run(spec, null, null);
    }
  }

  /** Before anything of the run is in the log. */
  private static void requireNetwork(NewRun run) {
    var unused =
        run.algorithm().settings(run.settings(), run.deterministic()).network(run.environment());
  }

  private void requireNew(RunSpec spec) {
    if (spec.getDeterministic()
        && registry.runs().stream().anyMatch(run -> run.id().equals(spec.getRun()))) {
      throw new LogException(
          "The deterministic run of these settings and seed %d is in the log already: resume run %s, or take another seed or topic prefix."
              .formatted(spec.getSeed(), spec.getRun()));
    }
  }

  private Run resume(Resume resume) {
    try (LogAdmin admin = LogAdmin.open(connection)) {
      admin.ensure(connection.topics().shared());
      Run run = registry.find(resume.idOrLabel());
      admin.ensure(topics(run.spec().getStream(), connection.topics().experienceOf(run.spec())));
      ResumeRules.check(run, resume.stated());
      ResumeRules.checkExperience(run, resume.experience());
      if (resume.ifRunning() == IfRunning.REFUSE && RunActivity.isLearned(connection, run)) {
        throw new LogException(
            "Run %s is being learned by another learner; --if-running take-over would end that one and go on here."
                .formatted(run));
      }
      return run;
    }
  }

  private List<Topic> topics(String stream, Topic experience) {
    List<Topic> needed = new ArrayList<>(connection.topics().shared());
    needed.add(experience);
    needed.add(connection.topics().rejected(stream));
    return needed;
  }
}

package dev.relive.cli;

import dev.relive.agents.torch.DeviceChoice;
import dev.relive.cli.EndOptions.OnEnd;
import dev.relive.learner.Algorithm;
import dev.relive.learner.LearnerConfig.OnStop;
import dev.relive.learner.LearnerStart.NewReader;
import dev.relive.learner.LearnerStart.NewRun;
import dev.relive.learner.VersionRange;
import dev.relive.log.ExperiencePlace;
import dev.relive.log.ExperiencePruning.Limit;
import dev.relive.log.StartAt;
import dev.relive.log.TopicCatalogue;
import dev.relive.log.wire.EnvironmentSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the options of a command are found in what it is told.
 *
 * @param <C> what it is told
 */
final class OptionMappings<C> {

  private static final long GIGABYTE = 1_000_000_000;
  private static final String NONE = "not stated";
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
  private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
  private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

  /** What only a run that learns from another's experience has. */
  static final Set<String> SOURCE_OPTIONS =
      Set.of(
          "--source-run",
          "--from",
          "--to",
          "--from-snapshot",
          "--policy-version",
          "--min-return",
          "--held-steps",
          "--shuffled-passes");

  private final String command;
  private final Class<C> type;
  private final List<OptionMapping> mappings = new ArrayList<>();

  private OptionMappings(String command, Class<C> type) {
    this.command = command;
    this.type = type;
  }

  /**
   * Every option of every command, but those of the screen and those that only a resumed run has.
   */
  static List<OptionMapping> all() {
    List<OptionMapping> all = new ArrayList<>();
    all.addAll(broker());
    List<String> onlyLog = List.of("runs ls", "runs delete", "log ls", "log import");
    for (String command : onlyLog) {
      OptionMappings<ToolConfig> look = new OptionMappings<>(command, ToolConfig.class);
      look.addLog(ToolConfig::log);
      all.addAll(look.mappings);
    }
    all.addAll(curves("runs show"));
    all.addAll(curves("runs compare"));
    all.addAll(environmentsShow());
    all.addAll(play());
    all.addAll(snapshotsList());
    all.addAll(snapshotsExport());
    all.addAll(logStat());
    all.addAll(logShow());
    all.addAll(logVerify());
    all.addAll(export());
    all.addAll(prune());
    all.addAll(reproduce());
    all.addAll(train());
    all.addAll(learn());
    all.addAll(replay());
    all.addAll(produce());
    all.addAll(evaluate());
    return all;
  }

  private static List<OptionMapping> broker() {
    OptionMappings<BrokerProgram> broker = new OptionMappings<>("broker", BrokerProgram.class);
    broker.add(
        "--data-directory", c -> c.broker().directory(), Path.of(".relive"), "d", Path.of("d"));
    broker.add("--port", c -> c.broker().port(), 9_092, "0", 0);
    broker.add(
        "--free-disk-floor", c -> c.broker().freeDiskFloor(), GIGABYTE, "500MB", 500_000_000L);
    broker.addEndpoint(BrokerProgram::endpoint, 9_467);
    return broker.mappings;
  }

  private static List<OptionMapping> curves(String command) {
    OptionMappings<CurveConfig> curves = new OptionMappings<>(command, CurveConfig.class);
    curves.addLog(CurveConfig::log);
    Optional<Path> nothing = Optional.empty();
    curves.add("--png", CurveConfig::png, nothing, "c.png", Optional.of(Path.of("c.png")));
    curves.add("--csv", CurveConfig::csv, nothing, "c.csv", Optional.of(Path.of("c.csv")));
    curves.add("--force", CurveConfig::force, false, "true", true);
    return curves.mappings;
  }

  private static List<OptionMapping> environmentsShow() {
    OptionMappings<EnvironmentsShowCommand.Config> show =
        new OptionMappings<>("environments show", EnvironmentsShowCommand.Config.class);
    show.addPython();
    show.add(
        "--environment-option",
        config -> config.environment().options(),
        Map.of("sutton_barto_reward", "false"),
        "sutton_barto_reward=true",
        Map.of("sutton_barto_reward", "true"));
    return show.mappings;
  }

  private static List<OptionMapping> play() {
    OptionMappings<PlayConfig> play = new OptionMappings<>("play", PlayConfig.class);
    play.addLog(PlayConfig::log);
    play.addPython();
    play.add(
        "--environment",
        config -> config.environment().id(),
        Optional.empty(),
        "CartPole-v0",
        Optional.of("CartPole-v0"));
    play.add(
        "--environment-option",
        config -> config.environment().options(),
        Map.of(),
        "a=1;b=2",
        Map.of("a", "1", "b", "2"));
    PolicyChoice usual = new PolicyChoice.Random(12_345);
    SnapshotChoice best = new SnapshotChoice("best");
    play.add("--policy", PlayConfig::policy, usual, "angle", new PolicyChoice.Angle());
    play.add("--action-seed", PlayConfig::policy, usual, "7", new PolicyChoice.Random(7));
    play.add(
        "--run",
        PlayConfig::policy,
        usual,
        "first",
        new PolicyChoice.Learned(Optional.of("first"), best));
    play.add(
        "--snapshot",
        PlayConfig::policy,
        usual,
        "7",
        new PolicyChoice.Learned(Optional.empty(), new SnapshotChoice("7")));
    play.add("--episodes", PlayConfig::episodes, 1, "500", 500);
    play.add("--seed", PlayConfig::seed, 0L, "9", 9L);
    play.add("--fps", PlayConfig::framesPerSecond, 15, "50", 50);
    play.add("--gif", PlayConfig::gif, Optional.empty(), "e.gif", Optional.of(Path.of("e.gif")));
    play.add("--force", PlayConfig::force, false, "true", true);
    return play.mappings;
  }

  private static List<OptionMapping> snapshotsList() {
    OptionMappings<SnapshotsListCommand.Config> list =
        new OptionMappings<>("snapshots ls", SnapshotsListCommand.Config.class);
    list.addLog(SnapshotsListCommand.Config::log);
    list.add(
        "--run", SnapshotsListCommand.Config::run, Optional.empty(), "first", Optional.of("first"));
    return list.mappings;
  }

  private static List<OptionMapping> snapshotsExport() {
    OptionMappings<SnapshotsExportCommand.Config> export =
        new OptionMappings<>("snapshots export", SnapshotsExportCommand.Config.class);
    export.addLog(SnapshotsExportCommand.Config::log);
    export.add(
        "--run",
        SnapshotsExportCommand.Config::run,
        Optional.empty(),
        "first",
        Optional.of("first"));
    export.add(
        "--snapshot",
        SnapshotsExportCommand.Config::snapshot,
        new SnapshotChoice("best"),
        "7",
        new SnapshotChoice("7"));
    export.add(
        "--output", SnapshotsExportCommand.Config::output, ".", "w.safetensors", "w.safetensors");
    export.add("--force", SnapshotsExportCommand.Config::force, false, "true", true);
    return export.mappings;
  }

  private static List<OptionMapping> logStat() {
    OptionMappings<LogStatConfig> stat = new OptionMappings<>("log stat", LogStatConfig.class);
    stat.addLog(LogStatConfig::log);
    stat.add("--run", LogStatConfig::run, Optional.empty(), "first", Optional.of("first"));
    return stat.mappings;
  }

  private static List<OptionMapping> logShow() {
    OptionMappings<LogShowConfig> show = new OptionMappings<>("log show", LogShowConfig.class);
    show.addLog(LogShowConfig::log);
    show.add("--run", LogShowConfig::run, Optional.empty(), "first", Optional.of("first"));
    OptionalInt none = OptionalInt.empty();
    show.add("--partition", LogShowConfig::partition, none, "2", OptionalInt.of(2));
    show.add("--from", LogShowConfig::from, new StartAt.Beginning(), "7", new StartAt.Offset(7));
    show.add("--last", LogShowConfig::last, none, "3", OptionalInt.of(3));
    show.add("--limit", LogShowConfig::limit, 20, "5", 5);
    show.add("--values", LogShowConfig::values, false, "true", true);
    return show.mappings;
  }

  private static List<OptionMapping> logVerify() {
    OptionMappings<LogVerifyConfig> verify =
        new OptionMappings<>("log verify", LogVerifyConfig.class);
    verify.addLog(LogVerifyConfig::log);
    verify.add("--run", LogVerifyConfig::run, Optional.empty(), "first", Optional.of("first"));
    verify.add(
        "--acknowledged",
        LogVerifyConfig::acknowledged,
        Optional.empty(),
        "lines",
        Optional.of("lines"));
    return verify.mappings;
  }

  private static List<OptionMapping> export() {
    OptionMappings<LogExportConfig> export =
        new OptionMappings<>("log export", LogExportConfig.class);
    export.addLog(LogExportConfig::log);
    Optional<Path> file = Optional.of(Path.of("f.relive"));
    export.add("--output", LogExportConfig::output, Optional.empty(), "f.relive", file);
    return export.mappings;
  }

  private static List<OptionMapping> prune() {
    OptionMappings<LogPruneConfig> prune = new OptionMappings<>("log prune", LogPruneConfig.class);
    prune.addLog(LogPruneConfig::log);
    prune.add("--stream", LogPruneConfig::stream, Optional.empty(), "s", Optional.of("s"));
    prune.add("--run", LogPruneConfig::run, Optional.empty(), "first", Optional.of("first"));
    prune.add(
        "--before",
        config -> config.before().limit(),
        new Limit.None(),
        "2026-11-20",
        new Limit.Time(Instant.parse("2026-11-20T00:00:00Z")));
    prune.add("--dry-run", LogPruneConfig::dryRun, false, "true", true);
    return prune.mappings;
  }

  private static List<OptionMapping> reproduce() {
    OptionMappings<ReproduceConfig> reproduce =
        new OptionMappings<>("runs reproduce", ReproduceConfig.class);
    reproduce.addLog(ReproduceConfig::log);
    reproduce.add("--anyway", ReproduceConfig::anyway, false, "true", true);
    return reproduce.mappings;
  }

  private static List<OptionMapping> train() {
    OptionMappings<TrainConfig> train = new OptionMappings<>("train", TrainConfig.class);
    train.addLearner(TrainConfig::device);
    Optional<Path> file = Optional.of(Path.of("r.json"));
    train.add("--result", TrainConfig::result, Optional.empty(), "r.json", file);
    train.add("--free-disk-floor", TrainConfig::freeDiskFloor, GIGABYTE, "2TB", 2_000 * GIGABYTE);
    train.add("--episode-stream", TrainConfig::episodeStream, true, "false", false);
    return train.mappings;
  }

  private static List<OptionMapping> learn() {
    OptionMappings<LearnConfig> learn = new OptionMappings<>("learn", LearnConfig.class);
    learn.addLearner(LearnConfig::device);
    learn.add("--on-end", LearnConfig::onEnd, OnEnd.EXIT, "stay", OnEnd.STAY);
    learn.add("--on-stop", LearnConfig::onStop, OnStop.END, "leave", OnStop.LEAVE);
    return learn.mappings;
  }

  private static List<OptionMapping> replay() {
    OptionMappings<ReplayConfig> replay = new OptionMappings<>("replay", ReplayConfig.class);
    replay.addService(ReplayConfig::log, ReplayConfig::endpoint, 9_464);
    replay.add("--device", ReplayConfig::device, DeviceChoice.AUTO, "cpu", DeviceChoice.CPU);
    replay.addReader(
        "--environment",
        r -> Optional.ofNullable(r.environment()).map(EnvironmentSpec::getId),
        Optional.empty(),
        "CartPole-v0",
        Optional.of("CartPole-v0"));
    replay.addReader(
        "--environment-option",
        r -> Optional.ofNullable(r.environment()).map(e -> e.getOptions(0).getValue()),
        Optional.empty(),
        "sutton_barto_reward=true",
        Optional.of("true"));
    replay.addReader(
        "--algorithm",
        NewReader::algorithm,
        Algorithm.DOUBLE_DQN,
        "actor-critic",
        Algorithm.ACTOR_CRITIC);
    replay.addReader("--set", reader("return.discount"), NONE, "return.discount=0.9", "0.9");
    replay.addReader("--steps", reader("schedule.steps"), NONE, "5000", "5000");
    replay.addReader("--seed", NewReader::seed, null, "7", 7L);
    replay.addReader("--label", NewReader::label, "", "second", "second");
    replay.addReader(
        "--from",
        r -> Optional.ofNullable(r.range().from()),
        Optional.empty(),
        "2026-11-20T19:34:48+01:00",
        Optional.of(new ExperiencePlace.Time(Instant.parse("2026-11-20T18:34:48Z"))));
    replay.addReader(
        "--to",
        r -> Optional.ofNullable(r.range().to()),
        Optional.empty(),
        "900",
        Optional.of(new ExperiencePlace.Segment(900)));
    replay.addReader("--from-snapshot", r -> r.range().fromSnapshot(), 0L, "812", 812L);
    replay.addReader(
        "--policy-version",
        r -> Optional.ofNullable(r.filters().policyVersions()),
        Optional.empty(),
        "5..9",
        Optional.of(new VersionRange(5, 9)));
    replay.addReader("--shuffled-passes", r -> r.range().shuffledPasses(), 0L, "3", 3L);
    replay.addReader(
        "--min-return",
        r -> Optional.ofNullable(r.filters().minReturn()),
        Optional.empty(),
        "-20.5",
        Optional.of(-20.5));
    return replay.mappings;
  }

  private static Function<NewReader, Object> reader(String setting) {
    return reader -> reader.settings().asMap().getOrDefault(setting, NONE);
  }

  private void addReader(
      String option,
      Function<NewReader, Object> field,
      @Nullable Object usual,
      String text,
      Object stated) {
    add(
        option,
        config -> field.apply((NewReader) ((LearningConfig) config).start()),
        usual,
        text,
        stated);
  }

  private static List<OptionMapping> produce() {
    OptionMappings<ProduceConfig> produce = new OptionMappings<>("produce", ProduceConfig.class);
    produce.addService(ProduceConfig::log, ProduceConfig::endpoint, 9_465);
    produce.add("--run", ProduceConfig::run, Optional.empty(), "first", Optional.of("first"));
    produce.add("--name", ProduceConfig::name, null, "left", "left");
    produce.add("--run-timeout", ProduceConfig::runTimeout, TEN_MINUTES, "2", TWO_SECONDS);
    produce.add("--lanes", ProduceConfig::lanes, OptionalInt.empty(), "4", OptionalInt.of(4));
    produce.add("--free-running", ProduceConfig::freeRunning, false, "true", true);
    produce.add("--device", ProduceConfig::device, DeviceChoice.CPU, "auto", DeviceChoice.AUTO);
    produce.add("--on-end", ProduceConfig::onEnd, OnEnd.EXIT, "stay", OnEnd.STAY);
    produce.add(
        "--delivery-timeout", ProduceConfig::deliveryTimeout, HALF_A_MINUTE, "2", TWO_SECONDS);
    return produce.mappings;
  }

  private static List<OptionMapping> evaluate() {
    OptionMappings<EvaluateConfig> evaluate =
        new OptionMappings<>("evaluate", EvaluateConfig.class);
    evaluate.addService(EvaluateConfig::log, EvaluateConfig::endpoint, 9_466);
    evaluate.add("--run", EvaluateConfig::run, Optional.empty(), "first", Optional.of("first"));
    evaluate.add("--name", EvaluateConfig::name, null, "judge", "judge");
    evaluate.add("--run-timeout", EvaluateConfig::runTimeout, TEN_MINUTES, "2", TWO_SECONDS);
    evaluate.add("--episodes", EvaluateConfig::episodes, 100, "20", 20);
    evaluate.add("--stochastic-episodes", EvaluateConfig::stochasticEpisodes, 0, "5", 5);
    evaluate.add("--lanes", EvaluateConfig::lanes, 100, "10", 10);
    evaluate.add("--device", EvaluateConfig::device, DeviceChoice.CPU, "gpu", DeviceChoice.GPU);
    evaluate.add("--on-end", EvaluateConfig::onEnd, OnEnd.EXIT, "stay", OnEnd.STAY);
    evaluate.add("--episode-stream", EvaluateConfig::episodeStream, true, "false", false);
    return evaluate.mappings;
  }

  private void addLearner(Function<C, DeviceChoice> device) {
    addService(c -> ((ServiceConfig) c).log(), c -> ((ServiceConfig) c).endpoint(), 9_464);
    add("--device", device::apply, DeviceChoice.AUTO, "cpu", DeviceChoice.CPU);
    addRun("--environment", run -> run.environment().getId(), "CartPole-v1", "CartPole-v0");
    add(
        "--environment-option",
        config -> run(config).environment().getOptions(0).getValue(),
        "false",
        "sutton_barto_reward=true",
        "true");
    add(
        "--algorithm",
        config -> run(config).algorithm(),
        Algorithm.DOUBLE_DQN,
        "actor-critic",
        Algorithm.ACTOR_CRITIC);
    addSetting("--set", "return.discount", "0.98", "return.discount=0.9", "0.9");
    addSetting("--steps", "schedule.steps", "100000", "5000", "5000");
    addSetting("--lanes", "flow.lanes", "8", "4", "4");
    addSetting("--max-lead", "flow.max-lead", "512", "64", "64");
    addSetting("--segment-length", "flow.segment-length", "128", "16", "16");
    add("--seed", config -> run(config).seed(), null, "7", 7L);
    add("--deterministic", config -> run(config).deterministic(), false, "true", true);
    addRun("--label", NewRun::label, "", "first");
    add(
        "--retention",
        config -> run(config).retention(),
        TopicCatalogue.FOREVER,
        "30d",
        Duration.ofDays(30));
  }

  private static NewRun run(Object config) {
    return (NewRun) ((LearningConfig) config).start();
  }

  private void addRun(String option, Function<NewRun, Object> field, String usual, String stated) {
    add(option, config -> field.apply(run(config)), usual, stated, stated);
  }

  private void addSetting(String option, String setting, String usual, String text, String stated) {
    add(option, config -> run(config).settings().text(setting), usual, text, stated);
  }

  private void addService(
      Function<C, LogPlace> log, Function<C, Endpoint> endpoint, int usualPort) {
    addLog(log);
    addPython();
    addEndpoint(endpoint, usualPort);
  }

  private void addEndpoint(Function<C, Endpoint> endpoint, int usualPort) {
    add("--http-host", c -> endpoint.apply(c).host(), "127.0.0.1", "0.0.0.0", "0.0.0.0");
    add(
        "--http-port",
        c -> endpoint.apply(c).port(),
        Port.usual(usualPort),
        Integer.toString(usualPort),
        new Port(usualPort, true));
  }

  /** Which Python to use is said to the process, and is nothing of the run's. */
  private void addPython() {
    add("--python", c -> System.getProperty("relive.python"), "python3", "p", "p");
    add("--python-processes", c -> Integer.getInteger("relive.python.processes"), 1, "4", 4);
    add("--python-timeout", c -> Integer.getInteger("relive.python.timeout"), 60, "2", 2);
  }

  private void addLog(Function<C, LogPlace> log) {
    add(
        "--data-directory",
        c -> log.apply(c).dataDirectory(),
        Path.of(".relive"),
        "d",
        Path.of("d"));
    add(
        "--bootstrap-servers",
        c -> log.apply(c).servers(),
        Optional.empty(),
        "kafka:9092",
        Optional.of("kafka:9092"));
    add("--topic-prefix", c -> log.apply(c).topicPrefix(), "relive", "mine", "mine");
    add("--broker-timeout", c -> log.apply(c).brokerTimeout(), HALF_A_MINUTE, "2", TWO_SECONDS);
  }

  private void add(
      String option,
      Function<C, @Nullable Object> field,
      @Nullable Object usual,
      String text,
      Object stated) {
    mappings.add(
        new OptionMapping(
            command, option, config -> field.apply(type.cast(config)), usual, text, stated));
  }
}

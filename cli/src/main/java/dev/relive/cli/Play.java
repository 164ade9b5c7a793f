package dev.relive.cli;

import dev.relive.cli.Episode.Result;
import dev.relive.cli.display.Numbers;
import dev.relive.cli.display.Terminal;
import dev.relive.environments.Environment;
import dev.relive.environments.EnvironmentFailure;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Environments;
import dev.relive.service.UserException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Plays the episodes that the user asks for, and says what came of them. */
final class Play implements AutoCloseable {

  private static final Duration LAST_PICTURE = Duration.ofSeconds(1);

  private final PlayConfig config;
  private final Tool tool;
  private final Game game;
  private final Environment environment;
  private final PlayedEpisodes played = new PlayedEpisodes();

  private Play(PlayConfig config, Tool tool, Game game) {
    this.config = config;
    this.tool = tool;
    this.game = game;
    environment = Environments.environment(game.environment());
  }

  /**
   * Plays.
   *
   * @return an {@link ExitCode}
   * @throws UserException if it cannot be done, or the environment fails
   */
  static int run(PlayConfig config, Tool tool, Terminal terminal) throws Exception {
    file(config).ifPresent(WholeFile::requireWritable);
    try (Play play = new Play(config, tool, Game.of(config, tool))) {
      play.run(terminal);
      return tool.group().isEnding() ? ExitCode.INTERRUPTED : ExitCode.SUCCESS;
    } catch (EnvironmentFailure e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Optional<WholeFile> file(PlayConfig config) {
    return config.gif().map(path -> new WholeFile(path, config.force()));
  }

  private void run(Terminal terminal) throws Exception {
    Optional<WholeFile> file = file(config);
    if (file.isPresent()) {
      save(file.get());
    } else if (config.episodes() == 1 && !tool.asJson()) {
      show(terminal);
    } else {
      measure();
    }
  }

  private Episode begin(long index) {
    return new Episode(environment, game.policy(), config.seed() + index);
  }

  /** Shows an episode. */
  private void show(Terminal terminal) throws Exception {
    Episode episode = begin(0);
    try (EpisodeScreen screen =
        EpisodeScreen.on(tool.out(), terminal, config.framesPerSecond(), tool.group())) {
      screen.show(environment.text(), episode.standing());
      while (!episode.isOver() && !tool.group().isEnding()) {
        episode.step();
        screen.show(environment.text(), episode.standing());
      }
    }
    if (episode.isOver()) {
      tool.out().println(sentence(episode.result()));
    }
  }

  /** Plays episodes without showing them. */
  private void measure() {
    for (long index = 0; index < config.episodes() && !tool.group().isEnding(); index++) {
      Episode episode = begin(index);
      while (!episode.isOver() && !tool.group().isEnding()) {
        episode.step();
        tool.progress().show("playing", index, config.episodes(), "episodes");
      }
      if (episode.isOver()) {
        played.add(episode.result());
      }
    }
    tool.progress().clear();
    if (played.count() > 0) {
      tool.out().print(tool.asJson() ? Json.text(json()) : title() + "\n\n" + played.table());
    }
  }

  /** Saves an episode as pictures that move. */
  private void save(WholeFile file) {
    Episode episode = begin(0);
    if (file.write(part -> draw(episode, new AnimatedGif(part)))) {
      tool.progress().clear();
      played.add(episode.result());
      Map<String, @Nullable Object> json = json();
      json.put("file", file.path().toString());
      tool.out()
          .print(
              tool.asJson()
                  ? Json.text(json)
                  : "%s: %s\n".formatted(file.path(), sentence(episode.result())));
    }
  }

  private boolean draw(Episode episode, AnimatedGif into) throws IOException {
    Duration shown = Duration.ofSeconds(1).dividedBy(config.framesPerSecond());
    try (AnimatedGif gif = into) {
      while (!episode.isOver()) {
        if (tool.group().isEnding()) {
          return false;
        }
        gif.add(picture(), shown);
        episode.step();
        tool.progress().show("drawing", episode.steps(), 0, "steps");
      }
      gif.add(picture(), LAST_PICTURE);
      gif.finish();
      return true;
    }
  }

  private BufferedImage picture() {
    try {
      return environment.image();
    } catch (InternalError | LinkageError e) {
      throw new UserException("No picture can be drawn here, without fonts say: " + e, e);
    }
  }

  private String sentence(Result result) {
    String end =
        !result.truncated()
            ? "terminated"
            : result.terminated() ? "terminated and truncated" : "truncated";
    return "seed %d, return %s in %s steps, %s"
        .formatted(
            config.seed(), Numbers.decimal(result.total()), Numbers.count(result.steps()), end);
  }

  private String title() {
    String count =
        played.count() == config.episodes()
            ? Numbers.count(config.episodes())
            : "stopped after %s of %s"
                .formatted(Numbers.count(played.count()), Numbers.count(config.episodes()));
    return "%s · %s · %s episodes, seeds %d to %d"
        .formatted(
            game.environment().id(),
            game.policy().name(),
            count,
            config.seed(),
            config.seed() + played.count() - 1);
  }

  private Map<String, @Nullable Object> json() {
    EnvironmentSpec spec = game.environment();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("environment", spec.id());
    json.put("environmentOptions", new TreeMap<>(spec.options()));
    json.put("wrappers", spec.wrappers().texts());
    json.put("maxEpisodeSteps", spec.maxEpisodeSteps());
    json.put("policy", game.policy().name());
    json.put("seed", config.seed());
    json.putAll(played.json());
    return json;
  }

  @Override
  public void close() {
    environment.close();
    game.policy().close();
  }
}

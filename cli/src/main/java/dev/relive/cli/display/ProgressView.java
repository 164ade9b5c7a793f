package dev.relive.cli.display;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a command shows of its work at one moment.
 *
 * @param title what it works on, such as the environment, the algorithm and the seed
 * @param activity what goes on, such as "learning"
 * @param elapsed since the command began
 * @param sections from top to bottom; none before there is anything to tell
 * @param log where the log is
 * @param page where the page is, once it is
 */
public record ProgressView(
    List<String> title,
    String activity,
    Duration elapsed,
    List<Section> sections,
    String log,
    @Nullable String page) {

  public ProgressView {
    title = List.copyOf(title);
    sections = List.copyOf(sections);
  }

  /** Counts what is worth a line of its own as soon as it has come about. */
  int milestones() {
    return sections.stream().mapToInt(Section::milestones).sum();
  }
}

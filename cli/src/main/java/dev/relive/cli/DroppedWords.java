package dev.relive.cli;

import dev.relive.cli.display.Numbers;
import dev.relive.learner.Dropped;
import dev.relive.learner.LearnerStatus;
import java.util.ArrayList;
import java.util.List;

/** What a run's filters have not let through, in words. */
final class DroppedWords {

  private DroppedWords() {}

  /** A few words for everything of which there is some. */
  static List<String> of(LearnerStatus status) {
    Dropped dropped = status.dropped();
    List<String> words = new ArrayList<>();
    add(words, dropped.steps(), "steps");
    add(words, dropped.otherVersionSteps(), "of them by other versions");
    add(words, dropped.lowReturnEpisodes(), "episodes of a low return");
    add(words, dropped.abandonedEpisodes(), "abandoned");
    add(words, dropped.oversizedEpisodes(), "too long to hold");
    add(words, status.heldEpisodes(), "open");
    return words;
  }

  private static void add(List<String> words, long count, String what) {
    if (count > 0) {
      words.add(Numbers.count(count) + " " + what);
    }
  }
}

package dev.relive.cli.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LiveFrameTest {

  @Test
  void showsARunThatLearns() {
    assertEquals(
        """
        CartPole-v1 · double-dqn · seed 7 · run k3v9 · learning
        steps       ━━━━━━━━────────────────────────  51,234 of at most 200,000  0:12
        speed       3,512 steps/s · 7.3 updates/s · 12,808 updates
        training    187.3 mean return of the last 100 episodes · ε 0.05 · loss 0.01235
        evaluation  421.0 ± 74.0 last · 476.3 best · 475.0 solves it
                    ▁▁▃▅█▇
        learner     replay 50,000 of 50,000
        published   policy 3,202 · snapshot 3,125 · checkpoint of step 50,000
        producer    312 steps ahead of at most 1,024 · waits 12 % of the time for the learner to catch up
        log         .relive · page http://127.0.0.1:9464/ · Ctrl-C ends it cleanly
        """,
        text(ProgressViews.learning(), 100));
  }

  @Test
  void showsARunThatStarts() {
    assertEquals(
        """
        CartPole-v1 · double-dqn · seed 7 · starting Kafka and PyTorch
        log         .relive · Ctrl-C ends it cleanly
        """,
        text(ProgressViews.starting(), 100));
  }

  @Test
  void showsALearnerOfBatchesThatWasGoneOnWith() {
    assertEquals(
        """
        CartPole-v1 · actor-critic · seed 7 · run k3v9 · learning
        steps       ━━━━────────────────────────────  12,800 of at most 100,000  1:15
        speed       900 steps/s · 3.5 updates/s · 50 updates
        training    30.5 mean return of 80 episodes · entropy 0.6421 · loss 1.250
        evaluation  none yet

        learner     batch 128 of 256 · 1,300 stale steps · generation 2
        published   policy 51
        log         .relive · page http://127.0.0.1:9464/ · Ctrl-C ends it cleanly
        """,
        text(ProgressViews.learningOnPolicy(), 100));
  }

  @Test
  void showsAProducer() {
    assertEquals(
        """
        producer-left · run k3v9 · stepping
        steps       51,234 at 3,512 steps/s in 8 lanes by policy 3,202  1:02
        segments    612 in the log · 3 in flight · 1.2 MB
        training    87.3 mean return of 57 episodes · ε 0.05
        producer    312 steps ahead of at most 1,024 · waits 25 % of the time for newer weights · waits 50 % of the time for the learner to catch up
        log         kafka:9092 · Ctrl-C ends it cleanly
        """,
        text(ProgressViews.producing(), 200));
  }

  @Test
  void showsAnEvaluator() {
    assertEquals(
        """
        evaluator-one · run k3v9 · evaluating
        evaluation  421.0 ± 74.0 last · 476.3 best · 475.0 solves it
                    ▁▁▃▅█▇
        evaluator   7 evaluations · 2 skipped  1:02
        log         .relive · page http://127.0.0.1:9464/ · Ctrl-C ends it cleanly
        """,
        text(ProgressViews.evaluating(), 100));
  }

  @Test
  void cutsLinesWhereTheTerminalEnds() {
    assertEquals(
        """
        CartPole-v1 · double-dqn · seed 7 · run k3v9 · le…
        steps       ━───  51,234 of at most 200,000  0:12
        speed       3,512 steps/s · 7.3 updates/s · 12,80…
        training    187.3 mean return of the last 100 epi…
        evaluation  421.0 ± 74.0 last · 476.3 best · 475.…
                    ▁▁▃▅█▇
        learner     replay 50,000 of 50,000
        published   policy 3,202 · snapshot 3,125 · check…
        producer    312 steps ahead of at most 1,024 · wa…
        log         .relive · page http://127.0.0.1:9464/…
        """,
        text(ProgressViews.learning(), 50));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 13, 40, 61, 79, 80, 200})
  void neverWritesBeyondTheTerminal(int columns) {
    for (String line : LiveFrame.render(ProgressViews.learning(), columns, false)) {
      assertTrue(line.length() <= columns, line);
    }
  }

  @Test
  void showsLossesOnlyWhenThereAreSome() {
    ProgressView view = ProgressViews.learning(Duration.ofHours(1), 1, new Losses(2, 0, 1_300));

    List<String> lines = LiveFrame.render(view, 100, false);

    assertEquals("losses      2 gaps · 0 duplicates · 1,300 rejected", lines.get(9));
    assertEquals(11, lines.size());
  }

  @Test
  void coloursWhatMatters() {
    List<String> lines = LiveFrame.render(ProgressViews.learning(), 100, true);

    assertEquals(
        "\u001b[36mevaluation  \u001b[0m\u001b[1m421.0\u001b[0m ± 74.0 last · "
            + "\u001b[1;32m476.3\u001b[0m best · 475.0 solves it",
        lines.get(4));
  }

  private static String text(ProgressView view, int columns) {
    StringBuilder text = new StringBuilder();
    LiveFrame.render(view, columns, false)
        .forEach(line -> text.append(line.stripTrailing()).append('\n'));
    return text.toString();
  }
}

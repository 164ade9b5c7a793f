package dev.relive.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Where a schedule takes place: at each event one thread of one process does a little. A thread
 * that talks to the broker stands still in the middle of what it does while others act.
 */
final class World implements InstantSource {
  private static final Duration EVENT = Duration.ofMillis(20);
  private static final int NOTES = 80;
  private static final int DEEPEST = 3;

  private final Chance chance;
  private final Scenario scenario;
  private final List<SimulatedProcess> processes = new ArrayList<>();
  private final Deque<Task> standingStill = new ArrayDeque<>();
  private final Deque<String> notes = new ArrayDeque<>();
  private Runnable fortune = () -> {};
  private Instant now = Instant.ofEpochSecond(1_000_000);
  private boolean troubled = true;
  private long events;

  World(Chance chance, Scenario scenario) {
    this.chance = chance;
    this.scenario = scenario;
  }

  Chance chance() {
    return chance;
  }

  Scenario scenario() {
    return scenario;
  }

  /** Before each event from now on this may strike or help. */
  void letHappen(Runnable what) {
    fortune = what;
  }

  /** Whether faults still happen. */
  boolean isTroubled() {
    return troubled;
  }

  void endTrouble() {
    troubled = false;
    note("-- trouble ends");
  }

  long events() {
    return events;
  }

  void start(SimulatedProcess process) {
    note("starts: " + process);
    processes.add(process);
  }

  void kill(SimulatedProcess process) {
    note("killed: " + process);
    process.kill();
  }

  /** Everyone that runs. */
  List<SimulatedProcess> processes() {
    processes.removeIf(process -> !process.isAlive());
    return List.copyOf(processes);
  }

  /** One thread that has something to do does it; time passes in any case. */
  void event() {
    events++;
    now = now.plus(EVENT);
    fortune.run();
    List<Choice> choices = choices();
    if (!choices.isEmpty()) {
      run(weighted(choices));
    }
  }

  private record Choice(SimulatedProcess process, Task task) {}

  private List<Choice> choices() {
    List<Choice> choices = new ArrayList<>();
    for (SimulatedProcess process : processes()) {
      for (Task task : process.tasks()) {
        if (!standingStill.contains(task) && task.isReady()) {
          choices.add(new Choice(process, task));
        }
      }
    }
    return choices;
  }

  private Choice weighted(List<Choice> choices) {
    int total = choices.stream().mapToInt(choice -> choice.process().speed()).sum();
    int left = chance.between(1, total);
    for (Choice choice : choices) {
      left -= choice.process().speed();
      if (left <= 0) {
        return choice;
      }
    }
    throw new AssertionError("the weights add up");
  }

  private void run(Choice choice) {
    Task task = choice.task();
    standingStill.push(task);
    try {
      task.work().run();
    } catch (ProcessKilled e) {
      note("stopped in the middle of: " + task.name());
    } finally {
      standingStill.pop();
    }
  }

  /** Somebody is on the way to the broker. */
  void othersAct() {
    while (standingStill.size() < DEEPEST && chance.onceIn(3)) {
      event();
    }
  }

  /** Remembers what happened, to be told with a violation. */
  void note(String what) {
    notes.add(events + "  " + what);
    if (notes.size() > NOTES) {
      notes.remove();
    }
  }

  String notes() {
    return String.join("\n", notes);
  }

  @Override
  public Instant instant() {
    return now;
  }
}

package dev.relive.simulation;

import dev.relive.simulation.kafka.Network;
import java.util.List;

/** One start of a process: it lives until it ends or is killed, and never again. */
abstract class SimulatedProcess implements Network {
  private final String name;
  private final World world;
  private boolean alive = true;

  /** Of ten parts of the time of all processes, how many are this one's. */
  private int speed;

  SimulatedProcess(String name, World world) {
    this.name = name;
    this.world = world;
    this.speed = world.chance().between(1, 10);
  }

  /** Its threads. */
  abstract List<Task> tasks();

  final String name() {
    return name;
  }

  final boolean isAlive() {
    return alive;
  }

  final int speed() {
    return speed;
  }

  final void changeSpeed() {
    speed = world.chance().between(1, 10);
  }

  /** It ends where it stands. */
  void kill() {
    alive = false;
  }

  @Override
  public final void delay() {
    world.othersAct();
    if (world.isTroubled() && world.chance().onceIn(world.scenario().killedIn())) {
      world.note("killed in a request: " + name);
      kill();
    }
    if (!alive) {
      throw new ProcessKilled(name);
    }
  }

  @Override
  public final Fate fate() {
    if (world.isTroubled() && world.chance().onceIn(world.scenario().lostIn())) {
      return world.chance().pick(List.of(Fate.ANSWER_LOST, Fate.LOST));
    }
    return Fate.ANSWERED;
  }

  @Override
  public String toString() {
    return name;
  }
}

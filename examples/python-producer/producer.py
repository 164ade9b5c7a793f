"""A producer for Relive that is no part of it: Python, a stock Kafka client, and docs/wire-format.md.

Finds the only active run, steps its environment with Gymnasium by the newest weights of its learner, and writes every
transition to the log, until the run ends or Ctrl-C. For algorithms that explore with ε, such as double-dqn.

    pip install -r requirements.txt
    relive broker &
    relive learn & relive evaluate &
    python producer.py 127.0.0.1:9092
"""

import argparse
import json
import random
import signal
import sys
import time

import gymnasium
import numpy as np
import wire
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, Producer, TopicPartition

CONTINUES, TERMINATED, TRUNCATED, ABANDONED = 1, 2, 3, 4
ACTIVE = 1


class Log:
    """What a learner says of its run, and where its experience goes."""

    def __init__(self, servers, prefix):
        self.prefix = prefix
        self.consumer = Consumer({
            "bootstrap.servers": servers,
            "group.id": "python-producer",  # asked for by the client; nothing is committed
            "enable.auto.commit": False,
            "isolation.level": "read_committed",
            "enable.partition.eof": True,
        })
        self.producer = Producer({
            "bootstrap.servers": servers,
            "acks": "all",
            "enable.idempotence": True,
            "compression.type": "lz4",
            "linger.ms": 5,
            "delivery.timeout.ms": 30_000,
        })
        self.runs, self.phases, self.ended, self.progress, self.policy = {}, {}, set(), {}, None

    def topic(self, name):
        return f"{self.prefix}.{name}"

    def follow(self, *places):
        """Reads these topics, each of one partition, from these offsets on."""
        self.consumer.assign([TopicPartition(self.topic(name), 0, offset) for name, offset in places])
        self.behind = {self.topic(name) for name, _ in places}

    def catch_up(self):
        """Reads to the end of what there is."""
        while self.behind:
            self.read(1)

    def read(self, seconds):
        for message in self.consumer.consume(1_000, seconds):
            if message.error() is None:
                self.take(message.topic()[len(self.prefix) + 1 :], message.key().decode(), message.value())
            elif message.error().code() == KafkaError._PARTITION_EOF:
                self.behind.discard(message.topic())
            else:
                sys.exit(f"Kafka says: {message.error().str()}.")

    def take(self, topic, key, value):
        if topic == "runs":
            run, _, part = key.rpartition("/")
            if value is None:
                self.runs.pop(run, None)
            elif part == "spec":
                self.runs[run] = wire.read_record(b"R", value)
            elif part == "state":
                self.phases[run] = wire.first(wire.read_record(b"T", value), 3)
            elif part == "verdict":
                self.ended.add(run)
        elif topic == "progress" and value is not None:
            self.progress[key] = wire.read_record(b"P", value)
        elif topic == "policies" and value is not None and key == self.run:
            self.policy = Policy(wire.read_record(b"A", value))

    def active(self):
        """The runs with experience of their own that go on."""
        return [
            run for run, spec in self.runs.items()
            if self.phases.get(run) == ACTIVE and run not in self.ended and not wire.text(spec, 12)
        ]

    def await_run(self):
        self.run = None
        self.follow(("runs", OFFSET_BEGINNING), ("progress", OFFSET_BEGINNING))
        self.catch_up()
        while not (active := self.active()) or active[0] not in self.progress:
            self.read(1)
        if len(active) > 1:
            sys.exit("There are several active runs: " + ", ".join(active) + ".")
        self.run = active[0]
        newest = wire.parse(wire.first(self.progress[self.run], 12, b""))
        self.follow(("runs", OFFSET_BEGINNING), ("progress", OFFSET_BEGINNING), ("policies", wire.first(newest, 3)))
        self.catch_up()
        return self.runs[self.run]

    def goes_on(self):
        return self.run in self.active()


class Policy:
    """A learner's weights, and how much to explore."""

    def __init__(self, fields):
        self.version = wire.first(fields, 3)
        self.epsilon = np.uint32(wire.first(fields, 7)).view(np.float32).item()
        network = wire.parse(wire.first(fields, 8))
        if wire.settings(network, 6).get("heads", "action-values") != "action-values" or wire.parse(wire.first(fields, 10, b"")):
            sys.exit("This example acts by the values of actions, and by nothing that is to be preprocessed.")
        self.actions = wire.first(network, 3)
        tensors = wire.tensors(wire.first(wire.parse(wire.first(fields, 9)), 1))
        self.layers = [(tensors[f"{2 * i}.weight"].T, tensors[f"{2 * i}.bias"]) for i in range(len(tensors) // 2)]

    def act(self, observations):
        """An action for each row, and the probability with which it was to be chosen."""
        x = observations.reshape(len(observations), -1)
        for i, (weight, bias) in enumerate(self.layers):
            x = x @ weight + bias
            if i < len(self.layers) - 1:
                x = np.maximum(x, 0)
        greedy = x.argmax(axis=1)
        explores = np.random.random(len(x)) < self.epsilon
        actions = np.where(explores, np.random.randint(self.actions, size=len(x)), greedy)
        return actions, self.epsilon / self.actions + (1 - self.epsilon) * (actions == greedy)


class Lane:
    """One environment, and what it experienced since its last segment."""

    def __init__(self, number, make):
        self.number, self.environment, self.episode = number, make(), -1
        self.begin(random.getrandbits(31))

    def begin(self, seed=None):
        observation, _ = self.environment.reset(seed=seed)
        self.episode, self.first_step = self.episode + 1, 0
        self.clear(observation)

    def clear(self, observation):
        self.observations, self.times = [observation], [micros()]
        self.actions, self.rewards, self.probabilities, self.versions = [], [], [], []

    def step(self, action, probability, version):
        """Does an action, and says whether the episode ends with it."""
        observation, reward, terminated, truncated, _ = self.environment.step(action)
        self.observations.append(observation)
        self.times.append(micros())
        self.actions.append(action)
        self.rewards.append(reward)
        self.probabilities.append(probability)
        self.versions.append(version)
        return TERMINATED if terminated else TRUNCATED if truncated else CONTINUES


class Actor:
    """This start of this producer: its lanes, its segments, and how far it may be ahead of the learner."""

    def __init__(self, log, spec, name, lanes):
        self.log, self.run, self.name = log, log.run, name
        self.epoch = random.getrandbits(64)
        environment, flow = wire.parse(wire.first(spec, 5)), wire.settings(spec, 7)
        self.segment_length, self.max_lead = int(flow["flow.segment-length"]), int(flow["flow.max-lead"])
        self.partition = wire.first(wire.parse(wire.first(spec, 11)), 1)
        self.topic = log.topic("experience." + wire.escaped(wire.text(spec, 10)))
        self.observation_form, self.action_form = (form(environment, field) for field in (4, 5))
        options = {name: parsed(value) for name, value in wire.settings(environment, 2).items()}
        limit = wire.first(environment, 6) or -1
        id = wire.text(environment, 1).removeprefix("gymnasium:")
        self.lanes = [Lane(i, lambda: gymnasium.make(id, max_episode_steps=limit, **options)) for i in range(lanes)]
        self.sequence, self.steps, self.segmented_steps, self.in_log = 0, 0, 0, {}

    def may_step(self):
        return self.steps - self.ingested() + len(self.lanes) <= self.max_lead

    def ingested(self):
        progress = self.log.progress[self.run]
        for actor in map(wire.parse, progress.get(16, [])):
            if wire.text(actor, 1) == self.name and wire.first(actor, 2) == self.epoch:
                return wire.first(actor, 3)
        next_offset = wire.first(wire.parse(wire.first(progress, 18, b"")), 3)
        return max((steps for offset, steps in self.in_log.items() if offset < next_offset), default=0)

    def step(self):
        policy = self.log.policy
        actions, probabilities = policy.act(np.stack([lane.observations[-1] for lane in self.lanes]))
        for lane, action, probability in zip(self.lanes, actions, probabilities):
            end = lane.step(action, probability, policy.version)
            self.steps += 1
            if end != CONTINUES:
                self.cut(lane, end)
                lane.begin()
            elif len(lane.actions) == self.segment_length:
                self.cut(lane, CONTINUES)

    def cut(self, lane, end):
        """Makes a segment of what a lane experienced, and sends it."""
        length = len(lane.actions)
        self.segmented_steps += length
        columns = (
            wire.column(*self.observation_form, lane.observations),
            wire.column(*self.action_form, lane.actions),
            wire.column(wire.FLOAT32, (), lane.rewards),
            wire.column(wire.FLOAT32, (), lane.probabilities),
        )
        value = wire.segment(
            self.run, self.name, self.epoch, self.sequence, lane.number, lane.episode, lane.first_step, end,
            lane.versions, self.segmented_steps, (lane.times[0], lane.times[-1]), columns,
        )
        steps = self.segmented_steps
        self.log.producer.produce(
            self.topic, value, f"{self.run}/{self.name}", self.partition,
            on_delivery=lambda error, message: self.delivered(error, message, steps),
        )
        self.sequence += 1
        lane.first_step += length
        lane.clear(lane.observations[-1])

    def delivered(self, error, message, steps):
        if error is not None:
            sys.exit(f"A segment may not be in the log: {error.str()}.")
        self.in_log = {offset: old for offset, old in self.in_log.items() if old > steps - 2 * self.max_lead}
        self.in_log[message.offset()] = steps

    def cut_pending(self):
        for lane in self.lanes:
            if lane.actions:
                self.cut(lane, CONTINUES)
        self.log.producer.flush()

    def close(self):
        for lane in self.lanes:
            if lane.first_step + len(lane.actions) > 0:
                self.cut(lane, ABANDONED)
        self.log.producer.flush()


def form(environment, field):
    """The element type and the row shape of a space's values."""
    space = wire.parse(wire.first(environment, field))
    shape = wire.parse_varints(wire.first(space, 3, b""))
    return wire.first(space, 2), shape


def parsed(value):
    try:
        return json.loads(value)
    except ValueError:
        return value


def micros():
    return time.time_ns() // 1_000


def main():
    options = argparse.ArgumentParser(description="A producer for the only active run.")
    options.add_argument("servers", help="host:port of a Kafka")
    options.add_argument("--topic-prefix", default="relive")
    options.add_argument("--name", default=f"python-{random.getrandbits(32):08x}", help="what it is called in the log")
    options.add_argument("--lanes", type=int, default=8, help="environments side by side")
    chosen = options.parse_args()
    stopping = []
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stopping.append(True))

    log = Log(chosen.servers, chosen.topic_prefix)
    actor = Actor(log, log.await_run(), chosen.name, chosen.lanes)
    print(f"{actor.name} steps {chosen.lanes} lanes for run {actor.run}", flush=True)
    while log.goes_on() and not stopping:
        if log.policy is not None and actor.may_step():
            log.read(0)
            actor.step()
            log.producer.poll(0)
        else:
            actor.cut_pending()
            log.read(0.05)
    actor.close()
    print(f"{actor.steps} steps in {actor.sequence} segments are in the log", flush=True)


if __name__ == "__main__":
    main()

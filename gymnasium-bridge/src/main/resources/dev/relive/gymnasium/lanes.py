"""Steps lanes of a Gymnasium environment for a Java process at the other end of two pipes.

A message is its length and its kind, then its payload, all little-endian; a request has one reply, before which a word
that it comes soon may stand. What the user's code prints goes to the standard error: the pipes are moved away from the
standard streams first. Ends when the other end closes its pipe, also in the middle of a step.
"""

import functools
import importlib
import importlib.metadata
import json
import math
import os
import platform
import select
import signal
import struct
import sys
import threading
import time
import traceback

MAKE, RESET, STEP, RENDER, CLOSE = range(5)
DONE, FAILED, SOON = range(3)
TERMINATED, TRUNCATED, BROKE_OFF, NOT_BEGUN = 1, 2, 4, 8
DISCRETE, BOX, MULTI_DISCRETE, MULTI_BINARY = range(4)
IMAGE, TEXT = range(2)
OWN_LONGEST_EPISODE = -2
LARGEST_SPACE = 1 << 24
SECONDS_AWAKE = 100e-6
SECONDS_SOON = 1e-3
SLEEPS_AFTER_A_POLL_IN_VAIN = 20
SECONDS_TO_CLOSE = 1
SOON_FRAME = struct.pack("<IB", 0, SOON)


class Fault(Exception):
    """What an environment or a request has wrong, as the rest of a sentence about it."""


# The pipes.


class Pipes:
    """Both pipes, out of reach of what the user's code reads and prints."""

    def __init__(self):
        self.requests = os.fdopen(os.dup(0), "rb", buffering=1 << 16)
        self.replies = os.fdopen(os.dup(1), "wb", buffering=0)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(2, 1)
        sys.stdin = open(0, "r", closefd=False)
        sys.stdout.reconfigure(line_buffering=True)
        self.arrivals = select.poll() if hasattr(select, "poll") else None
        if self.arrivals:
            self.arrivals.register(self.requests, select.POLLIN)
        self.sleeps = 0

    def read(self):
        self.stay_awake()
        length, kind = struct.unpack("<IB", self.exactly(5))
        return kind, self.exactly(length)

    def stay_awake(self):
        """Polls for a request that comes soon, since to be woken takes longer; after a poll in vain, not for a while."""
        if self.sleeps:
            self.sleeps -= 1
        elif self.arrivals:
            end = time.perf_counter() + SECONDS_AWAKE
            while not self.arrivals.poll(0):
                os.sched_yield()
                if time.perf_counter() > end:
                    self.sleeps = SLEEPS_AFTER_A_POLL_IN_VAIN
                    break

    def exactly(self, count):
        data = self.requests.read(count)
        if len(data) < count:
            raise EOFError
        return data

    def write(self, kind, payload):
        """In one piece, where the pipe takes it."""
        self.write_all(struct.pack("<IB", len(payload), kind) + payload)

    def write_all(self, frame):
        rest = memoryview(frame)
        while rest:
            rest = rest[self.replies.write(rest) :]

    def say_soon(self):
        """Wakes the other end, so that it is awake when the reply comes."""
        self.write_all(SOON_FRAME)

    def end_with_the_other_end(self):
        """Ends this process when the other one is gone, even if a step never returns."""
        if hasattr(select, "poll"):
            threading.Thread(target=self.watch, daemon=True).start()

    def watch(self):
        gone = select.poll()
        gone.register(self.requests.fileno(), 0)
        gone.poll()
        time.sleep(SECONDS_TO_CLOSE)
        os._exit(1)


class Reader:
    """Reads the parts of a payload one after the other."""

    def __init__(self, payload):
        self.payload = payload
        self.offset = 0

    def number(self, form):
        (value,) = struct.unpack_from("<" + form, self.payload, self.offset)
        self.offset += struct.calcsize("<" + form)
        return value

    def text(self):
        length = self.number("I")
        self.offset += length
        return self.payload[self.offset - length : self.offset].decode()

    def values(self):
        """Named values, each JSON where it is that, else a text."""
        return {self.text(): parsed(self.text()) for _ in range(self.number("I"))}


def parsed(text):
    try:
        return json.loads(text)
    except ValueError:
        return text


def text_bytes(text):
    data = text.encode(errors="replace")
    return struct.pack("<I", len(data)) + data


# Spaces: each leaf writes a value as its part of a row of numbers, and reads the values of all rows.


class DiscreteLeaf:
    kind, integral, size = DISCRETE, True, 1

    def __init__(self, space):
        self.start, self.count = int(space.start), int(space.n)

    def described(self):
        return struct.pack("<qq", self.count, self.start)

    def write(self, value, row):
        if type(value) is not int:
            array = np.asarray(value)
            if array.dtype.kind not in "iub" or array.size != 1:
                raise Fault(f"is {short(value)}, and its space says an integer")
            value = int(array.item())
        if not self.start <= value < self.start + self.count:
            raise Fault(f"is {value}, and its space says {self.start} to {self.start + self.count - 1}")
        row[0] = value

    def read(self, rows):
        return list(rows[:, 0].astype(np.int64))


class ArrayLeaf:
    """Arrays of one shape."""

    def __init__(self, space):
        self.shape, self.dtype = space.shape, space.dtype
        self.size = math.prod(space.shape)
        self.good = None

    def write(self, value, row):
        if type(value) is not np.ndarray:
            value = np.asarray(value)
        if value.shape != self.shape:
            raise Fault(f"has the shape {list(value.shape)}, and its space says {list(self.shape)}")
        if value.dtype is not self.good:
            if not np.can_cast(value.dtype, self.dtype, "same_kind"):
                raise Fault(f"is of {value.dtype}, and its space says {self.dtype}")
            self.good = value.dtype
        row[:] = value.reshape(-1) if value.ndim != 1 else value
        self.check(row)

    def check(self, row):
        """Checks what the shape and the type say nothing about."""

    def arrays(self, rows):
        """An array of each row, also where its shape is that of one number."""
        values = rows.reshape(len(rows), *self.shape).astype(self.dtype)
        return [values[i, ...] for i in range(len(values))]


class BoxLeaf(ArrayLeaf):
    kind, integral = BOX, False

    def __init__(self, space):
        super().__init__(space)
        self.low, self.high = space.low, space.high

    def described(self):
        shape = struct.pack(f"<I{len(self.shape)}I", len(self.shape), *self.shape)
        return shape + self.low.astype("<f8").tobytes() + self.high.astype("<f8").tobytes()

    def read(self, rows):
        arrays = rows.reshape(len(rows), *self.shape)
        if self.dtype.kind != "f":
            arrays = np.clip(np.rint(arrays), self.low, self.high)
        return self.arrays(arrays)


class IntegersLeaf(ArrayLeaf):
    """Integers that the rows count from 0."""

    kind, integral = MULTI_DISCRETE, True

    def __init__(self, space):
        super().__init__(space)
        self.counts = space.nvec.reshape(-1)
        self.start = np.asarray(getattr(space, "start", np.zeros_like(space.nvec))).reshape(-1)

    def described(self):
        return struct.pack(f"<I{self.size}q", self.size, *self.counts.tolist())

    def check(self, row):
        row -= self.start
        if (row < 0).any() or (row >= self.counts).any():
            raise Fault(f"is {short(row + self.start)}, and its space has {short(self.counts)} values from {short(self.start)} on")

    def read(self, rows):
        return self.arrays(rows + self.start)


class BinaryLeaf(ArrayLeaf):
    kind, integral = MULTI_BINARY, True

    def described(self):
        return struct.pack(f"<I{len(self.shape)}I", len(self.shape), *self.shape)

    def check(self, row):
        if ((row != 0) & (row != 1)).any():
            raise Fault(f"is {short(row)}, and its space says 0 or 1")

    def read(self, rows):
        return self.arrays(rows)


class Parts:
    """A space of parts that have names."""

    def __init__(self, space, names, keys, inner):
        self.kind_of_value, self.names, self.keys, self.inner = space, names, keys, inner
        ends = np.cumsum([part.size for part in inner]).tolist()
        self.slices = [slice(end - part.size, end) for part, end in zip(inner, ends)]
        self.size = ends[-1] if ends else 0
        self.integral = all(part.integral for part in inner)

    def write(self, value, row):
        if len(self.keys) != len(value):
            raise Fault(f"has {len(value)} parts, and its space has {len(self.keys)}")
        for name, key, part, place in zip(self.names, self.keys, self.inner, self.slices):
            try:
                item = value[key]
            except LookupError:
                raise Fault(f"has no part {name}") from None
            try:
                part.write(item, row[place])
            except Fault as fault:
                raise Fault(f"has a part {name} that {fault}") from None

    def read(self, rows):
        columns = [part.read(rows[:, place]) for part, place in zip(self.inner, self.slices)]
        values = [tuple(column[i] for column in columns) for i in range(len(rows))]
        return values if self.kind_of_value is tuple else [dict(zip(self.keys, parts)) for parts in values]


def leaf_or_parts(space, what):
    spaces = gymnasium.spaces
    leaves = {spaces.Discrete: DiscreteLeaf, spaces.Box: BoxLeaf, spaces.MultiDiscrete: IntegersLeaf, spaces.MultiBinary: BinaryLeaf}
    for kind, leaf in leaves.items():
        if isinstance(space, kind):
            return leaf(space)
    if isinstance(space, spaces.Tuple):
        parts = list(space.spaces)
        return Parts(tuple, [str(i) for i in range(len(parts))], range(len(parts)), [leaf_or_parts(part, what) for part in parts])
    if isinstance(space, spaces.Dict):
        parts = space.spaces
        return Parts(dict, [str(key) for key in parts], list(parts), [leaf_or_parts(part, what) for part in parts.values()])
    raise Fault(f"it has {what} of the kind {type(space).__name__}, which cannot be a row of numbers; "
                "Discrete, Box, MultiDiscrete, MultiBinary, Tuple and Dict can")


def leaves_of(space, name=""):
    if not isinstance(space, Parts):
        return [(name, space)]
    return [found for part_name, part in zip(space.names, space.inner)
            for found in leaves_of(part, f"{name}.{part_name}" if name else part_name)]


def row_space(space, what):
    """A space, unless it is too large or of nothing."""
    made = leaf_or_parts(space, what)
    if not 0 < made.size <= LARGEST_SPACE:
        raise Fault(f"it has {what} of {made.size} numbers, which must be 1 to {LARGEST_SPACE}")
    return made


def described(space):
    leaves = leaves_of(space)
    whole = struct.pack("<BI", isinstance(space, Parts), len(leaves))
    return whole + b"".join(text_bytes(name) + struct.pack("<B", leaf.kind) + leaf.described() for name, leaf in leaves)


# Lanes.


class Lanes:
    """Environments of one kind, stepped one after the other."""

    def __init__(self, request):
        self.single = bool(request.number("B"))
        self.longest_episode = request.number("i")
        self.count = request.number("I")
        self.id = request.text()
        self.keywords = request.values()
        self.seconds_a_lane = math.inf
        self.environments = []
        for _ in range(self.count):
            self.environments.append(self.make())
        first = self.environments[0]
        self.observation_space = row_space(first.observation_space, "observations")
        self.action_space = row_space(first.action_space, "actions")
        self.lay_out()

    def make(self):
        keywords = dict(self.keywords)
        if self.longest_episode != OWN_LONGEST_EPISODE:
            keywords["max_episode_steps"] = self.longest_episode
        keywords.setdefault("disable_env_checker", True)
        mode = render_mode(self.id) if self.single else None
        if mode:
            keywords.setdefault("render_mode", mode)
        return gymnasium.make(self.id, **keywords)

    def lay_out(self):
        """The buffer that replies to a step are written from, and its parts as arrays."""
        size, count = self.observation_space.size, self.count
        observations, rewards, flags = 4 * size * count, 8 * count, count
        self.fixed_bytes = 5 + observations + rewards + flags
        self.frame = bytearray(self.fixed_bytes + observations)
        array = functools.partial(np.frombuffer, self.frame)
        self.rewards = array("<f8", count, 5)
        self.rows = array("<f4", size * count, 5 + rewards).reshape(count, size)
        self.lane_rows = list(self.rows)
        self.flags = array("u1", count, 5 + rewards + observations)
        self.final_rows = array("<f4", size * count, self.fixed_bytes).reshape(count, size)
        self.action_type = "<i4" if self.action_space.integral else "<f4"
        self.can_be_infinite = any(leaf.kind == BOX and leaf.dtype.kind == "f" for _, leaf in leaves_of(self.observation_space))

    def reset(self, request):
        lane, again, seed = request.number("I"), request.number("B"), request.number("q")
        options = request.values()
        if again:
            close_quietly(self.environments[lane])
            self.environments[lane] = self.make()
        try:
            self.begin(lane, None if seed < 0 else seed, options or None)
            self.check_numbers(self.lane_rows[lane])
        except Exception as failure:
            raise Fault(told(failure, "reset")) from failure
        return self.lane_rows[lane].tobytes()

    def begin(self, lane, seed=None, options=None):
        result = self.environments[lane].reset(seed=seed, options=options)
        if not isinstance(result, tuple) or len(result) != 2:
            raise Fault("reset gave no pair of an observation and a dictionary")
        self.write(result[0], self.lane_rows[lane])

    def write(self, observation, row):
        try:
            self.observation_space.write(observation, row)
        except Fault as fault:
            raise Fault(f"its observation {fault}") from None

    def check_numbers(self, row):
        if self.can_be_infinite and not np.isfinite(row).all():
            raise Fault(not_finite(row))

    def step(self, payload, pipes):
        """Writes the reply to the frame, and says how much of it is the reply."""
        actions = np.frombuffer(payload, self.action_type).reshape(self.count, -1)
        failures, final = [], 0
        begin = time.perf_counter()
        soon = max(0, self.count - int(SECONDS_SOON / self.seconds_a_lane))
        for lane, action in enumerate(self.action_space.read(actions)):
            if lane == soon:
                pipes.say_soon()
            try:
                flags = self.step_lane(lane, action)
            except Exception as failure:
                self.flags[lane] = BROKE_OFF
                failures.append((lane, told(failure, "step")))
                continue
            if flags and not self.single:
                self.final_rows[final] = self.rows[lane]
                final += 1
                try:
                    self.check_numbers(self.lane_rows[lane])
                    flags |= self.begin_next(lane, failures)
                except Fault as fault:
                    flags, final = BROKE_OFF, final - 1
                    failures.append((lane, told(fault, "step")))
            self.flags[lane] = flags
        self.check_all_numbers(failures)
        self.seconds_a_lane = (time.perf_counter() - begin) / self.count
        return final, failures

    def step_lane(self, lane, action):
        result = self.environments[lane].step(action)
        if not isinstance(result, tuple) or len(result) != 5:
            raise Fault("step gave no tuple of observation, reward, terminated, truncated and a dictionary")
        observation, reward, terminated, truncated, _ = result
        self.rewards[lane] = reward = float(reward)
        if not math.isfinite(reward):
            raise Fault(f"its reward is {reward}")
        self.write(observation, self.lane_rows[lane])
        return (TERMINATED if terminated else 0) | (TRUNCATED if truncated else 0)

    def begin_next(self, lane, failures):
        try:
            self.begin(lane)
            self.check_numbers(self.lane_rows[lane])
            return 0
        except Exception as failure:
            failures.append((lane, told(failure, "reset")))
            return NOT_BEGUN

    def check_all_numbers(self, failures):
        if self.can_be_infinite and not np.isfinite(self.rows).all():
            for lane in np.flatnonzero(~np.isfinite(self.rows).all(axis=1)).tolist():
                if not self.flags[lane] & (BROKE_OFF | NOT_BEGUN):
                    self.flags[lane] = BROKE_OFF
                    failures.append((lane, not_finite(self.rows[lane])))

    def reply(self, pipes, final, failures):
        told = b"".join(struct.pack("<I", lane) + text_bytes(text) for lane, text in failures)
        end = self.fixed_bytes + 4 * self.observation_space.size * final
        struct.pack_into("<IB", self.frame, 0, end - 5 + len(told), DONE)
        pipes.write_all(memoryview(self.frame)[:end] if not told else self.frame[:end] + told)

    def render(self, what):
        environment = self.environments[0]
        modes = environment.metadata.get("render_modes", [])
        mode = environment.render_mode
        if what == TEXT and mode != "ansi" and "ansi" in modes:
            inner = environment.unwrapped
            inner.render_mode, mode = "ansi", inner.render_mode
            try:
                return rendered_text(inner.render())
            finally:
                inner.render_mode = mode
        if what == TEXT:
            return rendered_text(environment.render() if mode == "ansi" else None)
        return rendered_image(environment.render() if mode == "rgb_array" else None)

    def close(self):
        for environment in self.environments:
            close_quietly(environment)


def render_mode(id):
    """What a registered environment can be drawn as; None where it does not say."""
    module, _, name = id.rpartition(":")
    if module:
        importlib.import_module(module)
    try:
        maker = gymnasium.spec(name).entry_point
        if isinstance(maker, str):
            maker = gymnasium.envs.registration.load_env_creator(maker)
        modes = maker.metadata.get("render_modes", [])
    except Exception:
        return None
    return next((mode for mode in ("rgb_array", "ansi") if mode in modes), None)


def rendered_text(text):
    return text.encode() if isinstance(text, str) else b""


def rendered_image(image):
    if not isinstance(image, np.ndarray) or image.ndim != 3 or image.shape[2] != 3:
        return b""
    return struct.pack("<II", *image.shape[:2]) + image.astype("u1").tobytes()


def close_quietly(environment):
    try:
        environment.close()
    except Exception:
        traceback.print_exc()


# What is told about an environment.


def short(value):
    text = " ".join(repr(value.tolist() if isinstance(value, np.ndarray) else value).split())
    return text if len(text) <= 100 else text[:97] + "..."


def not_finite(row):
    return f"its observation is {short(row)}, which is not all finite numbers"


def told(failure, where):
    """A failure as the rest of a sentence; the whole of it goes to the standard error."""
    if isinstance(failure, Fault):
        return str(failure)
    traceback.print_exception(type(failure), failure, failure.__traceback__)
    frames = traceback.extract_tb(failure.__traceback__)
    place = f" ({os.path.basename(frames[-1].filename)}, line {frames[-1].lineno})" if frames else ""
    return f"{where} raised {type(failure).__name__}: {one_line(failure)}{place}"


def one_line(failure):
    text = " ".join(str(failure).split())
    return text if len(text) <= 500 else text[:497] + "..."


def specification(lanes):
    environment = lanes.environments[0]
    spec = environment.spec
    threshold = spec.reward_threshold
    limit = spec.max_episode_steps
    versions = versions_of(environment)
    return b"".join([
        struct.pack("<BdI", threshold is not None, threshold or 0.0, max(limit or 0, 0)),
        described(lanes.observation_space),
        described(lanes.action_space),
        struct.pack("<I", len(versions)),
        *(text_bytes(name) + text_bytes(version) for name, version in versions.items()),
    ])


def versions_of(environment):
    """Of Python, Gymnasium, NumPy, and of what the environment's own module is of and imports."""
    versions = {"python": platform.python_version(), "gymnasium": gymnasium.__version__, "numpy": np.__version__}
    module = type(environment.unwrapped).__module__
    names = {module.partition(".")[0]}
    for value in vars(sys.modules.get(module, sys)).values():
        if isinstance(value, type(sys)):
            names.add(value.__name__.partition(".")[0])
    packages = importlib.metadata.packages_distributions()
    for name in sorted(names - sys.stdlib_module_names):
        for distribution in packages.get(name, [])[:1]:
            versions.setdefault(distribution.lower(), importlib.metadata.version(distribution))
    return versions


# The process.


def load_gymnasium():
    global gymnasium, np
    try:
        import gymnasium
        import numpy as np
    except ImportError as missing:
        raise Fault(f"it has no gymnasium ({one_line(missing)}); install it with: {sys.executable} -m pip install gymnasium") from None
    if int(gymnasium.__version__.partition(".")[0]) < 1:
        raise Fault(f"it has gymnasium {gymnasium.__version__}, and 1.0 or newer is needed")


def serve(pipes):
    lanes = None
    while True:
        kind, payload = pipes.read()
        try:
            if kind == STEP:
                lanes.reply(pipes, *lanes.step(payload, pipes))
            elif kind == RESET:
                pipes.write(DONE, lanes.reset(Reader(payload)))
            elif kind == RENDER:
                pipes.write(DONE, lanes.render(payload[0]))
            elif kind == MAKE:
                lanes = Lanes(Reader(payload))
                pipes.write(DONE, specification(lanes))
            else:
                break
        except Exception as failure:
            if not isinstance(failure, Fault):
                traceback.print_exc()
            pipes.write(FAILED, text_bytes(one_line(failure) or type(failure).__name__))
    lanes and lanes.close()


def main():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "setsid"):
        os.setsid()
    pipes = Pipes()
    pipes.end_with_the_other_end()
    try:
        load_gymnasium()
    except Fault as fault:
        pipes.write(FAILED, text_bytes(str(fault)))
        return
    pipes.write(DONE, b"")
    try:
        serve(pipes)
    except (EOFError, BrokenPipeError):
        pass


main()

"""An environment that does wrong what its actions say, and one of every kind of space."""

import os
import signal
import time

import gymnasium
import numpy as np
from gymnasium import spaces

(NOTHING, RAISE, EXIT, KILL, HANG, NOT_A_NUMBER, INFINITE_REWARD, SHAPE, TYPE, END, PRINT, FAIL_NEXT_RESET, END_BADLY) = range(13)


class Faulty(gymnasium.Env):
    """Observes a number drawn at the reset, and how many steps there were since."""

    observation_space = spaces.Box(-np.inf, np.inf, (2,), np.float32)
    action_space = spaces.Discrete(13)

    def __init__(self, resets_fail=False):
        self.resets_fail = resets_fail

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        if self.resets_fail:
            raise ValueError("no episode today")
        self.drawn, self.steps = self.np_random.random(), 0
        return self.observation(), {}

    def observation(self):
        return np.array([self.drawn, self.steps], np.float32)

    def step(self, action):
        self.steps += 1
        observation, reward, terminated = self.observation(), 1.0, False
        if action == RAISE:
            raise ValueError("out of fuel")
        elif action == EXIT:
            os._exit(7)
        elif action == KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        elif action == HANG:
            time.sleep(1000)
        elif action == NOT_A_NUMBER:
            observation[1] = np.nan
        elif action == INFINITE_REWARD:
            reward = np.inf
        elif action == SHAPE:
            observation = np.zeros(3, np.float32)
        elif action == TYPE:
            observation = observation.astype(np.complex64)
        elif action == END:
            terminated = True
        elif action == PRINT:
            print("printed", flush=True)
            os.write(1, b"written\n" * 1000)
        elif action == FAIL_NEXT_RESET:
            self.resets_fail, terminated = True, True
        elif action == END_BADLY:
            observation[0], terminated = np.nan, True
        return observation, reward, terminated, False, {}


class OfSpaces(gymnasium.Env):
    """Observes what a reset draws, and then the last action."""

    def __init__(self, kind):
        self.observation_space = self.action_space = {
            "discrete": spaces.Discrete(3, start=-1),
            "narrow": spaces.Dict({"nothing": spaces.Tuple([]), "number": spaces.Box(-1, 1, ())}),
            "all": spaces.Dict({
                "bits": spaces.MultiBinary([2, 3]),
                "camera": spaces.Box(0, 255, (2, 2, 3), np.uint8),
                "integers": spaces.MultiDiscrete([3, 4], start=[1, -2]),
                "numbers": spaces.Box(np.array([-1, -np.inf]), np.array([1, np.inf]), dtype=np.float64),
                "pair": spaces.Tuple([spaces.Discrete(5), spaces.Box(0, 9, (2,), np.int16)]),
            }),
            "text": spaces.Dict({"note": spaces.Text(9)}),
            "large": spaces.Box(0, 1, (1 << 25,), np.int8),
        }[kind]

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.observation_space.seed(seed)
        return self.observation_space.sample(), {}

    def step(self, action):
        if not self.action_space.contains(action):
            raise ValueError(f"{action!r} is not in {self.action_space}")
        return action, 1, False, False, {}


gymnasium.register("Faulty-v0", Faulty, max_episode_steps=50, reward_threshold=40)
gymnasium.register("OfSpaces-v0", OfSpaces)

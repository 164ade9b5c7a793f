"""Measures Gymnasium's vector environments, one request a line: MODE ID LANES SECONDS.

Says "ready" first. Answers with the steps of all lanes together in a second of the process's own
time, or with "none" and why there is no such environment. Actions are drawn beforehand.
Environments stay for the next request.
"""

import sys
import time
import warnings

import gymnasium

warnings.simplefilter("ignore")
gymnasium.logger.min_level = gymnasium.logger.ERROR
try:
    import minatar.gym

    minatar.gym.register_envs()
except ImportError:
    pass

ROWS = 256
made = {}


def environment(mode, name, lanes):
    key = (mode, name, lanes)
    if key not in made:
        vector = gymnasium.make_vec(name, num_envs=lanes, vectorization_mode=mode)
        vector.reset(seed=0)
        vector.action_space.seed(0)
        made[key] = vector, [vector.action_space.sample() for _ in range(ROWS)]
    return made[key]


def steps_per_second(mode, name, lanes, seconds):
    vector, actions = environment(mode, name, lanes)
    start = time.process_time()
    calls = 0
    while True:
        for row in actions:
            vector.step(row)
        calls += ROWS
        elapsed = time.process_time() - start
        if elapsed >= seconds:
            return calls * lanes / elapsed


print("ready", flush=True)
for line in sys.stdin:
    mode, name, lanes, seconds = line.split()
    try:
        print(steps_per_second(mode, name, int(lanes), float(seconds)), flush=True)
    except gymnasium.error.Error as error:
        print("none", str(error).replace("\n", " "), flush=True)

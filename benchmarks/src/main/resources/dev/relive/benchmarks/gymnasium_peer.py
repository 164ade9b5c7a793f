"""Measures Gymnasium's vector environments, one request a line: MODE ID LANES SECONDS.

Says "ready" first. Answers with the steps of all lanes together in a second, or with "none" and why
there is no such environment. The second is of the process's own time, and of the clock in the mode
sync_same_step. Actions are drawn beforehand. Environments stay for the next request.
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


def make(mode, name, lanes):
    if mode != "sync_same_step":
        return gymnasium.make_vec(name, num_envs=lanes, vectorization_mode=mode)
    same_step = {"autoreset_mode": gymnasium.vector.AutoresetMode.SAME_STEP}
    return gymnasium.make_vec(
        name, num_envs=lanes, vectorization_mode="sync", vector_kwargs=same_step
    )


def environment(mode, name, lanes):
    key = (mode, name, lanes)
    if key not in made:
        vector = make(mode, name, lanes)
        vector.reset(seed=0)
        vector.action_space.seed(0)
        made[key] = vector, [vector.action_space.sample() for _ in range(ROWS)]
    return made[key]


def steps_per_second(mode, name, lanes, seconds):
    vector, actions = environment(mode, name, lanes)
    now = time.perf_counter if mode == "sync_same_step" else time.process_time
    start = now()
    calls = 0
    while True:
        for row in actions:
            vector.step(row)
        calls += ROWS
        elapsed = now() - start
        if elapsed >= seconds:
            return calls * lanes / elapsed


print("ready", flush=True)
for line in sys.stdin:
    mode, name, lanes, seconds = line.split()
    try:
        print(steps_per_second(mode, name, int(lanes), float(seconds)), flush=True)
    except gymnasium.error.Error as error:
        print("none", str(error).replace("\n", " "), flush=True)

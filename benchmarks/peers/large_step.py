#!/usr/bin/env python3
"""The workloads of the large-step paper in numpy and scipy, as a peer would write them by hand.

Reads one request a line from standard input, "NAME ITERATIONS", runs that workload once and answers
"SECONDS CHECKSUM". The Java side (io.verity.benchmarks.LargeStepComparison) asks in turn with its own runs, so that both
see the same machine at the same time. Needs numpy and scipy; set OPENBLAS_NUM_THREADS for the number of threads.

Signed rows z_i = y_i a_i; loss (1/n) sum log(1 + exp(-z_i.theta)); start at zero.
"""
import math
import sys
import time

import numpy as np
from scipy.optimize import nnls
from scipy.special import expit

GOLDEN = 0x9E3779B97F4A7C15


def uniforms(count, seed):
    """SplitMix64 stream mapped to [0, 1)."""
    with np.errstate(over="ignore"):
        x = np.uint64(seed) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(GOLDEN)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        x = x ^ (x >> np.uint64(31))
    return (x >> np.uint64(11)).astype(float) * 2.0**-53


def sep(n, d, delta, seed):
    """Separable set with margin at least delta: a Householder image of a gap along the first axis."""
    rows = 2.0 * uniforms(n * d, seed).reshape(n, d) - 1.0
    y = np.where(np.arange(n) % 2 == 0, 1.0, -1.0)
    rows[:, 0] = y * (delta + (1.0 - delta) * np.abs(rows[:, 0]))
    return (rows - 2.0 * rows.sum(axis=1, keepdims=True) / d) * y[:, None]


WIDE = sep(2000, 784, 0.01, 42)
SMALL = sep(200, 20, 0.05, 1)
MARGIN_SETS = (sep(500, 10, 0.01, 7), sep(400, 50, 0.05, 5))
BATCH_STEPS = 10.0 ** (-3.0 + 7.0 * np.arange(32) / 31.0)
SWEEP_STEPS = (0.01, 0.1, 1.0, 10.0, 100.0, 1e3, 1e4, 1e6)


def gd_single(iterations):
    n, d = WIDE.shape
    theta = np.zeros(d)
    for _ in range(iterations):
        theta += (10.0 / n) * (WIDE.T @ expit(-(WIDE @ theta)))
    return float(np.linalg.norm(theta))


def gd_batch32(iterations):
    n, d = WIDE.shape
    theta = np.zeros((d, 32))
    for _ in range(iterations):
        theta += (WIDE.T @ expit(-(WIDE @ theta))) * (BATCH_STEPS / n)
    return float(np.sum(np.linalg.norm(theta, axis=0) / BATCH_STEPS))


def gd_sweep_small(iterations):
    n, d = SMALL.shape
    checksum = 0.0
    watched = 0.0
    for step in SWEEP_STEPS:
        theta = np.zeros(d)
        for _ in range(iterations):
            margins = SMALL @ theta
            loss = np.mean(np.maximum(-margins, 0.0) + np.log1p(np.exp(-np.abs(margins))))
            watched += float(loss) + int((margins <= 0).sum())
            theta = theta + (step / n) * (SMALL.T @ expit(-margins))
        checksum += math.log10(np.linalg.norm(theta))
    return checksum


def max_margin(repeats):
    for _ in range(repeats):
        total = 0.0
        for rows in MARGIN_SETS:
            n, d = rows.shape
            target = np.zeros(d + 1)
            target[d] = 1.0
            stacked = np.vstack([rows.T, np.ones(n)])
            a, _ = nnls(stacked, target, maxiter=50 * max(n, d))
            residual = stacked @ a - target
            w = -residual[:d] / residual[d]
            total += float((rows @ w).min() / np.linalg.norm(w))
    return total


WORKLOADS = {
    "gd-single": gd_single,
    "gd-batch32": gd_batch32,
    "gd-sweep-small": gd_sweep_small,
    "maxmargin": max_margin,
}


def main():
    print("ready numpy", np.__version__, flush=True)
    for line in sys.stdin:
        name, iterations = line.split()
        start = time.perf_counter()
        checksum = WORKLOADS[name](int(iterations))
        print(repr(time.perf_counter() - start), repr(checksum), flush=True)


if __name__ == "__main__":
    main()

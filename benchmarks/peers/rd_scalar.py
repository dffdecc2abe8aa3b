#!/usr/bin/env python3
"""The workloads of scalar regression discontinuity in rdrobust, which must be importable; without it the first line says so.

Reads one request a line from standard input, "NAME SIZE", runs that workload once and answers "SECONDS CHECKSUM". The Java side
(io.verity.benchmarks.RdComparison) asks in turn with its own runs, so that both see the same machine at the same time.

X_i = 2 frac((i + .5) 0.618...) - 1, e_i = normal quantile of frac((i + .5) 0.754...), Y_i = sin(3 X_i) + T_i + 0.3 e_i with
T_i = 1{X_i >= 0}, or 1{frac((i + .5) 0.569...) < 0.9 right, 0.1 left of the cutoff} when fuzzy.
"""
import contextlib
import csv
import importlib
import io
import os
import sys
import time
import types
import warnings

warnings.filterwarnings("ignore")


def load():
    """The function rdrobust. Its package draws with plotnine; where that is missing, only the numeric modules are loaded."""
    try:
        from rdrobust import rdrobust
        return rdrobust
    except ImportError:
        for folder in (os.path.join(path, "rdrobust") for path in sys.path):
            if os.path.isfile(os.path.join(folder, "rdrobust.py")):
                for name in [m for m in sys.modules if m.split(".")[0] == "rdrobust"]:
                    del sys.modules[name]
                package = types.ModuleType("rdrobust")
                package.__path__ = [folder]
                sys.modules["rdrobust"] = package
                return importlib.import_module("rdrobust.rdrobust").rdrobust
        raise


try:
    import numpy as np
    rdrobust = load()
    from scipy.stats import norm
except ImportError as missing:
    print("absent", missing.name, flush=True)
    sys.exit(0)

SENATE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../examples/data/senate.csv")


def frac(v):
    return v - np.floor(v)


def generated(n, fuzzy=False):
    i = np.arange(n) + 0.5
    x = 2 * frac(i * 0.6180339887498949) - 1
    noise = norm.ppf(frac(i * 0.7548776662466927))
    t = (x >= 0) * 1.0
    if fuzzy:
        t = (frac(i * 0.5698402909980532) < np.where(x >= 0, 0.9, 0.1)) * 1.0
    return np.sin(3 * x) + t + 0.3 * noise, x, t


def senate():
    with open(SENATE, newline="", encoding="utf-8") as file:
        rows = [(float(r["vote"]), float(r["margin"])) for r in csv.DictReader(file) if r["vote"]]
    return np.array(rows).T


VOTE, MARGIN = senate()
SMALL = generated(20_000)
LARGE = generated(200_000)
FUZZY = generated(20_000, True)

WORKLOADS = {
    "rd_senate": lambda: rdrobust(VOTE, MARGIN),
    "rd_20k": lambda: rdrobust(SMALL[0], SMALL[1]),
    "rd_200k_hc1": lambda: rdrobust(LARGE[0], LARGE[1], vce="hc1"),
    "rd_20k_fuzzy": lambda: rdrobust(FUZZY[0], FUZZY[1], fuzzy=FUZZY[2]),
}


def main():
    print("ready rdrobust", getattr(sys.modules["rdrobust"], "__version__", ""), "numpy", np.__version__,
          "with numba" if "numba" in sys.modules else "without a JIT compiler", flush=True)
    for line in sys.stdin:
        name = line.split()[0]
        start = time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()):
            fit = WORKLOADS[name]()
        seconds = time.perf_counter() - start
        print(repr(seconds), repr(float(fit.coef.iloc[0, 0] + fit.bws.iloc[0, 0] + fit.se.iloc[2, 0])), flush=True)


if __name__ == "__main__":
    main()

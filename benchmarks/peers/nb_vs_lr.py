# Gaussian naive Bayes and multinomial logistic regression with scikit-learn, one request a line: "NAME SIZE" in, "SECONDS CHECKSUM"
# out. The checksum of a logistic regression is its objective, sum of the losses plus half the squared norm of the weights; that of
# naive Bayes its training accuracy; that of the simulation the sum of the mean errors over all cells.
import sys, time, warnings
try:
    import numpy as np
    import sklearn
    from scipy.special import logsumexp
    from scipy.stats import norm
    from sklearn.linear_model import LogisticRegression
    from sklearn.naive_bayes import GaussianNB
except ImportError as missing:
    print("absent", missing.name, flush=True)
    sys.exit(0)
warnings.filterwarnings("ignore")
# rows, columns, classes, amplitude of the class means
SHAPES = {"naive_bayes_1e6x50x5": (1_000_000, 50, 5, 0.3), "multinomial_60000x784x10": (60_000, 784, 10, 0.12),
          "multinomial_20000x512x100": (20_000, 512, 100, 0.15)}


def uniform(start, count):
    with np.errstate(over="ignore"):
        z = (np.arange(start, start + count, dtype=np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    return (z >> np.uint64(11)).astype(np.float64) * 2.0**-53


def classes(n, d, k, amplitude):
    means = amplitude * np.sin(0.37 * np.outer(np.arange(1, k + 1), np.arange(1, d + 1)))
    y = np.arange(n) % k
    x = np.empty((n, d))
    step = max(1, 2_000_000 // d)
    for s in range(0, n, step):
        e = min(n, s + step)
        x[s:e] = means[y[s:e]] + np.sqrt(12.0) * (uniform(s * d, (e - s) * d).reshape(e - s, d) - 0.5)
    return x, y


def multinomial(x, y):
    start = time.perf_counter()
    fit = LogisticRegression(C=1.0, tol=1e-4, max_iter=500, multi_class="multinomial").fit(x, y)
    seconds = time.perf_counter() - start
    f = x @ fit.coef_.T + fit.intercept_
    return seconds, (logsumexp(f, axis=1) - f[np.arange(len(y)), y]).sum() + 0.5 * (fit.coef_**2).sum()


def naive_bayes(x, y):
    start = time.perf_counter()
    accuracy = (GaussianNB().fit(x, y).predict(x) == y).mean()
    return time.perf_counter() - start, accuracy


def mixture(repeats):
    rng = np.random.default_rng(1)
    start = time.perf_counter()
    total = 0.0
    for d in (32, 64, 128, 256):
        sd = np.sqrt(np.r_[np.full(d // 2, float(d)), np.ones(d - d // 2)])

        def draw(m):
            while True:
                y = rng.integers(0, 2, m)
                if 0 < y.sum() < m:
                    return rng.standard_normal((m, d)) * sd + np.where(y[:, None] == 1, 1.0, -1.0), y

        xt, yt = draw(10_000)
        for m in (4, 6, 8, 12, 16, 24, 32):
            total += np.mean([(GaussianNB().fit(*draw(m)).predict(xt) != yt).mean() for _ in range(repeats)])
        for m in (d // 2, d, 2 * d, 4 * d):
            errors = []
            for _ in range(max(1, repeats // 4)):
                fit = LogisticRegression(C=1, max_iter=1000).fit(*draw(m))
                w, b = fit.coef_[0], fit.intercept_[0]
                s = np.linalg.norm(w * sd)
                errors.append(0.5 * norm.cdf(-(w.sum() + b) / s) + 0.5 * norm.cdf((-w.sum() + b) / s))
            total += np.mean(errors)
    return time.perf_counter() - start, total


print("ready scikit-learn %s, numpy %s" % (sklearn.__version__, np.__version__), flush=True)
cache = {}
for line in sys.stdin:
    name, size = line.split()
    if name == "mixture":
        result = mixture(int(size))
    else:
        if name not in cache:
            cache.clear()
            cache[name] = classes(*SHAPES[name])
        result = (naive_bayes if name.startswith("naive") else multinomial)(*cache[name])
    print("%.6f %.12g" % result, flush=True)

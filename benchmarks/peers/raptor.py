# Paths of ridge-penalised logistic regressions with scikit-learn and R's glmnet, one request a line: "NAME SIZE" in, "SECONDS CHECKSUM"
# out, of the faster of those installed. Penalties are lambda beside a sum of losses (C = 1/lambda), the intercept is unpenalised.
# The checksum is the mean norm of the weights over the path; for the cross-validation the index of the penalty selected.
# GLMNET=no leaves R out; SOLVERS=lbfgs,newton-cholesky,glmnet says which.
import os, subprocess, sys, tempfile, time, warnings
try:
    import numpy as np
    import sklearn
    from sklearn.linear_model import LogisticRegression, LogisticRegressionCV
except ImportError as missing:
    print("absent", missing.name, flush=True)
    sys.exit(0)
warnings.filterwarnings("ignore")
SOLVERS = os.environ.get("SOLVERS", "lbfgs,newton-cholesky,glmnet").split(",")
LAMBDAS = 10.0 ** (4 - 6 * np.arange(20) / 19)
HUNDRED = 10.0 ** (-4 + 6 * np.arange(100) / 99)
WORKLOADS = {"path_2000x4096_20": (1, 2000, 4096, 1 / LAMBDAS), "path_200x4096_100": (2, 200, 4096, HUNDRED),
             "path_20000x384_20": (3, 20000, 384, 1 / LAMBDAS), "cv5_2000x1024_20": (4, 2000, 1024, 1 / LAMBDAS)}


def uniform(k):
    with np.errstate(over="ignore"):
        z = k + np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(11)).astype(np.float64) * 2.0 ** -53


def centred(k):
    return np.sqrt(12.0) * (uniform(k) - 0.5)


def data(seed, n, p):
    s = np.uint64(seed) << np.uint64(40)
    count = lambda m: np.arange(m, dtype=np.uint64)
    at = lambda power, m: s + np.uint64(1 << power) + count(m)
    z = centred(s + count(n * p)).reshape(n, p)
    factors = centred(at(36, n * 8)).reshape(n, 8) @ centred(at(37, 8 * p)).reshape(8, p)
    teacher = centred(at(38, p)) / np.sqrt(p)
    y = (uniform(at(39, n)) < 1 / (1 + np.exp(-3 * (z @ teacher)))).astype(int)
    return z + 0.7 * factors, y


def standardized(x):
    return (x - x.mean(0)) / x.std(0)


def path(x, y, cs, solver):
    start = time.perf_counter()
    z = standardized(x)
    model = LogisticRegression(solver=solver, warm_start=True, max_iter=1000)
    total = 0.0
    for c in cs:
        total += np.linalg.norm(model.set_params(C=c).fit(z, y).coef_)
    return time.perf_counter() - start, total / len(cs)


def cross_validation(x, y, cs):
    start = time.perf_counter()
    n = len(y)
    held = [np.arange(n * k // 5, n * (k + 1) // 5) for k in range(5)]
    folds = [(np.setdiff1d(np.arange(n), h), h) for h in held]
    model = LogisticRegressionCV(Cs=cs, cv=folds, scoring="neg_log_loss", max_iter=1000).fit(standardized(x), y)
    return time.perf_counter() - start, int(np.argmin(abs(cs - model.C_[0])))


FIT = ('suppressMessages(library(glmnet));X<-matrix(readBin("{d}/x.bin","double",{n}*{p}),{n},{p});y<-readBin("{d}/y.bin","integer",{n});L<-c({l});'
       't<-proc.time()[3];{fit};cat(proc.time()[3]-t,ck)')


def glmnet(x, y, cs, cv):
    z = standardized(x)
    n, p = z.shape
    with tempfile.TemporaryDirectory() as d:
        z.T.astype("<f8").tofile(d + "/x.bin")
        y.astype("<i4").tofile(d + "/y.bin")
        lambdas = ",".join("%.17g" % v for v in sorted(1 / cs / n, reverse=True))
        call = 'family="binomial",alpha=0,lambda=L,standardize=FALSE'
        fit = (f'f<-cv.glmnet(X,y,{call},foldid=ceiling((1:{n})/{n // 5}));ck<-which(L==f$lambda.min)-1' if cv else
               f'f<-glmnet(X,y,{call});ck<-mean(sqrt(colSums(as.matrix(f$beta)^2)))')
        text = FIT.format(d=d, n=n, p=p, l=lambdas, fit=fit)
        out = subprocess.run(["Rscript", "-e", text], capture_output=True, text=True, check=True).stdout.split()
    return float(out[0]), float(out[1])


def has_glmnet():
    try:
        return subprocess.run(["Rscript", "-e", "library(glmnet)"], capture_output=True).returncode == 0
    except OSError:
        return False


if not has_glmnet():
    SOLVERS = [s for s in SOLVERS if s != "glmnet"]
print("ready scikit-learn %s, numpy %s, solvers %s" % (sklearn.__version__, np.__version__, " ".join(SOLVERS)), flush=True)
cache = {}
slow = set()
for line in sys.stdin:
    name = line.split()[0]
    seed, n, p, cs = WORKLOADS[name]
    cv = name.startswith("cv")
    if name not in cache:
        cache.clear()
        cache[name] = data(seed, n, p)
    x, y = cache[name]
    results = {}
    for solver in SOLVERS:
        if (name, solver) in slow or solver == "newton-cholesky" and (cv or p > 1000):  # p x p factors: no sensible peer
            continue
        results[solver] = (glmnet(x, y, cs, cv) if solver == "glmnet" else
                           cross_validation(x, y, cs) if cv else path(x, y, cs, solver))
        print("%s %s %.3f s, checksum %.8g" % (name, solver, *results[solver]), file=sys.stderr, flush=True)
    best = min(results.values())
    slow.update((name, s) for s, r in results.items() if r[0] > 1.5 * best[0])  # never the fastest: not run again
    print("%.6f %.12g" % best, flush=True)

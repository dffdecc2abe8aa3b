package io.verity.estimators.hconsistency;

import io.verity.stats.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a finite distribution and scores that violate a candidate bound, in four stages.
 *
 * <ol>
 *   <li>Families of class probabilities in which the worst cases of known bounds lie, over zero-one regrets from 1e-6 to 1, with the
 *       best scores that predict the wrong class, and with larger regrets than that; the best families on a fine grid.
 *   <li>The strongest pairs are improved by golden sections over the logits of p (and over the scores).
 *   <li>Mixtures of two points, which break candidates that are not concave.
 *   <li>Random instances and random restarts: N from 1 to 5 points, Dirichlet weights and probabilities, normal scores.
 * </ol>
 */
final class CounterexampleSearch {
    private static final double[] EXTRA = {0.003, 0.03, 0.1, 0.3, 1, 3, 10, 25, 60, 150, 400};
    private static final int IMPROVED = 6;
    private static final int FINE = 1500;
    private static final int MOST_DOUBTED = 20;
    private static final int MOST_DOUBTED_FORMULAS = 1000;
    private static final double VIOLATION = 1 + 1e-6;

    private final Surrogate surrogate;
    private final int classes;
    private final Candidate candidate;
    private final int restarts;
    private final RandomStream stream;
    private final List<Instance> frontier = new ArrayList<>();
    private @Nullable Instance worst;
    private double worstRatio = -1;
    private long examined;
    private int doubted;
    private final Confirmation confirmation;

    CounterexampleSearch(Surrogate surrogate, int classes, Candidate candidate, int restarts, long seed) {
        this.surrogate = surrogate;
        this.classes = classes;
        this.candidate = candidate;
        this.restarts = restarts;
        this.confirmation = new Confirmation(surrogate, candidate);
        this.stream = RandomStream.of(seed, "counterexample search", classes, 0);
    }

    /** What was found: the pair with the largest ratio, and how many were looked at. */
    record Found(Instance worst, double ratio, long examined, List<Instance> frontier) {}

    Found run() {
        families();
        if (worstRatio <= VIOLATION) {
            improve();
        }
        if (worstRatio <= VIOLATION) {
            mixtures();
        }
        if (worstRatio <= VIOLATION) {
            random();
        }
        if (worst == null) {
            throw new IllegalStateException("no instance was examined");
        }
        return new Found(worst, worstRatio, examined, List.copyOf(frontier));
    }

    private double look(Instance instance) {
        examined++;
        double ratio = candidate.ratio(instance.zeroOneRegret(), instance.surrogateRegret() + surrogate.noise());
        if (ratio > worstRatio && (ratio <= VIOLATION || stands(instance))) {
            worstRatio = ratio;
            worst = instance;
        }
        return ratio;
    }

    /** A violation counts once it is confirmed: numerical optima may be missed, and formulas have rounding of their own. */
    private boolean stands(Instance instance) {
        if (doubted < (surrogate.closedForm() ? MOST_DOUBTED_FORMULAS : MOST_DOUBTED)
                && confirmation.of(instance).isPresent()) {
            return true;
        }
        doubted++;
        return false;
    }

    // ---- stage 1

    private void families() {
        boolean fast = surrogate.closedForm();
        List<Recipes.Recipe> recipes = Recipes.of(classes, fast ? 9 : classes > 3 ? 2 : 3, fast ? 6 : 1, stream);
        int[] wins = new int[recipes.size()];
        for (double t : grid(fast ? 24 : 6, fast ? 20 : 5)) {
            Instance best = null;
            int winner = 0;
            for (int n = 0; n < recipes.size(); n++) {
                Instance instance = made(recipes.get(n), t);
                if (instance != null) {
                    look(instance);
                    if (best == null || instance.surrogateRegret() < best.surrogateRegret() * (1 - 1e-9)) {
                        best = instance;
                        winner = n;
                    }
                }
            }
            if (best != null) {
                wins[winner]++;
                frontier.add(best);
                larger(best);
            }
        }
        fine(recipes, wins, fast);
    }

    private @Nullable Instance made(Recipes.Recipe recipe, double t) {
        double @Nullable [] p = recipe.at(t);
        if (p == null) {
            return null;
        }
        Instance instance = Instance.predicting(surrogate, p, 1);
        if (!surrogate.symmetric()) { // another class may be the cheap one to predict
            double[] turned = new double[classes];
            for (int k = 0; k < classes; k++) {
                turned[classes - 1 - k] = p[k];
            }
            Instance other = Instance.predicting(surrogate, turned, classes - 2);
            return other.surrogateRegret() < instance.surrogateRegret() ? other : instance;
        }
        return instance;
    }

    /** The winning families again, on a grid fine enough for candidates that fail in a narrow range only. */
    private void fine(List<Recipes.Recipe> recipes, int[] wins, boolean fast) {
        Integer[] order = new Integer[wins.length];
        Arrays.setAll(order, n -> n);
        Arrays.sort(order, Comparator.comparingInt((Integer n) -> -wins[n]));
        for (int n = 0; n < Math.min(3, order.length) && wins[order[n]] > 0; n++) {
            for (double t : grid(fast ? FINE : 12, fast ? FINE : 12)) {
                Instance instance = made(recipes.get(order[n]), t);
                if (instance != null) {
                    look(instance);
                }
            }
        }
    }

    /** Logarithmic from 1e-6 (1e-4 where regrets are differences of doubles) to 1, and equally spaced. */
    private double[] grid(int logarithmic, int linear) {
        double lowest = surrogate.closedForm() ? 1e-6 : 1e-4;
        double[] grid = new double[logarithmic + linear];
        for (int i = 0; i < logarithmic; i++) {
            grid[i] = StrictMath.exp(StrictMath.log(lowest) * (1 - i / (logarithmic - 1.0)));
        }
        for (int i = 0; i < linear; i++) {
            grid[logarithmic + i] = (i + 1.0) / linear;
        }
        return grid;
    }

    /** The same point with the predicted class still further ahead: a candidate need not grow. */
    private void larger(Instance instance) {
        Instance.Point point = instance.points().get(0);
        int predicted = ZeroOne.predicted(point.p(), point.scores());
        for (double extra : EXTRA) {
            double[] scores = point.scores().clone();
            scores[predicted] += extra;
            look(Instance.of(List.of(Instance.point(surrogate, 1, point.p(), surrogate.allow(scores)))));
        }
    }

    // ---- stage 2

    private void improve() {
        List<Instance> strongest = new ArrayList<>(frontier);
        if (worst != null) {
            strongest.add(worst);
        }
        strongest.sort(Comparator.comparingDouble((Instance i) -> -i.ratio(candidate)));
        int sweeps = surrogate.closedForm() ? 30 : 2;
        for (Instance start : strongest.subList(0, Math.min(surrogate.closedForm() ? IMPROVED : 2, strongest.size()))) {
            if (start.points().size() == 1) {
                Instance.Point point = start.points().get(0);
                overProbabilities(point.p(), ZeroOne.predicted(point.p(), point.scores()), sweeps);
                if (worstRatio > VIOLATION) {
                    return;
                }
            }
        }
    }

    /** Golden sections over the logits of p, the scores being the best that predict the class. */
    private void overProbabilities(double[] start, int predicted, int sweeps) {
        double[] logits = new double[classes];
        for (int k = 0; k < classes; k++) {
            logits[k] = StrictMath.log(Math.max(start[k], 1e-13));
        }
        double value = look(Instance.predicting(surrogate, softmax(logits), predicted));
        double width = 2;
        for (int sweep = 0; sweep < sweeps && width > 1e-7 && worstRatio <= VIOLATION; sweep++) {
            double before = value;
            for (int k = 0; k < classes; k++) {
                int coordinate = k;
                double old = logits[k];
                double best = Golden.maximise(
                        v -> {
                            logits[coordinate] = v;
                            return look(Instance.predicting(surrogate, softmax(logits), predicted));
                        },
                        old - width,
                        old + width,
                        surrogate.closedForm() ? 24 : 8);
                logits[k] = best;
                double found = look(Instance.predicting(surrogate, softmax(logits), predicted));
                if (found >= value) {
                    value = found;
                } else {
                    logits[k] = old;
                }
            }
            width = value > before * (1 + 1e-9) ? width : width / 4;
        }
    }

    private static double[] softmax(double[] logits) {
        double top = Pooling.max(logits);
        double[] p = new double[logits.length];
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            p[k] = StrictMath.exp(logits[k] - top);
            sum += p[k];
        }
        for (int k = 0; k < p.length; k++) {
            p[k] /= sum;
        }
        return p;
    }

    // ---- stage 3

    private void mixtures() {
        List<Instance> points = new ArrayList<>(frontier);
        double[] certain = new double[classes];
        certain[0] = 1;
        Instance right = Instance.predicting(surrogate, certain, 0);
        points.add(right);
        for (int i = 0; i < points.size(); i++) {
            for (int j = 0; j < i; j++) {
                for (double share : new double[] {0.001, 0.01, 0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95, 0.99, 0.999}) {
                    double t = share * points.get(i).zeroOneRegret()
                            + (1 - share) * points.get(j).zeroOneRegret();
                    double r = share * points.get(i).surrogateRegret()
                            + (1 - share) * points.get(j).surrogateRegret();
                    examined++;
                    if (candidate.ratio(t, r) > worstRatio) {
                        look(Instance.mixture(points.get(i), points.get(j), share));
                    }
                }
            }
        }
        // A candidate that is not concave may fail against the chord to the origin at a share close to nothing.
        for (Instance point : frontier) {
            for (double share = 1e-6; share < 1; share *= 1.5) {
                look(Instance.mixture(point, right, share));
            }
        }
    }

    // ---- stage 4

    private void random() {
        int instances = surrogate.closedForm() ? 40 * restarts : 2 * restarts;
        for (int n = 0; n < instances && worstRatio <= VIOLATION; n++) {
            look(randomInstance(1 + n % 5));
        }
        int searches = surrogate.closedForm() ? restarts : restarts / 10;
        for (int n = 0; n < searches && worstRatio <= VIOLATION; n++) {
            double[] concentrations = {0.2, 1, 5};
            double[] p = RandomInstances.dirichlet(stream, classes, concentrations[n % 3]);
            overProbabilities(p, (Pooling.argmax(p) + 1 + stream.nextInt(classes - 1)) % classes, 6);
            overScores(randomInstance(1));
        }
    }

    private Instance randomInstance(int size) {
        double[] weights = size == 1 ? new double[] {1} : RandomInstances.dirichlet(stream, size, 1);
        double[] concentrations = {0.2, 1, 5};
        double concentration = concentrations[stream.nextInt(3)];
        List<Instance.Point> points = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            double[] p = RandomInstances.dirichlet(stream, classes, concentration);
            points.add(Instance.point(surrogate, weights[i], p, surrogate.allow(RandomInstances.scores(stream, p))));
        }
        return Instance.of(points);
    }

    /** One sweep of golden sections over the scores of a single point, p as it is. */
    private void overScores(Instance start) {
        Instance.Point point = start.points().get(0);
        double[] scores = point.scores().clone();
        double value = start.ratio(candidate);
        for (int k = 0; k < classes; k++) {
            int coordinate = k;
            double old = scores[k];
            scores[k] = Golden.maximise(
                    v -> {
                        double[] trial = scores.clone();
                        trial[coordinate] = v;
                        return look(
                                Instance.of(List.of(Instance.point(surrogate, 1, point.p(), surrogate.allow(trial)))));
                    },
                    old - 2,
                    old + 2,
                    surrogate.closedForm() ? 20 : 6);
            double found = Instance.of(
                            List.of(Instance.point(surrogate, 1, point.p(), surrogate.allow(scores.clone()))))
                    .ratio(candidate);
            if (found < value) {
                scores[k] = old;
            } else {
                value = found;
            }
        }
    }

    /** Golden section search. */
    private static final class Golden {
        private static final double SHARE = 0.6180339887498949;

        private Golden() {}

        static double maximise(java.util.function.DoubleUnaryOperator f, double low, double high, int steps) {
            double a = low;
            double b = high;
            double c = b - SHARE * (b - a);
            double d = a + SHARE * (b - a);
            double fc = f.applyAsDouble(c);
            double fd = f.applyAsDouble(d);
            for (int i = 0; i < steps; i++) {
                if (fc >= fd) {
                    b = d;
                    d = c;
                    fd = fc;
                    c = b - SHARE * (b - a);
                    fc = f.applyAsDouble(c);
                } else {
                    a = c;
                    c = d;
                    fc = fd;
                    d = a + SHARE * (b - a);
                    fd = f.applyAsDouble(d);
                }
            }
            return fc >= fd ? c : d;
        }
    }
}

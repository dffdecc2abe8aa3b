package io.verity.estimators.hconsistency;

import io.verity.stats.random.RandomStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The smallest surrogate regret with a given zero-one regret, by search over the class probabilities: an upper bound of the
 * infimum, within 1e-4 of every known exact value. Per t it tries the families of {@link Recipes} and refines the best by
 * coordinate search.
 */
public final class ExactPsi {
    private static final int STEPS = 25;
    private static final int RANDOM = 12;
    private static final int SWEEPS = 40;

    private final Surrogate surrogate;
    private final List<Recipes.Recipe> recipes;

    private ExactPsi(Surrogate surrogate, List<Recipes.Recipe> recipes) {
        this.surrogate = surrogate;
        this.recipes = recipes;
    }

    /**
     * A search; the same bits for the same seed.
     *
     * @param surrogate loss and scores
     * @param classes number of classes K, at least 2
     * @param seed of the random splits
     * @return the search
     */
    public static ExactPsi of(Surrogate surrogate, int classes, long seed) {
        int steps = surrogate.closedForm() ? STEPS : 5;
        int random = surrogate.closedForm() ? RANDOM : 2;
        RandomStream stream = RandomStream.of(seed, "exact psi", classes, 0);
        return new ExactPsi(surrogate, Recipes.of(classes, steps, random, stream));
    }

    /**
     * The smallest surrogate regret found.
     *
     * @param t zero-one regret, in [0, 1]
     * @return an upper bound of the infimum
     * @throws IllegalArgumentException if t is outside [0, 1]
     */
    public double psi(double t) {
        return t == 0 ? 0 : worst(t).surrogateRegret();
    }

    /** The instance with the smallest regret at t: class 0 is the most probable, class 1 predicted. */
    Instance worst(double t) {
        Transform.checkZeroOne(t);
        double[] best = null;
        double smallest = Double.POSITIVE_INFINITY;
        for (Recipes.Recipe recipe : recipes) {
            double @Nullable [] p = recipe.at(t);
            if (p != null) {
                double regret = surrogate.regretGivenPrediction(p, 1);
                if (regret < smallest) {
                    smallest = regret;
                    best = p;
                }
            }
        }
        if (best == null) {
            throw new IllegalStateException("no distribution has the zero-one regret " + t);
        }
        return Instance.predicting(surrogate, refine(best, t, smallest), 1);
    }

    /** Moves mass between the pair (top, predicted), whose distance stays, and the others, and among the others. */
    private double[] refine(double[] start, double t, double value) {
        if (start.length == 2 || !surrogate.closedForm()) {
            return start;
        }
        double[] best = start;
        double smallest = value;
        double step = 0.05;
        for (int sweep = 0; sweep < SWEEPS && step > 1e-9; sweep++) {
            boolean better = false;
            for (int i = 1; i < start.length; i++) {
                for (int j = 1; j < start.length; j++) {
                    double @Nullable [] p = i == j ? null : moved(best, i, j, step);
                    if (p == null) {
                        continue;
                    }
                    p[0] = p[1] + t;
                    double regret = surrogate.regretGivenPrediction(p, 1);
                    if (regret < smallest) {
                        smallest = regret;
                        best = p;
                        better = true;
                    }
                }
            }
            step = better ? step : step / 3;
        }
        return best;
    }

    /** Class 1 stands for itself and the top: a step there costs two from the other class. */
    private static double @Nullable [] moved(double[] p, int from, int to, double step) {
        double amount = Math.min(step, from == 1 ? 2 * p[1] : p[from]);
        double[] next = p.clone();
        next[from] -= from == 1 ? amount / 2 : amount;
        next[to] += to == 1 ? amount / 2 : amount;
        double top = p[0] + next[1] - p[1];
        for (int k = 2; k < p.length; k++) {
            if (next[k] > top) {
                return null;
            }
        }
        return amount > 0 ? next : null;
    }
}

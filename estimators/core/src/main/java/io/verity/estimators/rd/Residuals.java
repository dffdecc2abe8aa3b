package io.verity.estimators.rd;

import io.verity.stats.InsufficientDataException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One side with the rule by which its residuals and variances are made. */
final class Residuals {
    final Side side;
    private final RdVariance rule;
    private final @Nullable NearestNeighbours neighbours;

    private Residuals(Side side, RdVariance rule, @Nullable NearestNeighbours neighbours) {
        this.side = side;
        this.rule = rule;
        this.neighbours = neighbours;
    }

    static Residuals of(Side side, RdVariance rule, int matches) {
        return new Residuals(side, rule, rule == RdVariance.NN ? NearestNeighbours.of(side, matches) : null);
    }

    /** The same side with the response s0 y + s1 T. */
    Residuals combined(double s0, double s1) {
        int n = side.rows();
        double[] response = new double[n];
        for (int i = 0; i < n; i++) {
            response[i] = s0 * side.values[i] + s1 * side.values[n + i];
        }
        Side combined = side.withResponse(response);
        return new Residuals(combined, rule, neighbours == null ? null : neighbours.combined(combined, s0, s1));
    }

    /**
     * Variance of the linear estimator with the given weights on the first rows.
     *
     * @param j column
     * @param omega weights; zero beyond them
     * @param fit the polynomial whose residuals are used
     * @param window rows of the window within which neighbours are looked for and degrees of freedom counted
     */
    double variance(int j, double[] omega, WindowFit fit, double @Nullable [] slack, int window) {
        int rows = omega.length;
        double[] e = neighbours != null ? neighbours.residuals(j, window) : fit.residuals(side, j, rows);
        if (slack != null) {
            boolean third = rule == RdVariance.HC3;
            for (int i = 0; i < Math.min(rows, slack.length); i++) {
                e[i] /= third ? slack[i] : Math.sqrt(slack[i]);
            }
        }
        int[] clusters = side.clusters;
        if (rule == RdVariance.CR1 && clusters != null) {
            return clustered(omega, e, clusters, window, fit.order + 1);
        }
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            double score = omega[i] * e[i];
            sum += score * score;
        }
        return rule == RdVariance.HC1 ? sum * window / (window - fit.order - 1) : sum;
    }

    /**
     * What {@link #variance} needs of the leverages, null where the rule needs nothing.
     *
     * @throws InsufficientDataException if residuals of the fit would be rounding errors and the rule uses them
     */
    double @Nullable [] slack(WindowFit fit) {
        if (rule == RdVariance.NN) {
            return null;
        }
        double[] slack = fit.slack();
        fit.requireFreedom(slack);
        return rule == RdVariance.HC2 || rule == RdVariance.HC3 ? slack : null;
    }

    private double clustered(double[] omega, double[] e, int[] clusters, int window, int coefficients) {
        int highest = 0;
        for (int i = 0; i < window; i++) {
            highest = Math.max(highest, clusters[i]);
        }
        double[] scores = new double[highest + 1];
        boolean[] present = new boolean[highest + 1];
        for (int i = 0; i < window; i++) {
            present[clusters[i]] = true;
            if (i < omega.length) {
                scores[clusters[i]] += omega[i] * e[i];
            }
        }
        int groups = 0;
        for (boolean p : present) {
            groups += p ? 1 : 0;
        }
        double sum = Arrays.stream(scores).map(s -> s * s).sum();
        if (groups < 2) {
            throw new InsufficientDataException(
                    "the rows within the bandwidth on the " + side.name()
                            + " are one cluster; a clustered variance needs two",
                    "give a larger bandwidth or other clusters");
        }
        return sum * (window - 1) / (window - coefficients) * groups / (groups - 1.0);
    }
}

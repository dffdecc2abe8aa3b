package io.verity.estimators.hconsistency;

import io.verity.stats.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * A distribution of (x, y) with finitely many x: a weight and the class probabilities of each point, and where the points lie
 * when a class of hypotheses needs to know. Weights are divided by their sum.
 */
public final class FiniteDistribution {
    private static final double SUM_TOLERANCE = 1e-8;

    private final double[] weights;
    private final double[][] p;
    private final double @Nullable [][] x;

    private FiniteDistribution(double[] weights, double[][] p, double @Nullable [][] x) {
        this.weights = weights;
        this.p = p;
        this.x = x;
    }

    /**
     * A distribution; everything is copied.
     *
     * @param weights N weights, at least 0, not all 0
     * @param p N rows of K probabilities
     * @param x N rows of d coordinates, or null where no hypothesis asks for them
     * @return the distribution
     * @throws IllegalArgumentException if the sizes differ, a weight is negative or not finite, all weights are 0, a row of p
     *     has a negative entry or does not sum to 1 within 1e-8, or there are fewer than 2 classes; the message names the row
     *     (1-based)
     */
    public static FiniteDistribution of(double[] weights, double[][] p, double @Nullable [][] x) {
        Arguments.require(p.length > 0, "the distribution has no points");
        Arguments.require(
                weights.length == p.length,
                "there are %d weights and %d rows of probabilities",
                weights.length,
                p.length);
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            Arguments.require(
                    weights[i] >= 0 && Double.isFinite(weights[i]),
                    "the weight of row %d must be finite and at least 0, but is %s",
                    i + 1,
                    weights[i]);
            total += weights[i];
        }
        Arguments.require(total > 0, "all %d weights are 0", weights.length);
        double[] shares = new double[weights.length];
        double[][] copy = new double[p.length][];
        for (int i = 0; i < p.length; i++) {
            // Weights that sum to 1 stay as they are printed.
            shares[i] = Math.abs(total - 1) <= SUM_TOLERANCE ? weights[i] : weights[i] / total;
            Arguments.require(
                    p[i].length == p[0].length,
                    "row %d has %d probabilities, row 1 has %d",
                    i + 1,
                    p[i].length,
                    p[0].length);
            copy[i] = probabilities(p[i], i + 1);
        }
        if (x != null) {
            Arguments.require(
                    x.length == p.length, "there are %d rows of x and %d of probabilities", x.length, p.length);
            Arguments.finiteMatrix("x", x);
        }
        return new FiniteDistribution(shares, copy, x == null ? null : copy(x));
    }

    /**
     * A distribution whose hypotheses are free at every point.
     *
     * @param weights N weights
     * @param p N rows of K probabilities
     * @return the distribution
     * @throws IllegalArgumentException as {@link #of(double[], double[][], double[][])}
     */
    public static FiniteDistribution of(double[] weights, double[][] p) {
        return of(weights, p, null);
    }

    /**
     * One point.
     *
     * @param p its K probabilities
     * @return the distribution with all mass there
     * @throws IllegalArgumentException if p is no probability vector
     */
    public static FiniteDistribution at(double... p) {
        return of(new double[] {1}, new double[][] {p}, null);
    }

    /** Checks one probability vector and copies it. */
    private static double[] probabilities(double[] row, int number) {
        Arguments.require(
                row.length >= 2, "the number of classes must be at least 2, but row %d has %d", number, row.length);
        double sum = 0;
        for (int k = 0; k < row.length; k++) {
            sum += row[k];
        }
        for (int k = 0; k < row.length; k++) {
            Arguments.require(
                    row[k] >= 0 && Double.isFinite(row[k]),
                    "row %d of the probabilities has %s for class %d (its sum is %s); it must be at least 0",
                    number,
                    row[k],
                    k + 1,
                    sum);
        }
        Arguments.require(
                Math.abs(sum - 1) <= SUM_TOLERANCE,
                "row %d of the probabilities sums to %s, not to 1 within 1e-8",
                number,
                sum);
        return row.clone();
    }

    private static double[][] copy(double[][] rows) {
        double[][] copy = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            copy[i] = rows[i].clone();
        }
        return copy;
    }

    /**
     * The number of points.
     *
     * @return N
     */
    public int size() {
        return weights.length;
    }

    /**
     * The number of classes.
     *
     * @return K
     */
    public int classes() {
        return p[0].length;
    }

    /**
     * A point's share of the mass.
     *
     * @param i point, 0-based
     * @return its weight, the weights summing to 1
     */
    public double weight(int i) {
        return weights[i];
    }

    /**
     * A point's class probabilities.
     *
     * @param i point, 0-based
     * @return a copy of the K probabilities
     */
    public double[] p(int i) {
        return p[i].clone();
    }

    /**
     * Whether the points have places.
     *
     * @return whether {@link #x} answers
     */
    public boolean hasCoordinates() {
        return x != null;
    }

    /**
     * Where the points lie.
     *
     * @return a copy of the N x d coordinates
     * @throws IllegalStateException if the distribution was made without them
     */
    public double[][] x() {
        if (x == null) {
            throw new IllegalStateException("this distribution has no coordinates");
        }
        return copy(x);
    }
}

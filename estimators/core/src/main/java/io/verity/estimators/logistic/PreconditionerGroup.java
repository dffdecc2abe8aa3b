package io.verity.estimators.logistic;

import io.verity.stats.linalg.Matrix;
import java.util.Arrays;

/**
 * One preconditioner for neighbouring penalties: the Cholesky factor of \( Z^\top D Z + \lambda I \) with the curvatures D of an
 * earlier iterate of one of them (first with those of all weights zero), or the diagonal alone where p is large. It is made
 * anew when conjugate gradients take many steps with it.
 */
final class PreconditionerGroup {
    /** Columns beyond which the factor is not worth its \( p^3/3 \). */
    private static final int LARGEST_FACTOR = 2048;

    private static final int MANY_STEPS = 20;
    private static final int MOST_REFRESHES = 8;

    private final Sample sample;
    private final double penalty;
    private final double[] diagonal;
    private double[] factor = {};
    private int refreshes;
    private int roundsSinceRefresh;

    /**
     * @param gram \( Z^\top D Z \) at zero weights, row-major; or its diagonal where p is large
     */
    PreconditionerGroup(Sample sample, double lambda, double[] gram) {
        this.sample = sample;
        this.penalty = lambda;
        this.diagonal = new double[isDiagonal(sample.columns) ? sample.columns : 0];
        if (diagonal.length > 0) {
            System.arraycopy(gram, 0, diagonal, 0, diagonal.length);
        } else {
            factorize(gram.clone(), lambda);
        }
    }

    static boolean isDiagonal(int columns) {
        return columns > LARGEST_FACTOR;
    }

    /** \( Z^\top D Z \) for \( D = c/4 \), the curvature at probability one half; its diagonal alone where p is large. */
    static double[] gram(Sample sample) {
        double[] quarter = Arrays.stream(sample.weights).map(c -> c / 4).toArray();
        int p = sample.columns;
        if (!isDiagonal(p)) {
            return weightedGram(sample, quarter);
        }
        double[] diagonal = new double[p];
        for (int i = 0; i < sample.rows; i++) {
            for (int j = 0; j < p; j++) {
                double z = sample.values[i * p + j];
                diagonal[j] = Math.fma(quarter[i] * z, z, diagonal[j]);
            }
        }
        return diagonal;
    }

    private static double[] weightedGram(Sample sample, double[] curvature) {
        int p = sample.columns;
        double[] gram = new double[Math.multiplyExact(p, p)];
        sample.backend.gram(sample.design, curvature, sample.backend.upload(gram, p, p));
        return gram;
    }

    private void factorize(double[] gram, double lambda) {
        int p = sample.columns;
        double trace = 0;
        for (int j = 0; j < p; j++) {
            trace += gram[j * p + j];
        }
        // Only a preconditioner: a little more on the diagonal keeps it definite.
        for (int j = 0; j < p; j++) {
            gram[j * p + j] += lambda + 1e-13 * trace;
        }
        if (p == 0 || sample.backend.cholesky(sample.backend.upload(gram, p, p)) < 0) {
            factor = gram;
        } else if (factor.length == 0) {
            throw new IllegalStateException("a Gram matrix with a ridge is not positive definite");
        }
    }

    /** A problem of this group begins a system: makes a factor from its curvatures if the last system went slowly. */
    void refreshFor(PrimalProblem problem) {
        if (!canRefresh() || problem.cgStepsOfLastSystem() <= MANY_STEPS || roundsSinceRefresh < MANY_STEPS) {
            return;
        }
        refreshes++;
        roundsSinceRefresh = 0;
        factorize(weightedGram(sample, problem.derivatives.curvature), problem.lambda);
    }

    /** Counts the factors made: conjugate gradients begin anew with each. */
    int version() {
        return refreshes;
    }

    /** Whether a slow system is followed by a better factor. */
    boolean canRefresh() {
        return factor.length > 0 && refreshes < MOST_REFRESHES;
    }

    /** Solves for several right-hand sides in place; rhs is p x columns, row-major. */
    void solve(double[] rhs, int columns) {
        roundsSinceRefresh++;
        int p = sample.columns;
        if (factor.length > 0) {
            Matrix l = sample.backend.upload(factor, p, p);
            sample.backend.choleskySolve(l, sample.backend.upload(rhs, p, columns));
            return;
        }
        for (int j = 0; j < diagonal.length; j++) {
            for (int k = 0; k < columns; k++) {
                rhs[j * columns + k] /= diagonal[j] + penalty;
            }
        }
    }
}

package io.verity.estimators.logistic;

import io.verity.stats.linalg.Matrix;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

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

    /** Share of the ridge that a row's curvature along itself must reach. */
    private static final double INSIGNIFICANT = 0.02;

    private final Sample sample;
    private final double penalty;
    private final double[] diagonal;
    private double[] factor = {};
    private int refreshes;
    private boolean stale;

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

    /**
     * A group of other rows of the same data that begins with what this one has come to. Where the curvatures mattered so much
     * that it was made anew again and again, the other rows need their own from the start.
     */
    PreconditionerGroup(PreconditionerGroup begun, Sample sample) {
        this.sample = sample;
        this.penalty = begun.penalty;
        this.diagonal = begun.diagonal;
        this.factor = begun.factor;
        this.stale = begun.refreshes > 1;
    }

    static boolean isDiagonal(int columns) {
        return columns > LARGEST_FACTOR;
    }

    /** \( Z^\top D Z \) for \( D = c/4 \), the curvature at probability one half; its diagonal alone where p is large. */
    static double[] gram(Sample sample) {
        double[] quarter = Arrays.stream(sample.weights).map(c -> c / 4).toArray();
        int p = sample.columns;
        if (!isDiagonal(p)) {
            return gram(sample, sample.design, quarter);
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

    private static double[] gram(Sample sample, Matrix design, double[] curvature) {
        int p = sample.columns;
        double[] gram = new double[Math.multiplyExact(p, p)];
        sample.backend.gram(design, curvature, sample.backend.upload(gram, p, p));
        return gram;
    }

    /** Leaves out the rows that add next to nothing to the ridge, as those of a fold or far from the boundary. */
    private double[] significantGram(double[] curvature, double lambda) {
        int p = sample.columns;
        int[] kept = IntStream.range(0, curvature.length)
                .filter(i -> curvature[i] * squares(i) > INSIGNIFICANT * lambda)
                .toArray();
        if (kept.length == curvature.length) {
            return gram(sample, sample.design, curvature);
        }
        double[] rows = Sample.rows(DMatrixRMaj.wrap(sample.rows, p, sample.values), kept);
        double[] weights = Arrays.stream(kept).mapToDouble(i -> curvature[i]).toArray();
        return gram(sample, sample.backend.upload(rows, kept.length, p), weights);
    }

    private double squares(int row) {
        double sum = 0;
        for (int j = row * sample.columns; j < (row + 1) * sample.columns; j++) {
            sum = Math.fma(sample.values[j], sample.values[j], sum);
        }
        return sum;
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
        boolean slow = problem.cgStepsOfLastSystem() > MANY_STEPS && problem.knowsPreconditioner();
        if (!canRefresh() || !(slow || stale)) {
            return;
        }
        refreshes++;
        stale = false;
        factorize(significantGram(problem.derivatives.curvature, problem.lambda), problem.lambda);
    }

    /** Counts the factors made: conjugate gradients begin anew with each. */
    int version() {
        return refreshes;
    }

    /** Whether the factor is that of other rows and not good enough for these. */
    boolean isStale() {
        return stale;
    }

    /** Whether a slow system is followed by a better factor. */
    boolean canRefresh() {
        return factor.length > 0 && refreshes < MOST_REFRESHES;
    }

    /** The same object for groups whose systems can be solved together. */
    Object solver() {
        return factor.length > 0 ? factor : this;
    }

    /** Solves for several right-hand sides in place; rhs is p x columns, row-major. */
    void solve(double[] rhs, int columns) {
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

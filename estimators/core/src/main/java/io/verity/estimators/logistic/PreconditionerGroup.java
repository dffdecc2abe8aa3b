package io.verity.estimators.logistic;

import io.verity.stats.linalg.ApproximateInverse;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One preconditioner for neighbouring penalties: the approximate inverse of \( Z^\top D Z + \lambda I \) with the curvatures D of an
 * earlier iterate of one of them (first with those of all weights zero), or the diagonal alone where p is large. It is made
 * anew when conjugate gradients take many steps with it.
 */
final class PreconditionerGroup {
    /** Columns beyond which an inverse is not worth its \( p^3/3 \). */
    private static final int LARGEST = 2048;

    private static final int MANY_STEPS = 15;
    private static final int MOST_REFRESHES = 8;

    /** Share of the ridge that a row's curvature along itself must reach. */
    private static final double INSIGNIFICANT = 0.02;

    private final Sample sample;
    private final double penalty;
    private final double[] diagonal;

    /** Sums of the squares of the rows. */
    private final double[] squares;

    private @Nullable ApproximateInverse inverse;
    private double @Nullable [] wanted;
    private double wantedPenalty;
    private int refreshes;
    private boolean stale;

    private PreconditionerGroup(Sample sample, double lambda, double[] diagonal) {
        this.sample = sample;
        this.penalty = lambda;
        this.diagonal = diagonal;
        this.squares = new double[0];
    }

    private PreconditionerGroup(Sample sample, double lambda, ApproximateInverse inverse, double[] squares) {
        this.sample = sample;
        this.penalty = lambda;
        this.diagonal = new double[0];
        this.inverse = inverse;
        this.squares = squares;
    }

    /** Groups for some penalties that begin with the curvatures at zero weights, c/4. */
    static List<PreconditionerGroup> of(Sample sample, double[] lambdas) {
        double[] quarter = Arrays.stream(sample.weights).map(c -> c / 4).toArray();
        if (sample.columns > LARGEST) {
            double[] diagonal = diagonal(sample, quarter);
            return Arrays.stream(lambdas)
                    .mapToObj(lambda -> new PreconditionerGroup(sample, lambda, diagonal))
                    .toList();
        }
        List<ApproximateInverse> inverses = sample.backend.approximateInverses(sample.design, quarter, lambdas);
        double[] squares = squares(sample);
        return IntStream.range(0, lambdas.length)
                .mapToObj(k -> new PreconditionerGroup(sample, lambdas[k], inverses.get(k), squares))
                .toList();
    }

    /**
     * A group of other rows of the same data that begins with what this one has come to. Where the curvatures mattered so much
     * that it was made anew again and again, the other rows need their own from the start.
     */
    PreconditionerGroup(PreconditionerGroup begun, Sample sample) {
        this.sample = sample;
        this.penalty = begun.penalty;
        this.diagonal = begun.diagonal;
        this.inverse = begun.inverse;
        this.squares = begun.squares;
        this.stale = begun.refreshes > 1;
    }

    private static double[] diagonal(Sample sample, double[] curvature) {
        int p = sample.columns;
        double[] diagonal = new double[p];
        for (int i = 0; i < sample.rows; i++) {
            for (int j = 0; j < p; j++) {
                double z = sample.values[i * p + j];
                diagonal[j] = Math.fma(curvature[i] * z, z, diagonal[j]);
            }
        }
        return diagonal;
    }

    private static double[] squares(Sample sample) {
        int p = sample.columns;
        double[] squares = new double[sample.rows];
        for (int i = 0; i < squares.length; i++) {
            for (int j = i * p; j < (i + 1) * p; j++) {
                squares[i] = Math.fma(sample.values[j], sample.values[j], squares[i]);
            }
        }
        return squares;
    }

    /** Leaves out the rows that add next to nothing to the ridge, as those of a fold or far from the boundary. */
    private double[] significant(double[] curvature, double lambda) {
        double[] weights = new double[curvature.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = curvature[i] * squares[i] > INSIGNIFICANT * lambda ? curvature[i] : 0;
        }
        return weights;
    }

    /** A problem of this group begins a system: wants an inverse from its curvatures if the last system went slowly. */
    void refreshFor(PrimalProblem problem) {
        boolean slow = problem.cgStepsOfLastSystem() > MANY_STEPS && problem.knowsPreconditioner();
        if (!canRefresh() || !(slow || stale)) {
            return;
        }
        refreshes++;
        stale = false;
        wanted = significant(problem.derivatives.curvature, problem.lambda);
        wantedPenalty = problem.lambda;
    }

    /** Makes the inverse that is wanted, with all threads. */
    void prepare() {
        if (wanted != null) {
            inverse = sample.backend
                    .approximateInverses(sample.design, wanted, wantedPenalty)
                    .get(0);
            wanted = null;
        }
    }

    /** Counts the inverses made: conjugate gradients begin anew with each. */
    int version() {
        return refreshes;
    }

    /** Whether the inverse is that of other rows and not good enough for these. */
    boolean isStale() {
        return stale;
    }

    /** Whether a slow system is followed by a better inverse. */
    boolean canRefresh() {
        return inverse != null && refreshes < MOST_REFRESHES;
    }

    /** Memory that the preconditioner holds. */
    long bytes() {
        return inverse == null ? 0 : inverse.bytes();
    }

    /** The same object for groups whose systems can be solved together. */
    Object solver() {
        return inverse == null ? this : inverse;
    }

    /** Applies the preconditioner to several vectors. */
    void solve(double[][] from, double[][] to) {
        if (inverse != null) {
            inverse.apply(from, to);
            return;
        }
        for (int c = 0; c < from.length; c++) {
            for (int j = 0; j < diagonal.length; j++) {
                to[c][j] = from[c][j] / (diagonal[j] + penalty);
            }
        }
    }
}

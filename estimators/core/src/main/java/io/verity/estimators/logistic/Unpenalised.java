package io.verity.estimators.logistic;

import io.verity.stats.EstimationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Paths with a penalty of zero: the maximum must exist and be unique, or the user is told which of the two fails and why. */
final class Unpenalised {
    private static final double RIDGE_LIMIT = 1e-6;

    /** Share of a column's sum of squares that the columns before it must leave unexplained. */
    private static final double INDEPENDENT = 1e-12;

    private Unpenalised() {}

    static List<RidgeFit> solve(Sample sample, Settings settings, double[] lambdas) {
        if (LinearSeparability.quick(sample)) {
            return limit(sample, settings, lambdas, new SeparableDataException());
        }
        checkColumns(sample);
        List<RidgeFit> fits;
        try {
            fits = new PathSolver(settings, lambdas).solve(sample);
        } catch (EstimationException e) {
            LinearSeparability.Result found = LinearSeparability.of(sample);
            if (found.verdict() == LinearSeparability.Verdict.QUASI_SEPARABLE) {
                return limit(sample, settings, lambdas, SeparableDataException.quasi(found.onPlane(), sample.rows));
            }
            throw e;
        }
        RidgeFit maximum =
                fits.stream().filter(f -> f.lambda() == 0).findFirst().orElseThrow();
        if (LinearSeparability.certifiesItself(sample, maximum)) {
            return fits;
        }
        LinearSeparability.Result found = LinearSeparability.of(sample);
        return switch (found.verdict()) {
            case NOT_SEPARABLE -> fits;
            case SEPARABLE -> limit(sample, settings, lambdas, new SeparableDataException());
            case QUASI_SEPARABLE ->
                limit(sample, settings, lambdas, SeparableDataException.quasi(found.onPlane(), sample.rows));
            case NOT_CERTIFIED -> warned(fits, found.reason());
        };
    }

    private static List<RidgeFit> limit(
            Sample sample, Settings settings, double[] lambdas, SeparableDataException reason) {
        if (settings.separable == SeparablePolicy.ERROR) {
            throw reason;
        }
        double[] positive =
                Arrays.stream(lambdas).map(l -> l > 0 ? l : RIDGE_LIMIT).toArray();
        return new PathSolver(settings, positive).solve(sample);
    }

    private static List<RidgeFit> warned(List<RidgeFit> fits, String reason) {
        List<RidgeFit> warned = new ArrayList<>();
        for (RidgeFit fit : fits) {
            warned.add(
                    fit.lambda() == 0
                            ? fit.withWarning("it could not be certified that the likelihood has a maximum: " + reason)
                            : fit);
        }
        return warned;
    }

    /**
     * Whether the columns are independent, by the Cholesky factor of their (centred) correlations: the square of a pivot is the
     * share of the column that the columns before it do not explain.
     *
     * @throws CollinearColumnsException naming the first that is not
     */
    private static void checkColumns(Sample sample) {
        int p = sample.columns;
        double[] gram = new double[Math.multiplyExact(p, p)];
        sample.backend.gram(sample.design, sample.weights, sample.backend.upload(gram, p, p));
        double[] scales = new double[p];
        for (int j = 0; j < p; j++) {
            double largest = 0;
            double raw = Math.abs(sample.centres[j]);
            for (int i = 0; i < sample.rows; i++) {
                largest = Math.max(largest, Math.abs(sample.values[i * p + j]));
            }
            // what is left of a constant after its mean was subtracted is rounding
            if (!(gram[j * p + j] > 0) || largest <= 4 * Math.ulp(raw)) {
                throw CollinearColumnsException.of(j, true, sample.intercept);
            }
            scales[j] = 1 / Math.sqrt(gram[j * p + j]);
        }
        for (int j = 0; j < p; j++) {
            for (int k = 0; k < j; k++) {
                gram[j * p + k] *= scales[j] * scales[k];
            }
            gram[j * p + j] = 1;
        }
        int failed = p == 0 ? -1 : sample.backend.cholesky(sample.backend.upload(gram, p, p));
        for (int j = 0; j < (failed < 0 ? p : failed); j++) {
            if (gram[j * p + j] * gram[j * p + j] < INDEPENDENT) {
                throw CollinearColumnsException.of(j, false, sample.intercept);
            }
        }
        if (failed >= 0) {
            throw CollinearColumnsException.of(failed, false, sample.intercept);
        }
    }
}

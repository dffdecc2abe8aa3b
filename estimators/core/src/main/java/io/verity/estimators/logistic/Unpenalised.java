package io.verity.estimators.logistic;

import io.verity.stats.EstimationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Paths with a penalty of zero: the maximum must exist and be unique, or the user is told which of the two fails and why. */
final class Unpenalised {
    private static final double RIDGE_LIMIT = 1e-6;

    private Unpenalised() {}

    static List<RidgeFit> solve(Sample sample, Settings settings, double[] lambdas) {
        if (LinearSeparability.quick(sample)) {
            return limit(sample, settings, lambdas, new SeparableDataException());
        }
        IndependentColumns.check(sample.values, sample.weights, sample.centres, sample.intercept, sample.backend);
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
}

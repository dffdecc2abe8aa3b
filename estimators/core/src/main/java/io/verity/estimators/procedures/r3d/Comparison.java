package io.verity.estimators.procedures.r3d;

import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.r3d.R3dFit;
import io.verity.estimators.r3d.TestKind;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What of a fit is set beside other fits.
 *
 * @param effect average effect
 * @param error its standard error
 * @param smallest effect on the grid
 * @param largest effect on the grid
 * @param halfWidth of the uniform band, averaged over the grid
 * @param nullity p value, NaN where not tested
 * @param homogeneity p value, NaN where not tested
 */
record Comparison(
        double effect,
        double error,
        double smallest,
        double largest,
        double halfWidth,
        double nullity,
        double homogeneity) {

    static Comparison of(R3dFit fit) {
        double width = 0;
        for (int j = 0; j < fit.grid().length; j++) {
            width += (fit.upper()[j] - fit.lower()[j]) / 2 / fit.grid().length;
        }
        return new Comparison(
                fit.averageEffect(),
                fit.averageEffectError(),
                Arrays.stream(fit.tau()).min().orElse(Double.NaN),
                Arrays.stream(fit.tau()).max().orElse(Double.NaN),
                width,
                pValue(fit, TestKind.NULLITY),
                pValue(fit, TestKind.HOMOGENEITY));
    }

    /** The columns of a comparison as results. */
    static void add(Outcome.Builder outcome, List<R3dFit> fits) {
        List<Comparison> all = fits.stream().map(Comparison::of).toList();
        outcome.result("averageEffect", column(all, Comparison::effect))
                .result("averageEffectError", column(all, Comparison::error))
                .result("smallestEffect", column(all, Comparison::smallest))
                .result("largestEffect", column(all, Comparison::largest))
                .result("halfWidth", column(all, Comparison::halfWidth))
                .result("nullity", column(all, Comparison::nullity))
                .result("homogeneity", column(all, Comparison::homogeneity));
    }

    private static double[] column(List<Comparison> all, ToDoubleFunction<Comparison> value) {
        return all.stream().mapToDouble(value).toArray();
    }

    private static double pValue(R3dFit fit, TestKind kind) {
        return fit.tests().stream()
                .filter(t -> t.kind() == kind)
                .mapToDouble(t -> t.pValue())
                .findFirst()
                .orElse(Double.NaN);
    }
}

package io.verity.estimators.procedures.r3d;

import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.r3d.R3dFit;
import io.verity.estimators.r3d.TestKind;
import io.verity.stats.result.Rounded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        Map<String, Object> units = new LinkedHashMap<>();
        units.put("left", fits.stream().map(f -> (long) f.effectiveUnitsLeft()).toList());
        units.put(
                "right", fits.stream().map(f -> (long) f.effectiveUnitsRight()).toList());
        outcome.result("averageEffect", column(all, Comparison::effect))
                .result("averageEffectError", column(all, Comparison::error))
                .result("smallestEffect", column(all, Comparison::smallest))
                .result("largestEffect", column(all, Comparison::largest))
                .result("halfWidth", column(all, Comparison::halfWidth))
                .result("nullity", column(all, Comparison::nullity))
                .result("homogeneity", column(all, Comparison::homogeneity))
                .result("effectiveUnits", units);
    }

    /**
     * What the fits warn of: once where all of them do, else with the fits that do.
     *
     * @param key what the fits differ by, singular
     */
    static List<String> warnings(String key, double[] keys, List<R3dFit> fits) {
        Map<String, List<String>> at = new LinkedHashMap<>();
        for (int k = 0; k < keys.length; k++) {
            for (String warning : fits.get(k).warnings()) {
                at.computeIfAbsent(warning, w -> new ArrayList<>()).add(Rounded.to(keys[k], 4));
            }
        }
        return at.entrySet().stream()
                .map(e -> {
                    int count = e.getValue().size();
                    String where = key + (count > 1 ? "s " : " ") + String.join(", ", e.getValue()) + ": ";
                    return (count == keys.length && count > 1 ? "" : where) + e.getKey();
                })
                .toList();
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

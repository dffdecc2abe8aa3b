package io.verity.estimators.procedures.r3d;

import io.verity.estimators.r3d.R3dFit;
import io.verity.estimators.r3d.TestResult;
import io.verity.stats.result.ResultTable;
import java.util.List;
import java.util.Locale;

/** The tables of the commands. */
final class R3dTables {
    private static final double[] SHOWN = {0.1, 0.25, 0.5, 0.75, 0.9};

    private R3dTables() {}

    /** One row per test and range. */
    static ResultTable tests(R3dFit fit) {
        ResultTable.Builder table = ResultTable.named("tests", "Tests of the effect")
                .text("test", "hypothesis")
                .number("low", "q from", "")
                .number("high", "q to", "")
                .number("statistic", "statistic", "")
                .number("pValue", "p value", "");
        for (TestResult test : fit.tests()) {
            String hypothesis = switch (test.kind()) {
                case NULLITY -> "no effect at any quantile (nullity)";
                case HOMOGENEITY -> "the same effect at every quantile (homogeneity)";
                case GINI -> "equal Gini coefficients (gini)";
            };
            table.row(hypothesis, test.low(), test.high(), test.statistic(), test.pValue());
        }
        return table.build();
    }

    /** One row per fit: a sensitivity over bandwidths or over cutoffs. */
    static ResultTable fits(String name, String title, String key, String label, double[] keys, List<R3dFit> fits) {
        ResultTable.Builder table = ResultTable.named(name, title)
                .number(key, label, "")
                .column(new ResultTable.Column(
                        "averageEffect", "average effect", "", ResultTable.Kind.NUMBER, "averageEffectError"))
                .number("averageEffectError", "standard error", "")
                .number("smallest", "smallest effect", "")
                .number("largest", "largest effect", "")
                .number("halfWidth", "half width of the band", "")
                .number("nullity", "p of nullity", "")
                .number("homogeneity", "p of homogeneity", "")
                .integer("unitsLeft", "units below", "")
                .integer("unitsRight", "units above", "");
        for (int k = 0; k < keys.length; k++) {
            Comparison one = Comparison.of(fits.get(k));
            table.row(
                    keys[k],
                    one.effect(),
                    one.error(),
                    one.smallest(),
                    one.largest(),
                    one.halfWidth(),
                    one.nullity(),
                    one.homogeneity(),
                    fits.get(k).effectiveUnitsLeft(),
                    fits.get(k).effectiveUnitsRight());
        }
        return table.build();
    }

    /** One line per fit for the terminal. */
    static String lines(String key, double[] keys, List<R3dFit> fits) {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < keys.length; k++) {
            Comparison one = Comparison.of(fits.get(k));
            text.append(String.format(
                    Locale.ROOT,
                    "%s%s %.4g: average effect %.6g (s.e. %.3g), effects %.4g to %.4g, band +-%.4g; %d + %d units",
                    k == 0 ? "" : "\n",
                    key,
                    keys[k],
                    one.effect(),
                    one.error(),
                    one.smallest(),
                    one.largest(),
                    one.halfWidth(),
                    fits.get(k).effectiveUnitsLeft(),
                    fits.get(k).effectiveUnitsRight()));
        }
        return text.toString();
    }

    /** A few effects with their band, as lines for the terminal. */
    static String effects(R3dFit fit) {
        StringBuilder text = new StringBuilder();
        int previous = -1;
        for (double wanted : SHOWN) {
            int nearest = 0;
            for (int j = 1; j < fit.grid().length; j++) {
                nearest = Math.abs(fit.grid()[j] - wanted) < Math.abs(fit.grid()[nearest] - wanted) ? j : nearest;
            }
            if (nearest != previous) {
                text.append(String.format(
                        Locale.ROOT,
                        "%seffect at q = %.4g: %.6g (s.e. %.3g), band [%.6g, %.6g]",
                        previous < 0 ? "" : "\n",
                        fit.grid()[nearest],
                        fit.tau()[nearest],
                        fit.standardErrors()[nearest],
                        fit.lower()[nearest],
                        fit.upper()[nearest]));
            }
            previous = nearest;
        }
        return text.toString();
    }
}

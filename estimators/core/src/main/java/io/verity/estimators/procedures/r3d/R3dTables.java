package io.verity.estimators.procedures.r3d;

import io.verity.estimators.r3d.R3dFit;
import io.verity.estimators.r3d.TestResult;
import io.verity.stats.result.ResultTable;
import io.verity.stats.result.Rounded;
import java.util.List;

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
        return noted(table, List.of(fit)).build();
    }

    /** One row per fit: a sensitivity over bandwidths or over cutoffs. */
    static ResultTable fits(String name, String title, String key, String label, double[] keys, List<R3dFit> fits) {
        ResultTable.Builder table = ResultTable.named(name, title)
                .number(key, label, "")
                .column(effect("averageEffect", "average effect"))
                .number("averageEffectError", "standard error", "")
                .column(effect("smallest", "smallest effect"))
                .column(effect("largest", "largest effect"))
                .column(effect("halfWidth", "half width of the band"))
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
        return noted(table, fits).build();
    }

    private static ResultTable.Builder noted(ResultTable.Builder table, List<R3dFit> fits) {
        for (R3dFit fit : fits) {
            if (fit.tests().stream().anyMatch(t -> t.pValue() == 0)) {
                return table.note(
                        "A p value of 0 stands for p < " + 1.0 / fit.draws() + ": no draw reached the statistic.");
            }
        }
        return table;
    }

    /** Rounded as its standard error tells, or as the average effect's does. */
    private static ResultTable.Column effect(String name, String label) {
        return new ResultTable.Column(name, label, "", ResultTable.Kind.NUMBER, "averageEffectError");
    }

    /** One line per fit for the terminal. */
    static String lines(String key, double[] keys, List<R3dFit> fits) {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < keys.length; k++) {
            Comparison one = Comparison.of(fits.get(k));
            text.append(k == 0 ? "" : "\n")
                    .append(key)
                    .append(' ')
                    .append(Rounded.to(keys[k], 4))
                    .append(": average effect ")
                    .append(Rounded.to(one.effect(), 4))
                    .append(" (s.e. ")
                    .append(Rounded.to(one.error(), 2))
                    .append("), effects ")
                    .append(Rounded.to(one.smallest(), 4))
                    .append(" to ")
                    .append(Rounded.to(one.largest(), 4))
                    .append(", half width of the band ")
                    .append(Rounded.to(one.halfWidth(), 3))
                    .append("; ")
                    .append(fits.get(k).effectiveUnitsLeft())
                    .append(" + ")
                    .append(fits.get(k).effectiveUnitsRight())
                    .append(" units");
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
                text.append(previous < 0 ? "" : "\n")
                        .append("effect at q = ")
                        .append(Rounded.to(fit.grid()[nearest], 4))
                        .append(": ")
                        .append(Rounded.to(fit.tau()[nearest], 5))
                        .append(" (s.e. ")
                        .append(Rounded.to(fit.standardErrors()[nearest], 3))
                        .append("), band [")
                        .append(Rounded.to(fit.lower()[nearest], 5))
                        .append(", ")
                        .append(Rounded.to(fit.upper()[nearest], 5))
                        .append(']');
            }
            previous = nearest;
        }
        return text.toString();
    }
}

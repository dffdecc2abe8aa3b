package io.verity.estimators.r3d;

import io.verity.stats.Arguments;
import java.util.Arrays;
import java.util.Locale;

/** What options and data must be to fit together. Whatever does not is an {@link IllegalArgumentException}. */
final class Requirements {
    private static final double SLACK = 1e-9;
    private static final double LARGEST_OUTCOME = 1e120;

    private final Settings settings;

    Requirements(Settings settings) {
        this.settings = settings;
    }

    /** Before the fit. */
    void check(QuantileMatrix quantiles) {
        Settings s = settings;
        Arguments.require(
                s.order >= s.pilotOrder, "order (%d) must not be below the pilot order (%d)", s.order, s.pilotOrder);
        Arguments.require(
                quantiles.units() >= needed(), "need at least %d units, but there are %d", needed(), quantiles.units());
        checkSides(quantiles.x());
        checkMagnitude(quantiles.flat());
        double[] h = s.bandwidths.outcome();
        boolean fixed = s.rule() == Bandwidths.Rule.FIXED;
        if (fixed && h.length > 1) {
            Arguments.require(
                    s.method == Method.SIMPLE, "the method frechet takes one bandwidth, but %d are given", h.length);
            Arguments.require(
                    h.length == quantiles.points(), "%d bandwidths for %d quantiles", h.length, quantiles.points());
        }
        boolean fuzzy = quantiles.treatments() != null;
        if (fuzzy) {
            Arguments.require(
                    !fixed || !Double.isNaN(s.bandwidths.treatment()),
                    "a fuzzy design with a fixed bandwidth needs one for the treatment too: --bandwidth-treatment, or in Java"
                            + " Bandwidths.fuzzy");
        } else {
            Arguments.require(
                    Double.isNaN(s.bandwidths.treatment()),
                    "there is a bandwidth for the treatment (%s) but no treatment",
                    s.bandwidths.treatment());
        }
        Arguments.require(
                s.biasCorrection != BiasCorrection.CCT || h.length <= 1,
                "the explicit bias correction takes one bandwidth for all quantiles");
        for (double[] range : s.ranges(quantiles.probabilities())) {
            checkRange(range, quantiles.probabilities());
        }
        double[][] xi = s.multipliers;
        Arguments.require(
                xi == null || xi.length == quantiles.units(),
                "the multipliers have %d rows, but there are %d units",
                xi == null ? 0 : xi.length,
                quantiles.units());
        Arguments.require(
                xi == null || s.draws == xi[0].length,
                "the multipliers have %d columns, but %d draws were asked for",
                xi == null ? 0 : xi[0].length,
                s.draws);
        Arguments.require(
                xi == null || s.engine == BootstrapEngine.MULTIPLIER,
                "multipliers were given, but the engine is %s",
                s.engine.name().toLowerCase(Locale.ROOT));
        Arguments.require(
                xi == null || quantiles.clusterIds() == null,
                "given multipliers are one per unit; they cannot serve clusters");
    }

    /** The running variable of the units that are neither in the donut nor without weight. */
    void checkKept(double[] x, int all) {
        Arguments.require(
                x.length >= needed(),
                "need at least %d units, but %d of %d are left %s",
                needed(),
                x.length,
                all,
                settings.donut > 0 ? "outside the donut of radius " + settings.donut : "with a positive weight");
        checkSides(x);
    }

    private void checkRange(double[] range, double[] grid) {
        boolean wanted = settings.tests.contains(TestKind.NULLITY) || settings.tests.contains(TestKind.HOMOGENEITY);
        if (settings.testRanges == null || !wanted) {
            return;
        }
        boolean inside = range[0] >= grid[0] - SLACK && range[1] <= grid[grid.length - 1] + SLACK;
        Arguments.require(
                inside,
                "the test range [%s, %s] is outside the quantile grid [%s, %s]",
                range[0],
                range[1],
                grid[0],
                grid[grid.length - 1]);
        int count = UniformInference.points(grid, range[0], range[1]).length;
        Arguments.require(
                count >= 2, "the test range [%s, %s] holds %d grid points, but needs 2", range[0], range[1], count);
    }

    /** Squares of outcomes must neither overflow nor vanish, or standard errors would. */
    private static void checkMagnitude(double[] quantiles) {
        double largest = 0;
        for (double v : quantiles) {
            largest = Math.max(largest, Math.abs(v));
        }
        Arguments.require(
                largest == 0 || (largest < LARGEST_OUTCOME && largest > 1 / LARGEST_OUTCOME),
                "outcomes are as large as %s; measure them in another unit, between 1e-120 and 1e120",
                largest);
    }

    private int needed() {
        return 2 * (settings.order + 2);
    }

    private void checkSides(double[] x) {
        long above = Arrays.stream(x).filter(v -> v >= settings.cutoff).count();
        String range = x.length == 0
                ? "no units"
                : "the running variable runs from " + Arrays.stream(x).min().orElseThrow() + " to "
                        + Arrays.stream(x).max().orElseThrow();
        String hole = settings.donut > 0 ? " outside the donut of radius " + settings.donut : "";
        Arguments.require(above < x.length, "no units below the cutoff %s%s: %s", settings.cutoff, hole, range);
        Arguments.require(above > 0, "no units above the cutoff %s%s: %s", settings.cutoff, hole, range);
    }
}

package io.verity.estimators.r3d;

import io.verity.stats.quantiles.QuantileType;
import io.verity.stats.quantiles.Quantiles;
import io.verity.stats.smoothing.Isotonic;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes quantile curves monotone, as the method has it. Not for several threads at once. */
final class Curves {
    /** Points at which the package Rearrangement 2.1 evaluates a curve, less one. */
    private static final int PACKAGE_STEPS = 1000;

    private final double[] grid;
    private final Method method;
    private final RearrangementType rearrangement;
    private final Isotonic isotonic;

    Curves(double[] grid, Settings settings) {
        this.grid = grid;
        method = settings.method;
        rearrangement = settings.rearrangement();
        isotonic = new Isotonic(
                grid.length, settings.projectionWeights == ProjectionWeights.GRID ? trapezoidWidths(grid) : null);
    }

    private static double @Nullable [] trapezoidWidths(double[] grid) {
        int m = grid.length;
        if (m < 2) {
            return null;
        }
        double[] widths = new double[m];
        for (int j = 0; j < m; j++) {
            widths[j] = 0.5 * (grid[Math.min(j + 1, m - 1)] - grid[Math.max(j - 1, 0)]);
        }
        return widths;
    }

    /** @return the monotone version of an average quantile curve */
    double[] monotone(double[] curve) {
        double[] result = curve.clone();
        if (method == Method.FRECHET) {
            isotonic.project(result, 0);
        } else if (rearrangement == RearrangementType.SORT || curve.length == 1) {
            Arrays.sort(result);
        } else {
            return rearrangedAsPackage(curve);
        }
        return result;
    }

    /** Projects the fitted curve of one unit (Appendix ); only Frechet fits are projected. */
    void projectFitted(double[] fitted) {
        if (method == Method.FRECHET) {
            isotonic.project(fitted, 0);
        }
    }

    private double[] rearrangedAsPackage(double[] curve) {
        int m = grid.length;
        double[] scaled = new double[m];
        for (int j = 0; j < m; j++) {
            scaled[j] = (grid[j] - grid[0]) / (grid[m - 1] - grid[0]);
        }
        double[] values = new double[PACKAGE_STEPS + 1];
        int j = 0;
        for (int k = 0; k <= PACKAGE_STEPS; k++) {
            double at = k / (double) PACKAGE_STEPS;
            while (j < m - 2 && scaled[j + 1] < at) {
                j++;
            }
            double share = (at - scaled[j]) / (scaled[j + 1] - scaled[j]);
            values[k] = curve[j] + share * (curve[j + 1] - curve[j]);
        }
        Arrays.sort(values);
        double[] result = new double[m];
        Quantiles.ofSorted(values, values.length, scaled, QuantileType.TYPE7, result, 0);
        return result;
    }
}

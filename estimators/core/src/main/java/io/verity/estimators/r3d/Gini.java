package io.verity.estimators.r3d;

/**
 * The Gini coefficient of a distribution given by its quantiles on a grid: \( G = 1 - 2A \) with A the area under the Lorenz
 * curve. The curve is continued flat to probabilities 0 and 1; mean and areas by the trapezoid rule.
 */
final class Gini {
    private final double[] p;
    private final int lead;
    private final double[] zero;

    Gini(double[] grid) {
        int m = grid.length;
        lead = grid[0] > 0 ? 1 : 0;
        int tail = grid[m - 1] < 1 ? 1 : 0;
        p = new double[lead + m + tail];
        System.arraycopy(grid, 0, p, lead, m);
        p[p.length - 1] = tail == 1 ? 1 : p[p.length - 1];
        zero = new double[m];
    }

    /**
     * @param quantiles on the grid
     * @return the coefficient in [0, 1]; NaN where the mean is not positive
     */
    double of(double[] quantiles) {
        return of(quantiles, zero, 0);
    }

    /**
     * @param quantiles on the grid
     * @param shift added to them
     * @param offset where the shift of the first one stands
     * @return the coefficient in [0, 1]; NaN where the mean is not positive
     */
    double of(double[] quantiles, double[] shift, int offset) {
        double lorenz = 0;
        double area = 0;
        double before = quantiles[0] + shift[offset];
        for (int k = 1; k < p.length; k++) {
            int j = Math.min(k - lead, quantiles.length - 1);
            double here = quantiles[j] + shift[offset + j];
            double width = p[k] - p[k - 1];
            double step = 0.5 * (here + before) * width;
            area += width * (lorenz + 0.5 * step); // the trapezoid between L and L + step, not yet divided by the mean
            lorenz += step;
            before = here;
        }
        return lorenz > 0 ? Math.min(1, Math.max(0, 1 - 2 * area / lorenz)) : Double.NaN;
    }
}

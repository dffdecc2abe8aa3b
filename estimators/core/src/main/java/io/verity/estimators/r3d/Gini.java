package io.verity.estimators.r3d;

/**
 * The Gini coefficient of a distribution given by its quantiles on a grid: \( G = 1 - 2A \) with A the area under the Lorenz
 * curve. The curve is continued flat to probabilities 0 and 1; mean and areas by the trapezoid rule. Not for several threads.
 */
final class Gini {
    private final double[] p;
    private final int lead;
    private final double[] q;

    Gini(double[] grid) {
        lead = grid[0] > 0 ? 1 : 0;
        int tail = grid[grid.length - 1] < 1 ? 1 : 0;
        p = new double[lead + grid.length + tail];
        q = new double[p.length];
        System.arraycopy(grid, 0, p, lead, grid.length);
        p[p.length - 1] = tail == 1 ? 1 : p[p.length - 1];
    }

    /**
     * @param quantiles on the grid
     * @return the coefficient in [0, 1]; NaN where the mean is not positive
     */
    double of(double[] quantiles) {
        System.arraycopy(quantiles, 0, q, lead, quantiles.length);
        q[0] = quantiles[0];
        q[q.length - 1] = quantiles[quantiles.length - 1];
        double mean = 0;
        double area = 0;
        double lorenz = 0;
        for (int k = 1; k < q.length; k++) {
            double width = p[k] - p[k - 1];
            double step = 0.5 * (q[k] + q[k - 1]) * width;
            area += width * (lorenz + 0.5 * step); // the trapezoid between L and L + step, not yet divided by the mean
            lorenz += step;
            mean = lorenz;
        }
        return mean > 0 ? Math.min(1, Math.max(0, 1 - 2 * area / mean)) : Double.NaN;
    }
}

package io.verity.papers.r3d;

import io.verity.stats.random.RandomStream;
import java.util.Arrays;

/**
 * The bent scalar design fitted to U.S. House elections (D. S. Lee 2008, doi:10.1016/j.jeconom.2007.05.004), as used by Calonico,
 * Cattaneo and Titiunik (2014, doi:10.3982/ECTA11757): \( X = 2\,Beta(2,4)-1 \), normal noise of standard deviation 0.1295, a
 * polynomial of degree 5 on each side of 0, effect 0.04.
 *
 * @param x running variable
 * @param y outcome
 */
@SuppressWarnings("ArrayRecordComponent") // columns; two samples are never compared
record CurvedRd(double[] x, double[] y) {
    /** Jump of the mean at the cutoff. */
    static final double EFFECT = .04;

    private static final double NOISE = .1295;
    private static final double[] BELOW = {.48, 1.27, 7.18, 20.21, 21.54, 7.33};
    private static final double[] ABOVE = {.52, .84, -3.00, 7.99, -9.01, 3.56};

    static CurvedRd draw(RandomStream stream, int n) {
        double[] x = new double[n];
        double[] y = new double[n];
        double[] uniform = new double[5];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < uniform.length; k++) {
                uniform[k] = stream.nextDouble();
            }
            Arrays.sort(uniform);
            x[i] = 2 * uniform[1] - 1; // the second smallest of five uniforms is Beta(2,4)
            y[i] = mean(x[i]) + NOISE * stream.nextGaussian();
        }
        return new CurvedRd(x, y);
    }

    static double mean(double x) {
        double[] c = x < 0 ? BELOW : ABOVE;
        double value = 0;
        for (int k = c.length - 1; k >= 0; k--) {
            value = value * x + c[k];
        }
        return value;
    }
}

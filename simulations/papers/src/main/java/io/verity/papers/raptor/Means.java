package io.verity.papers.raptor;

import io.verity.stats.inference.Moments;
import io.verity.stats.inference.MonteCarlo;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Mark;
import java.util.List;

/** Means of replicates in figures. */
final class Means {
    private Means() {}

    /** Two Monte Carlo standard errors to either side of each mean. */
    static Figure.Layer bars(String series, String panel, double[] x, List<double[]> replicates) {
        double[] mean = new double[x.length];
        double[] lower = new double[x.length];
        double[] upper = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            Moments moments = Moments.of(replicates.get(k));
            double error = MonteCarlo.errorOfMean(moments);
            mean[k] = moments.mean();
            lower[k] = mean[k] - 2 * error;
            upper[k] = mean[k] + 2 * error;
        }
        return new Figure.Layer(Mark.ERROR_BAR, series, panel, x, mean, lower, upper);
    }
}

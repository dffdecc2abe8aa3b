package io.verity.simulations.studies;

import io.verity.stats.inference.Moments;
import io.verity.stats.inference.MonteCarlo;

/**
 * Moments of values of which some may be infinite (censored), which are counted apart, in one pass and constant memory.
 */
final class CensoredMoments {
    private final Moments finite = new Moments();
    private long plusInfinite;
    private long minusInfinite;
    private double sum;
    private double lost; // low-order part of the sum (Neumaier 1974): means of zeros and ones and the like stay exact

    void add(double x) {
        if (Double.isInfinite(x)) {
            if (x > 0) {
                plusInfinite++;
            } else {
                minusInfinite++;
            }
            return;
        }
        double total = sum + x;
        lost += Math.abs(sum) >= Math.abs(x) ? (sum - total) + x : (x - total) + sum;
        sum = total;
        finite.add(x);
    }

    long count() {
        return finite.count() + infinite();
    }

    long infinite() {
        return plusInfinite + minusInfinite;
    }

    double mean() {
        if (plusInfinite > 0 || minusInfinite > 0) {
            return plusInfinite > 0 && minusInfinite > 0
                    ? Double.NaN
                    : plusInfinite > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        return finite.count() == 0 ? Double.NaN : (sum + lost) / finite.count();
    }

    /** Divisor n - 1; NaN for fewer than two values or when one is infinite. */
    double standardDeviation() {
        return infinite() > 0 ? Double.NaN : finite.standardDeviation();
    }

    double meanError() {
        return infinite() > 0 ? Double.NaN : MonteCarlo.errorOfMean(finite);
    }

    double standardDeviationError() {
        return infinite() > 0 ? Double.NaN : MonteCarlo.errorOfStandardDeviation(finite);
    }
}

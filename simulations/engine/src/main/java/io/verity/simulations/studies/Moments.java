package io.verity.simulations.studies;

/**
 * Mean and central moments up to the fourth of values that arrive one by one, by the updating formulas of Pebay, "Formulas
 * for robust, one-pass parallel computation of covariances and arbitrary-order statistical moments", Sandia report
 * SAND2008-6212. Infinite values are counted and enter the mean only.
 */
final class Moments {
    private long finite;
    private long plusInfinite;
    private long minusInfinite;
    private double sum;
    private double
            lost; // low-order part of the sum (Neumaier 1974), so that sums of zeros and ones and the like stay exact
    private double mean;
    private double m2;
    private double m3;
    private double m4;

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
        finite++;
        double n = finite;
        double delta = x - mean;
        double step = delta / n;
        double term = delta * step * (n - 1);
        m4 += term * step * step * (n * n - 3 * n + 3) + 6 * step * step * m2 - 4 * step * m3;
        m3 += term * step * (n - 2) - 3 * step * m2;
        m2 += term;
        mean += step;
    }

    long count() {
        return finite + infinite();
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
        return finite == 0 ? Double.NaN : (sum + lost) / finite;
    }

    /** Divisor n - 1; NaN for fewer than two values or when one is infinite. */
    double standardDeviation() {
        return finite < 2 || infinite() > 0 ? Double.NaN : Math.sqrt(m2 / (finite - 1));
    }

    double meanError() {
        return standardDeviation() / Math.sqrt((double) finite);
    }

    /**
     * \( \widehat{\mathrm{var}}(s^2) = (m_4 - s^4 (n-3)/(n-1)) / n \), divided by \( (2s)^2 \): delta method for the standard
     * deviation of any distribution with four moments.
     */
    double standardDeviationError() {
        double s = standardDeviation();
        if (s == 0) {
            return 0;
        }
        double n = finite;
        double varianceOfSquare = (m4 / n - s * s * s * s * (n - 3) / (n - 1)) / n;
        return Math.sqrt(Math.max(0, varianceOfSquare)) / (2 * s);
    }
}

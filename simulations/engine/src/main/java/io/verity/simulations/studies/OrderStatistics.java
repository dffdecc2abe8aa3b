package io.verity.simulations.studies;

import java.util.Map;
import java.util.TreeMap;

/**
 * Quantiles of values that arrive in ascending order, of which only the order statistics that the quantiles need are kept.
 */
final class OrderStatistics {
    private final long n;
    private final Map<Long, Double> kept = new TreeMap<>();
    private long seen;

    OrderStatistics(long n, double... levels) {
        this.n = n;
        keep(1);
        keep(n);
        for (double q : levels) {
            long below = lower(q);
            keep(below);
            keep(below + 1);
            keep(errorFrom(q));
            keep(errorTo(q));
        }
    }

    private void keep(long rank) {
        if (rank >= 1 && rank <= n) {
            kept.put(rank, Double.NaN);
        }
    }

    void add(double value) {
        kept.computeIfPresent(++seen, (rank, unset) -> value);
    }

    double min() {
        return at(1);
    }

    double max() {
        return at(n);
    }

    /** Type 7 of Hyndman and Fan: linear between the order statistics around \( (n - 1) q + 1 \). */
    double quantile(double q) {
        long below = lower(q);
        double weight = (n - 1) * q + 1 - below;
        double from = at(below);
        double to = at(below + 1);
        return weight == 0 || from == to ? from : from + weight * (to - from);
    }

    /**
     * Standard error \( \sqrt{q(1-q)/n} / f \), where the density f at the quantile is read off the order statistics one
     * standard error of the rank to either side: \( 1/f = n (x_{(u)} - x_{(l)}) / (u - l) \) (Siddiqui, "Distribution of
     * quantiles in samples from a bivariate population", J. Res. NBS 1960; Bloch and Gastwirth, Ann. Math. Statist. 1968).
     * NaN where these ranks do not exist or a value there is infinite.
     */
    double quantileError(double q) {
        long from = errorFrom(q);
        long to = errorTo(q);
        double spread = at(to) - at(from);
        return Double.isFinite(spread) ? rankError(q) * spread / (to - from) : Double.NaN;
    }

    private double at(long rank) {
        return kept.getOrDefault(rank, Double.NaN);
    }

    private long lower(double q) {
        return (long) Math.floor((n - 1) * q) + 1;
    }

    private double rankError(double q) {
        return Math.sqrt(n * q * (1 - q));
    }

    private long errorFrom(double q) {
        return (long) Math.floor(n * q - rankError(q));
    }

    private long errorTo(double q) {
        return (long) Math.ceil(n * q + rankError(q));
    }
}

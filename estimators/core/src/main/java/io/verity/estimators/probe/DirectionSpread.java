package io.verity.estimators.probe;

import io.verity.stats.inference.Interval;
import io.verity.stats.inference.Moments;
import io.verity.stats.quantiles.QuantileType;
import io.verity.stats.quantiles.Quantiles;
import io.verity.stats.result.Rounded;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How far directions found on different rows agree.
 *
 * @param kind which rows they were found on
 * @param runs subsets, pairs of halves, or resamples
 * @param mean mean cosine; of absolute values where the metric says so
 * @param standardError of the mean, by the jackknife over runs (pairs of one run are dependent); for a bootstrap the standard
 *     deviation of the cosines
 * @param standardDeviation of the cosines
 * @param signedMean mean of the cosines with their signs: a direction that flips shows here
 * @param resultantLength \( |\frac1R\sum_r v_r| \), 1 when all agree
 * @param interval where 95 % of the cosines lie, from their quantiles
 * @param cosines every cosine, with its sign: all pairs of runs, one per pair of halves, or one per resample
 * @param coordinateDeviations standard deviation of every coordinate of the unit vectors over the runs
 */
@SuppressWarnings("ArrayRecordComponent") // two spreads are never compared
public record DirectionSpread(
        Kind kind,
        int runs,
        double mean,
        double standardError,
        double standardDeviation,
        double signedMean,
        double resultantLength,
        Interval interval,
        double[] cosines,
        double[] coordinateDeviations) {
    private static final double TAIL = 0.025;

    /** Which rows the directions were found on. */
    public enum Kind {
        /** Random subsets of one pool, which overlap; the paper's metric. */
        DROPOUT,
        /** Two halves of the pool that share no row. */
        DISJOINT_HALVES,
        /** Resamples of the pool with replacement, against the direction of the pool. */
        BOOTSTRAP
    }

    /** Cosines of all pairs of unit vectors: (0, 1), (0, 2), ..., (1, 2), ... */
    static DirectionSpread ofPairs(List<double[]> vectors, boolean absolute) {
        int runs = vectors.size();
        double[] cosines = new double[runs * (runs - 1) / 2];
        double[] counted = new double[cosines.length];
        double total = 0;
        int at = 0;
        for (int r = 0; r < runs; r++) {
            for (int s = r + 1; s < runs; s++, at++) {
                cosines[at] = Rows.dot(vectors.get(r), vectors.get(s));
                counted[at] = absolute ? Math.abs(cosines[at]) : cosines[at];
                total += counted[at];
            }
        }
        return of(Kind.DROPOUT, runs, total / cosines.length, jackknife(runs, counted), cosines, vectors);
    }

    /**
     * sqrt((R-1)/R sum_r (theta_(-r) - mean theta_(-.))^2), theta_(-r) the mean over pairs without run r.
     *
     * @param counted one number per pair: (0, 1), (0, 2), ..., (1, 2), ...
     */
    static double jackknife(int runs, double[] counted) {
        if (runs < 3) {
            return Double.NaN; // no pair is left without one of two runs
        }
        double[] sums = new double[runs];
        double total = 0;
        int at = 0;
        for (int r = 0; r < runs; r++) {
            for (int s = r + 1; s < runs; s++, at++) {
                total += counted[at];
                sums[r] += counted[at];
                sums[s] += counted[at];
            }
        }
        double pairs = 0.5 * (runs - 1) * (runs - 2);
        double all = total;
        double[] without = Arrays.stream(sums).map(s -> (all - s) / pairs).toArray();
        double centre = Arrays.stream(without).sum() / runs;
        double squares =
                Arrays.stream(without).map(t -> (t - centre) * (t - centre)).sum();
        return Math.sqrt(squares * (runs - 1) / runs);
    }

    /** Cosines between the two vectors of every pair of halves. */
    static DirectionSpread ofHalves(List<double[]> first, List<double[]> second) {
        double[] cosines = new double[first.size()];
        for (int r = 0; r < cosines.length; r++) {
            cosines[r] = Rows.dot(first.get(r), second.get(r));
        }
        Moments moments = Moments.of(cosines);
        List<double[]> all = new java.util.ArrayList<>(first);
        all.addAll(second);
        double error = moments.standardDeviation() / Math.sqrt(cosines.length);
        return of(Kind.DISJOINT_HALVES, cosines.length, moments.mean(), error, cosines, all);
    }

    /** Cosines between resampled vectors and that of the pool. */
    static DirectionSpread ofBootstrap(double[] full, List<double[]> vectors) {
        double[] cosines = vectors.stream().mapToDouble(v -> Rows.dot(full, v)).toArray();
        Moments moments = Moments.of(cosines);
        return of(Kind.BOOTSTRAP, cosines.length, moments.mean(), moments.standardDeviation(), cosines, vectors);
    }

    private static DirectionSpread of(
            Kind kind, int runs, double mean, double error, double[] cosines, List<double[]> vectors) {
        int p = vectors.get(0).length;
        double[] centre = new double[p];
        for (double[] v : vectors) {
            for (int j = 0; j < p; j++) {
                centre[j] += v[j] / vectors.size();
            }
        }
        double[] deviations = new double[p];
        for (double[] v : vectors) {
            for (int j = 0; j < p; j++) {
                deviations[j] += (v[j] - centre[j]) * (v[j] - centre[j]) / (vectors.size() - 1);
            }
        }
        for (int j = 0; j < p; j++) {
            deviations[j] = Math.sqrt(deviations[j]);
        }
        double[] sorted = cosines.clone();
        Arrays.sort(sorted);
        Moments moments = Moments.of(cosines);
        return new DirectionSpread(
                kind,
                runs,
                mean,
                error,
                moments.standardDeviation(),
                moments.mean(),
                Rows.norm(centre),
                new Interval(
                        Quantiles.ofSorted(sorted, TAIL, QuantileType.TYPE7),
                        Quantiles.ofSorted(sorted, 1 - TAIL, QuantileType.TYPE7)),
                cosines,
                deviations);
    }

    @Override
    public String toString() {
        String error = Double.isNaN(standardError) ? "" : " (s.e. " + Rounded.to(standardError, 2) + ")";
        return String.format(
                Locale.ROOT,
                "%s: mean cosine %s%s over %d runs, signed mean %s",
                kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                Rounded.to(mean, 4),
                error,
                runs,
                Rounded.to(signedMean, 4));
    }
}

package io.verity.papers.nbvslr;

import io.verity.stats.Arguments;
import io.verity.stats.inference.Interval;
import io.verity.stats.inference.Line;
import io.verity.stats.inference.Moments;
import io.verity.stats.quantiles.QuantileType;
import io.verity.stats.quantiles.Quantiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How the rows needed grow with the number of features: the least-squares slope of log rows on log features. Its standard error
 * comes from the same bootstrap as that of the rows. The slope describes these dimensions; no law is assumed between them.
 * Immutable.
 */
final class GrowthExponent {
    private final double slope;
    private final double intercept;
    private final double standardError;
    private final List<Line> draws;

    private GrowthExponent(double slope, double intercept, double standardError, List<Line> draws) {
        this.slope = slope;
        this.intercept = intercept;
        this.standardError = standardError;
        this.draws = draws;
    }

    /**
     * @param features at least two different numbers
     * @param rows needed with each, with as many resamples each
     */
    static GrowthExponent of(double[] features, List<RowsNeeded> rows) {
        Arguments.require(
                features.length == rows.size(), "%d dimensions but rows for %d", features.length, rows.size());
        if (!rows.stream().allMatch(RowsNeeded::finite)) {
            return new GrowthExponent(Double.NaN, Double.NaN, Double.POSITIVE_INFINITY, List.of());
        }
        List<double[]> resampled = rows.stream().map(RowsNeeded::draws).toList();
        List<Line> lines = new ArrayList<>();
        Moments slopes = new Moments();
        for (int b = 0; b < resampled.get(0).length; b++) {
            int draw = b;
            Line line =
                    line(features, resampled.stream().mapToDouble(d -> d[draw]).toArray());
            lines.add(line);
            slopes.add(line.slope());
        }
        Line line = line(features, rows.stream().mapToDouble(RowsNeeded::value).toArray());
        return new GrowthExponent(line.slope(), line.intercept(), slopes.standardDeviation(), List.copyOf(lines));
    }

    private static Line line(double[] features, double[] rows) {
        return Line.through(
                Arrays.stream(features).map(StrictMath::log).toArray(),
                Arrays.stream(rows).map(StrictMath::log).toArray(),
                new double[rows.length]);
    }

    /** NaN when a number of rows, or of rows in a resample, is infinite. */
    double slope() {
        return slope;
    }

    /** Infinite when the slope is not known. */
    double standardError() {
        return standardError;
    }

    boolean known() {
        return Double.isFinite(slope) && Double.isFinite(standardError);
    }

    /** Slope plus or minus the normal quantile times its standard error; the whole line when it is not known. */
    Interval interval(double alpha) {
        return known()
                ? Interval.around(
                        slope, NormalDistribution.of(0, 1).inverseSurvivalProbability(0.5 * alpha) * standardError)
                : new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** Rows on the fitted line. */
    double rows(double features) {
        return StrictMath.exp(intercept + slope * StrictMath.log(features));
    }

    /** Percentile interval of the rows on the fitted line. */
    Interval band(double features, double level) {
        double tail = 0.5 * (1 - Arguments.fraction("level", level));
        double[] sorted = draws.stream()
                .mapToDouble(l -> StrictMath.exp(l.intercept() + l.slope() * StrictMath.log(features)))
                .sorted()
                .toArray();
        return new Interval(
                Quantiles.ofSorted(sorted, tail, QuantileType.TYPE7),
                Quantiles.ofSorted(sorted, 1 - tail, QuantileType.TYPE7));
    }
}

package io.verity.estimators.r3d;

import io.verity.stats.quantiles.QuantileType;
import io.verity.stats.quantiles.Quantiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Critical value and tests from draws of the limit process (Sections 2.6 and 3). */
final class UniformInference {
    /** Draws times grid points below which one thread is faster than several. */
    private static final int PARALLEL = 200_000;

    /** Statistics below this part of the curves are rounding: the draws are no larger, and would make a p-value of noise. */
    private static final double NOISE = 1e-12;

    private final Settings settings;
    private final double[] grid;
    private final Estimate estimate;
    private final double[] standardErrors;

    UniformInference(Settings settings, double[] grid, Estimate estimate, double[] standardErrors) {
        this.settings = settings;
        this.grid = grid;
        this.estimate = estimate;
        this.standardErrors = standardErrors;
    }

    /** One statistic of a draw, and its value at the estimate. */
    private record Statistic(TestKind kind, double low, double high, double value, Functional functional) {}

    /** A number read off a curve. */
    private interface Functional {
        double of(double[] curves, int offset);
    }

    /** @return critical value, then the tests on the grid */
    Result run(Draws draws) {
        int m = grid.length;
        List<Statistic> statistics = new ArrayList<>();
        for (double[] range : settings.ranges(grid)) {
            int[] points = points(grid, range[0], range[1]);
            for (TestKind kind : settings.tests) {
                if (kind != TestKind.GINI) {
                    Functional functional = kind == TestKind.NULLITY
                            ? (curve, at) -> largest(curve, at, points)
                            : (curve, at) -> largestDeviation(curve, at, points);
                    boolean defined = kind == TestKind.NULLITY || points.length > 1;
                    double value = defined ? functional.of(estimate.tau(), 0) : Double.NaN;
                    statistics.add(new Statistic(kind, range[0], range[1], value, functional));
                }
            }
        }
        Functional supremum = settings.bands == BandType.CONSTANT
                ? (curve, at) -> largest(curve, at, m)
                : (curve, at) -> largestRatio(curve, at, standardErrors);
        statistics.add(new Statistic(TestKind.NULLITY, 0, 1, Double.NaN, supremum));
        double[][] values = evaluate(draws, m, statistics);
        double noise = NOISE * Math.max(largest(estimate.left(), 0, m), largest(estimate.right(), 0, m));
        List<TestResult> tests = new ArrayList<>();
        for (int t = 0; t < statistics.size() - 1; t++) {
            Statistic s = statistics.get(t);
            tests.add(result(s.kind, s.low, s.high, s.value, values[t], noise));
        }
        return new Result(criticalValue(values[statistics.size() - 1]), tests);
    }

    /** The critical value of the band and the tests. */
    record Result(double criticalValue, List<TestResult> tests) {}

    private double[][] evaluate(Draws draws, int width, List<Statistic> statistics) {
        int count = settings.draws;
        double[][] values = new double[statistics.size()][count];
        AtomicInteger done = new AtomicInteger();
        IntStream blocks = IntStream.range(0, (count + Draws.BLOCK - 1) / Draws.BLOCK);
        ((long) count * width > PARALLEL ? blocks.parallel() : blocks).forEach(block -> {
            int from = block * Draws.BLOCK;
            int size = Math.min(Draws.BLOCK, count - from);
            double[] curves = new double[size * width];
            draws.fill(from, size, curves);
            for (int b = 0; b < size; b++) {
                for (int t = 0; t < statistics.size(); t++) {
                    values[t][from + b] = statistics.get(t).functional.of(curves, b * width);
                }
            }
            settings.progress.accept(done.addAndGet(size));
        });
        return values;
    }

    /**
     * The Gini test. Draws of the two curves come from the influence on each side; units below the cutoff have negative
     * influence on the jump.
     *
     * @param draws of (right, left) side by side, 2 m points
     */
    TestResult gini(Draws draws) {
        int m = grid.length;
        double[] right = estimate.right();
        double[] left = estimate.left();
        Gini gini = new Gini(grid);
        double observed = gini.of(right) - gini.of(left);
        boolean centred = !settings.compatible();
        Functional functional = (curves, at) -> {
            double difference = gini.of(right, curves, at) - gini.of(left, curves, at + m);
            return Math.abs(centred ? difference - observed : difference);
        };
        Statistic statistic = new Statistic(TestKind.GINI, grid[0], grid[m - 1], Math.abs(observed), functional);
        double[] values = evaluate(draws, 2 * m, List.of(statistic))[0];
        return result(TestKind.GINI, statistic.low, statistic.high, statistic.value, values, NOISE);
    }

    private TestResult result(TestKind kind, double low, double high, double value, double[] draws, double noise) {
        if (Double.isNaN(value)) {
            return new TestResult(kind, low, high, value, Double.NaN, Double.NaN);
        }
        double[] finite =
                Arrays.stream(draws).filter(d -> !Double.isNaN(d)).sorted().toArray();
        long above = value <= noise
                ? finite.length
                : Arrays.stream(finite).filter(d -> d >= value).count();
        double p = settings.plusOne ? (1.0 + above) / (finite.length + 1.0) : above / (double) finite.length;
        return new TestResult(
                kind,
                low,
                high,
                value,
                finite.length == 0 ? Double.NaN : p,
                finite.length == 0 ? Double.NaN : Quantiles.ofSorted(finite, settings.level, QuantileType.TYPE7));
    }

    /** The order statistic \( k = \min(\lceil (1-\alpha)(B+1)\rceil, B) \). */
    private double criticalValue(double[] suprema) {
        double[] sorted = suprema.clone();
        Arrays.sort(sorted);
        int count = sorted.length;
        int k = (int) Math.ceil(settings.level * (count + 1) - 1e-9 * count);
        return sorted[Math.min(Math.max(k, 1), count) - 1];
    }

    static int[] points(double[] grid, double low, double high) {
        return IntStream.range(0, grid.length)
                .filter(j -> grid[j] >= low - 1e-9 && grid[j] <= high + 1e-9)
                .toArray();
    }

    private static double largest(double[] curve, int at, int m) {
        double largest = 0;
        for (int j = 0; j < m; j++) {
            largest = Math.max(largest, Math.abs(curve[at + j]));
        }
        return largest;
    }

    private static double largestRatio(double[] curve, int at, double[] scale) {
        double largest = 0;
        for (int j = 0; j < scale.length; j++) {
            if (scale[j] > 0) {
                largest = Math.max(largest, Math.abs(curve[at + j]) / scale[j]);
            }
        }
        return largest;
    }

    private static double largest(double[] curve, int at, int[] points) {
        double largest = 0;
        for (int j : points) {
            largest = Math.max(largest, Math.abs(curve[at + j]));
        }
        return largest;
    }

    private static double largestDeviation(double[] curve, int at, int[] points) {
        double mean = 0;
        for (int j : points) {
            mean += curve[at + j];
        }
        mean /= points.length;
        double largest = 0;
        for (int j : points) {
            largest = Math.max(largest, Math.abs(curve[at + j] - mean));
        }
        return largest;
    }
}

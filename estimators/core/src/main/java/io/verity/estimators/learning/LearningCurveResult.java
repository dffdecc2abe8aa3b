package io.verity.estimators.learning;

import io.verity.stats.Arguments;
import io.verity.stats.inference.Interval;
import io.verity.stats.inference.Moments;
import io.verity.stats.inference.MonteCarlo;
import io.verity.stats.quantiles.QuantileType;
import io.verity.stats.quantiles.Quantiles;
import io.verity.stats.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Errors of models by number of training rows, and what follows from their differences. */
public final class LearningCurveResult {
    /** Standard errors from which a mean paired difference counts. */
    public static final double SIGNIFICANT = 3;

    private static final int RESAMPLES = 200;
    private static final double LEVEL = 0.95;

    private final List<String> models;
    private final int[] sizes;
    private final double[][][] errors;
    private final long seed;
    private final int unfinished;

    LearningCurveResult(List<String> models, int[] sizes, double[][][] errors, long seed, int unfinished) {
        this.models = List.copyOf(models);
        this.sizes = sizes;
        this.errors = errors;
        this.seed = seed;
        this.unfinished = unfinished;
    }

    /**
     * Errors that were found elsewhere, such as in a simulation.
     *
     * @param models names of the models
     * @param sizes ascending numbers of training rows
     * @param errors by model, size and repeat; the repeats of two models are paired
     * @param seed of the resamples
     * @return what follows from them
     * @throws IllegalArgumentException if the shapes do not fit, there are fewer than two repeats, or an error is not finite
     */
    public static LearningCurveResult of(List<String> models, int[] sizes, double[][][] errors, long seed) {
        Arguments.require(
                errors.length == models.size(), "there are %d models but errors of %d", models.size(), errors.length);
        Arguments.require(sizes.length > 0 && sizes[0] >= 1, "numbers of training rows must be at least 1");
        for (int s = 1; s < sizes.length; s++) {
            Arguments.require(sizes[s] > sizes[s - 1], "%d training rows follow %d", sizes[s], sizes[s - 1]);
        }
        double[][][] copy = new double[errors.length][][];
        for (int k = 0; k < errors.length; k++) {
            Arguments.require(
                    errors[k].length == sizes.length,
                    "there are %d sizes but errors of %d",
                    sizes.length,
                    errors[k].length);
            for (double[] repeats : errors[k]) {
                Arguments.require(
                        repeats.length >= 2 && repeats.length == errors[0][0].length,
                        "every model and size needs the same number of repeats, at least 2");
                Arguments.allFinite("errors", repeats);
            }
            copy[k] = Arrays.stream(errors[k]).map(double[]::clone).toArray(double[][]::new);
        }
        return new LearningCurveResult(models, sizes.clone(), copy, seed, 0);
    }

    /**
     * A point of a curve.
     *
     * @param model name of the model
     * @param m training rows
     * @param meanError mean test error over the repeats
     * @param standardError of the mean
     * @param sd standard deviation over the repeats
     * @param repeats number of training sets
     */
    public record Point(String model, int m, double meanError, double standardError, double sd, int repeats) {}

    /**
     * Mean paired difference of two models' errors.
     *
     * @param m training rows
     * @param mean error of the first minus error of the second
     * @param standardError of the mean
     */
    public record Difference(int m, double mean, double standardError) {
        /** @return -1 if the first model is better by more than three standard errors, 1 if the second is, else 0 */
        public int better() {
            return Math.abs(mean) > SIGNIFICANT * standardError ? (int) Math.signum(mean) : 0;
        }
    }

    /**
     * Where two mean curves cross.
     *
     * @param m training rows, interpolated linearly in log m
     * @param lower lower end of a 95 % interval from 200 resamples of the repeats
     * @param upper its upper end
     * @param found share of the resamples whose curves cross at all
     * @param before the model of the lower error before it
     * @param after the model of the lower error after it
     */
    public record Crossing(double m, double lower, double upper, double found, String before, String after) {}

    /** How two models compare along the sizes, counting differences of more than three standard errors. */
    public enum Regimes {
        /** The first is better with few rows and the second with many. */
        FIRST_THEN_SECOND,
        /** The second is better with few rows and the first with many. */
        SECOND_THEN_FIRST,
        /** The first is better at some size, the second at none. */
        FIRST,
        /** The second is better at some size, the first at none. */
        SECOND,
        /** They take turns more than once. */
        MIXED,
        /** Neither is better at any size. */
        UNDECIDED
    }

    /** @return names of the models */
    public List<String> models() {
        return models;
    }

    /** @return numbers of training rows */
    public int[] sizes() {
        return sizes.clone();
    }

    /** @return training sets of each size */
    public int repeats() {
        return errors[0][0].length;
    }

    /** @return fits that did not reach their tolerance */
    public int unfinished() {
        return unfinished;
    }

    private int index(String model) {
        int k = models.indexOf(model);
        Arguments.require(k >= 0, "no model is called '%s' (models: %s)", model, String.join(", ", models));
        return k;
    }

    /**
     * @param model name of a model
     * @param m number of training rows
     * @return its test errors, one per repeat
     * @throws IllegalArgumentException if there is no such model or size
     */
    public double[] errors(String model, int m) {
        int s = Arrays.binarySearch(sizes, m);
        Arguments.require(s >= 0, "no training set has %d rows", m);
        return errors[index(model)][s].clone();
    }

    /** @return the points of all curves, model by model, by ascending m */
    public List<Point> points() {
        List<Point> points = new ArrayList<>();
        for (int k = 0; k < models.size(); k++) {
            for (int s = 0; s < sizes.length; s++) {
                Moments moments = Moments.of(errors[k][s]);
                points.add(new Point(
                        models.get(k),
                        sizes[s],
                        moments.mean(),
                        MonteCarlo.errorOfMean(moments),
                        moments.standardDeviation(),
                        repeats()));
            }
        }
        return points;
    }

    /**
     * @param first name of a model
     * @param second name of another
     * @return first minus second, by ascending m
     * @throws IllegalArgumentException if there is no such model
     */
    public List<Difference> differences(String first, String second) {
        double[][] d = paired(first, second);
        List<Difference> differences = new ArrayList<>();
        for (int s = 0; s < sizes.length; s++) {
            Moments moments = Moments.of(d[s]);
            differences.add(new Difference(sizes[s], moments.mean(), MonteCarlo.errorOfMean(moments)));
        }
        return differences;
    }

    private double[][] paired(String first, String second) {
        double[][] a = errors[index(first)];
        double[][] b = errors[index(second)];
        double[][] d = new double[sizes.length][repeats()];
        for (int s = 0; s < d.length; s++) {
            for (int r = 0; r < d[s].length; r++) {
                d[s][r] = a[s][r] - b[s][r];
            }
        }
        return d;
    }

    /**
     * @param first name of a model
     * @param second name of another
     * @return every crossing of their mean curves, by ascending m; more than one is mostly noise between curves that are close
     * @throws IllegalArgumentException if there is no such model
     */
    public List<Crossing> crossings(String first, String second) {
        double[][] d = paired(first, second);
        double[] means = Arrays.stream(d).mapToDouble(LearningCurveResult::mean).toArray();
        List<double[]> found = signChanges(means);
        if (found.isEmpty()) {
            return List.of();
        }
        List<List<double[]>> resampled = resampled(d, first, second);
        List<Crossing> crossings = new ArrayList<>();
        for (double[] crossing : found) {
            double[] near = resampled.stream()
                    .filter(c -> !c.isEmpty())
                    .mapToDouble(c -> nearest(c, crossing[0]))
                    .sorted()
                    .toArray();
            Interval interval = near.length == 0
                    ? new Interval(crossing[0], crossing[0])
                    : new Interval(
                            Quantiles.ofSorted(near, (1 - LEVEL) / 2, QuantileType.TYPE7),
                            Quantiles.ofSorted(near, (1 + LEVEL) / 2, QuantileType.TYPE7));
            boolean firstBefore = crossing[1] < 0;
            crossings.add(new Crossing(
                    StrictMath.exp(crossing[0]),
                    StrictMath.exp(interval.lower()),
                    StrictMath.exp(interval.upper()),
                    (double) near.length / RESAMPLES,
                    firstBefore ? first : second,
                    firstBefore ? second : first));
        }
        return crossings;
    }

    /**
     * @param first name of a model
     * @param second name of another
     * @return the first crossing of their mean curves, if they cross
     * @throws IllegalArgumentException if there is no such model
     */
    public Optional<Crossing> crossing(String first, String second) {
        return crossings(first, second).stream().findFirst();
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double v : values) {
            sum += v;
        }
        return sum / values.length;
    }

    private static double nearest(List<double[]> crossings, double at) {
        double nearest = Double.POSITIVE_INFINITY;
        for (double[] crossing : crossings) {
            nearest = Math.abs(crossing[0] - at) < Math.abs(nearest - at) ? crossing[0] : nearest;
        }
        return nearest;
    }

    private List<List<double[]>> resampled(double[][] d, String first, String second) {
        RandomStream random = RandomStream.of(seed, "crossing of " + first + " and " + second, 0, 0)
                .forPurpose(RandomStream.BOOTSTRAP);
        int repeats = repeats();
        List<List<double[]>> all = new ArrayList<>();
        double[] means = new double[sizes.length];
        for (int b = 0; b < RESAMPLES; b++) {
            Arrays.fill(means, 0);
            for (int r = 0; r < repeats; r++) {
                int chosen = random.nextInt(repeats);
                for (int s = 0; s < means.length; s++) {
                    means[s] += d[s][chosen] / repeats;
                }
            }
            all.add(signChanges(means));
        }
        return all;
    }

    /** Places in log m where the sign changes, and the sign before; between zeros in the middle of them. */
    private List<double[]> signChanges(double[] means) {
        List<double[]> changes = new ArrayList<>();
        int last = -1;
        for (int s = 0; s < means.length; s++) {
            if (means[s] == 0) {
                continue;
            }
            if (last >= 0 && Math.signum(means[last]) != Math.signum(means[s])) {
                double from = StrictMath.log(sizes[last]);
                double to = StrictMath.log(sizes[s]);
                double at = s == last + 1
                        ? from + (to - from) * means[last] / (means[last] - means[s])
                        : 0.5 * (StrictMath.log(sizes[last + 1]) + StrictMath.log(sizes[s - 1]));
                changes.add(new double[] {at, means[last]});
            }
            last = s;
        }
        return changes;
    }

    /**
     * @param first name of a model
     * @param second name of another
     * @return which of them is better where
     * @throws IllegalArgumentException if there is no such model
     */
    public Regimes regimes(String first, String second) {
        int changes = 0;
        int start = 0;
        int now = 0;
        for (Difference difference : differences(first, second)) {
            int better = difference.better();
            if (better != 0) {
                start = start == 0 ? better : start;
                changes += now != 0 && better != now ? 1 : 0;
                now = better;
            }
        }
        if (start == 0) {
            return Regimes.UNDECIDED;
        }
        if (changes == 0) {
            return start < 0 ? Regimes.FIRST : Regimes.SECOND;
        }
        if (changes > 1) {
            return Regimes.MIXED;
        }
        return start < 0 ? Regimes.FIRST_THEN_SECOND : Regimes.SECOND_THEN_FIRST;
    }

    /**
     * What to use with how many rows, one sentence for each run of sizes with the same answer.
     *
     * @param first name of a model
     * @param second name of another
     * @return the sentences
     * @throws IllegalArgumentException if there is no such model
     */
    public List<String> advice(String first, String second) {
        List<Difference> all = differences(first, second);
        List<String> sentences = new ArrayList<>();
        for (int from = 0; from < all.size(); ) {
            int better = all.get(from).better();
            int to = from;
            while (to + 1 < all.size() && all.get(to + 1).better() == better) {
                to++;
            }
            String rows = from == to ? "" + sizes[from] : sizes[from] + " to " + sizes[to];
            Difference widest = all.get(from);
            for (int s = from; s <= to; s++) {
                widest = Math.abs(all.get(s).mean()) > Math.abs(widest.mean()) ? all.get(s) : widest;
            }
            sentences.add(
                    better == 0
                            ? "with " + rows + " rows " + first + " and " + second
                                    + " differ by no more than three standard errors: use either"
                            : String.format(
                                    Locale.ROOT,
                                    "with %s rows use %s: its error is lower than that of %s by up to %.4f (with %d rows)",
                                    rows,
                                    better < 0 ? first : second,
                                    better < 0 ? second : first,
                                    Math.abs(widest.mean()),
                                    widest.m()));
            from = to + 1;
        }
        return sentences;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "LearningCurveResult[%s; %d to %d rows; %d repeats]",
                String.join(", ", models),
                sizes[0],
                sizes[sizes.length - 1],
                repeats());
    }
}

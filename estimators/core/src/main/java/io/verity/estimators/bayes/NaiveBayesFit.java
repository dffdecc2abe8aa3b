package io.verity.estimators.bayes;

import io.verity.estimators.classification.Classifier;
import io.verity.estimators.classification.Scores;
import io.verity.stats.Arguments;
import io.verity.stats.EstimationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * A fitted Gaussian naive Bayes classifier. Scores are joint log-likelihoods (see {@link GaussianNaiveBayes}), computed in the
 * centred form, so that columns far from zero lose no digits.
 */
public final class NaiveBayesFit implements Classifier {
    /** Rows from which scoring is worth several threads. */
    private static final int PARALLEL = 1 << 13;

    private final Settings settings;
    private final ClassMoments moments;
    private final ClassMoments pooled;
    private final boolean weighted;
    private final long rows;
    private final double floor;
    private final double[] priors;
    private final double[] variances;
    private final GaussianScores kernel;

    private NaiveBayesFit(
            Settings settings, ClassMoments moments, ClassMoments pooled, boolean weighted, long rows, double floor) {
        this.settings = settings;
        this.moments = moments;
        this.pooled = pooled;
        this.weighted = weighted;
        this.rows = rows;
        this.floor = floor;
        priors = priors(settings, moments);
        variances = variances(settings, moments, floor);
        kernel = new GaussianScores(constants(), moments.mean, halfPrecisions());
    }

    static NaiveBayesFit of(Settings settings, ClassMoments moments, ClassMoments pooled, boolean weighted, long rows) {
        for (int k = 0; k < moments.classes; k++) {
            Arguments.require(
                    moments.weight[k] > 0,
                    weighted ? "class %d has no row of positive weight" : "class %d of %d (0 to %d) has no rows",
                    k,
                    moments.classes,
                    moments.classes - 1);
        }
        if (!moments.isFinite() || !pooled.isFinite()) {
            throw new EstimationException("the variance of a column overflows", "divide the columns by a power of ten");
        }
        double floor = settings.floor().amount(pooled.largestVariance());
        return new NaiveBayesFit(settings, moments, pooled, weighted, rows, floor);
    }

    private static double[] priors(Settings settings, ClassMoments moments) {
        double[] given = settings.priors;
        if (given != null) {
            return given.clone();
        }
        double[] priors = new double[moments.classes];
        double total = moments.totalWeight();
        Arrays.setAll(priors, k -> settings.uniformPriors ? 1.0 / priors.length : moments.weight[k] / total);
        return priors;
    }

    private static double[] variances(Settings settings, ClassMoments moments, double floor) {
        boolean shared = settings.variance == Variance.SHARED;
        double[] variances = new double[shared ? moments.features : moments.squares.length];
        fillVariances(settings, moments, floor, variances);
        return variances;
    }

    static void fillVariances(Settings settings, ClassMoments moments, double floor, double[] variances) {
        int d = moments.features;
        boolean shared = settings.variance == Variance.SHARED;
        double total = moments.totalWeight();
        for (int j = 0; j < variances.length; j++) {
            double v = 0;
            if (shared) {
                for (int k = 0; k < moments.classes; k++) {
                    v += moments.squares[k * d + j];
                }
                v /= total;
            } else {
                v = moments.squares[j] / moments.weight[j / d];
            }
            variances[j] = v + floor;
            if (variances[j] == 0) {
                throw new IllegalArgumentException("feature " + (j % d + 1) + " has variance 0"
                        + (shared ? " within the classes" : " in class " + j / d)
                        + ", and so is the floor: set a positive variance floor");
            }
        }
    }

    private double[] constants() {
        double[] constants = new double[priors.length];
        int d = moments.features;
        for (int k = 0; k < constants.length; k++) {
            double logs = 0;
            for (int j = 0; j < d; j++) {
                logs += StrictMath.log(2 * Math.PI * variance(k, j));
            }
            constants[k] = StrictMath.log(priors[k]) - 0.5 * logs;
        }
        return constants;
    }

    private double[] halfPrecisions() {
        return Arrays.stream(variances).map(v -> 0.5 / v).toArray();
    }

    private double variance(int k, int j) {
        return variances[settings.variance == Variance.SHARED ? j : k * moments.features + j];
    }

    @Override
    public int classes() {
        return moments.classes;
    }

    @Override
    public int features() {
        return moments.features;
    }

    /** @return whether the classes share their variances */
    public Variance variance() {
        return settings.variance;
    }

    /** @return rows of the fit, those of weight 0 included */
    public long rows() {
        return rows;
    }

    /** @return rows of positive weight of each class */
    public long[] classRows() {
        return moments.rows.clone();
    }

    /** @return total weight of each class: its rows where there are no weights */
    public double[] classWeights() {
        return moments.weight.clone();
    }

    /** @return K probabilities of the classes */
    public double[] priors() {
        return priors.clone();
    }

    /** @return K x d means */
    public double[][] means() {
        return table(moments.mean);
    }

    /** @return K x d variances, or 1 x d where they are shared; the floor is in them */
    public double[][] variances() {
        return table(variances);
    }

    private double[][] table(double[] flat) {
        int d = moments.features;
        double[][] table = new double[flat.length / d][];
        Arrays.setAll(table, k -> Arrays.copyOfRange(flat, k * d, (k + 1) * d));
        return table;
    }

    /** @return what was added to every variance */
    public double floor() {
        return floor;
    }

    /**
     * Joint log-likelihoods \( J_k(x) \).
     *
     * @param x n x d
     * @return n x K
     * @throws IllegalArgumentException if x has another number of columns, or an entry is not finite
     * @throws EstimationException if a row is so far away that \( J \) is below the range of numbers for every class
     */
    @Override
    public DMatrixRMaj scores(DMatrixRMaj x) {
        checkColumns(x);
        DMatrixRMaj scores = new DMatrixRMaj(x.numRows, classes());
        blocks(x, (first, count, scratch) -> score(x, first, count, scores.data, first * classes(), scratch));
        return scores;
    }

    @Override
    public int[] predict(DMatrixRMaj x) {
        checkColumns(x);
        int[] predicted = new int[x.numRows];
        blocks(x, (first, count, scratch) -> {
            double[] scores = new double[count * classes()];
            score(x, first, count, scores, 0, scratch);
            for (int i = 0; i < count; i++) {
                predicted[first + i] = Scores.largest(scores, i * classes(), classes());
            }
        });
        return predicted;
    }

    private void checkColumns(DMatrixRMaj x) {
        Arguments.require(
                x.numCols == features(), "X has %d columns, but the fit has %d features", x.numCols, features());
    }

    @FunctionalInterface
    private interface Block {
        void work(int first, int count, double[] scratch);
    }

    private void blocks(DMatrixRMaj x, Block block) {
        int n = x.numRows;
        int perTask = PARALLEL;
        IntStream tasks = IntStream.range(0, (n + perTask - 1) / perTask);
        (settings.parallel() && n > perTask ? tasks.parallel() : tasks).forEach(task -> {
            double[] scratch = kernel.scratch();
            int end = (int) Math.min(n, (task + 1L) * perTask);
            for (int first = task * perTask; first < end; first += GaussianScores.BLOCK) {
                block.work(first, Math.min(GaussianScores.BLOCK, end - first), scratch);
            }
        });
    }

    private void score(DMatrixRMaj x, int first, int count, double[] scores, int offset, double[] scratch) {
        kernel.score(x.data, first * features(), count, scores, offset, scratch);
        for (int i = 0; i < count; i++) {
            int row = offset + i * classes();
            double best = scores[row + Scores.largest(scores, row, classes())];
            if (!(best > Double.NEGATIVE_INFINITY)) {
                throw notFinite(x, first + i);
            }
        }
    }

    private static RuntimeException notFinite(DMatrixRMaj x, int i) {
        for (int j = 0; j < x.numCols; j++) {
            double v = x.get(i, j);
            if (!Double.isFinite(v)) {
                return new IllegalArgumentException(
                        "X holds " + v + " in row " + (i + 1) + ", column " + (j + 1) + "; entries must be finite");
            }
        }
        return new EstimationException(
                "row " + (i + 1) + " is so far from every class that its likelihood is below the range of numbers",
                "look at the row, or raise the variance floor");
    }

    /**
     * The fit to the rows of both, with the settings of this one.
     *
     * @param other of the same classes and features
     * @return the fit to the rows of both
     * @throws IllegalArgumentException if its classes or features are of another number
     */
    public NaiveBayesFit merge(NaiveBayesFit other) {
        NaiveBayesAccumulator both = accumulator();
        both.add(other.moments, other.pooled, other.rows, other.weighted);
        return both.fit();
    }

    /** @return an accumulator that holds the rows of this fit, to which more may be added */
    public NaiveBayesAccumulator accumulator() {
        NaiveBayesAccumulator accumulator = new NaiveBayesAccumulator(settings, classes(), features());
        accumulator.add(moments, pooled, rows, weighted);
        return accumulator;
    }

    /**
     * @return what to know about the fit, one sentence each: {@code SINGLETON_CLASS}, {@code DEGENERATE_VARIANCE},
     *     {@code CONSTANT_FEATURE}
     */
    public List<String> warnings() {
        List<String> classNames =
                IntStream.range(0, classes()).mapToObj(k -> "class " + k).toList();
        List<String> featureNames = IntStream.rangeClosed(1, features())
                .mapToObj(j -> "feature " + j)
                .toList();
        return warnings(classNames, featureNames);
    }

    /**
     * @param classNames what the K classes are called
     * @param featureNames what the d features are called
     * @return {@link #warnings()} in those words
     */
    public List<String> warnings(List<String> classNames, List<String> featureNames) {
        List<String> warnings = new ArrayList<>();
        boolean shared = settings.variance == Variance.SHARED;
        List<String> singletons = IntStream.range(0, classes())
                .filter(k -> moments.rows[k] == 1)
                .mapToObj(classNames::get)
                .toList();
        if (!shared && !singletons.isEmpty()) {
            warnings.add("SINGLETON_CLASS: " + list(singletons) + (singletons.size() == 1 ? " has" : " have")
                    + " one row, so the variances are the floor alone and predictions are far too certain");
        }
        if (shared && Arrays.stream(moments.squares).allMatch(s -> s == 0)) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "DEGENERATE_VARIANCE: no feature varies within a class (%d rows of %d classes), so every variance is the"
                            + " floor %s alone",
                    moments.totalRows(),
                    classes(),
                    floor));
        }
        List<String> constant = IntStream.range(0, features())
                .filter(j -> pooled.squares[j] == 0)
                .mapToObj(featureNames::get)
                .toList();
        if (!constant.isEmpty()) {
            warnings.add("CONSTANT_FEATURE: " + list(constant) + (constant.size() == 1 ? " has" : " have")
                    + " the same value in all rows and cannot tell the classes apart");
        }
        return warnings;
    }

    private static String list(List<String> names) {
        int shown = 8;
        return names.size() <= shown
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, shown)) + " and " + (names.size() - shown) + " more";
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "NaiveBayesFit[%s variances, %d classes, %d features, %d rows, floor %s]",
                settings.variance == Variance.SHARED ? "shared" : "per-class",
                classes(),
                features(),
                rows,
                floor);
    }
}

package io.verity.estimators.bayes;

import io.verity.stats.Arguments;
import io.verity.stats.linalg.DenseBackend;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import org.ejml.data.DMatrixRMaj;

/**
 * Gaussian naive Bayes: within class k the features are independent normal variables with means \( \mu_{kj} \), so that
 * \[ J_k(x) = \log \pi_k - \tfrac12 \sum_j \Bigl( \log(2 \pi v_{kj}) + \frac{(x_j - \mu_{kj})^2}{v_{kj}} \Bigr) \]
 * is the joint log-likelihood of class and row, and its softmax the posterior. Means and variances are those of the rows of the
 * class (divisor: their number or weight); {@link Variance#SHARED} averages the variances over the classes with the empirical
 * shares, which makes the boundaries linear. A floor is added to every variance.
 *
 * <p>A fit is one pass over the rows, and may come in pieces: {@link #accumulator}. Its bits depend neither on the number of
 * threads nor on the pieces. Immutable: every {@code with} returns a changed copy.
 *
 * <pre>{@code
 * NaiveBayesFit fit = GaussianNaiveBayes.withDefaults().fit(x, y);
 * }</pre>
 */
public final class GaussianNaiveBayes {
    private static final double PRIOR_TOLERANCE = 1e-8;

    private final Settings settings;

    private GaussianNaiveBayes(Settings settings) {
        this.settings = settings;
    }

    /**
     * @return shared variances with an absolute floor of 1e-9 (variances of a class, when chosen, have a relative floor of 1e-9),
     *     empirical priors, all rows weighing 1, the shared single-thread backend
     */
    public static GaussianNaiveBayes withDefaults() {
        return new GaussianNaiveBayes(new Settings());
    }

    private GaussianNaiveBayes change(Consumer<Settings> change) {
        Settings copy = settings.clone();
        change.accept(copy);
        return new GaussianNaiveBayes(copy);
    }

    /**
     * @param variance shared or one for each class
     * @return a copy with those variances
     */
    public GaussianNaiveBayes with(Variance variance) {
        return change(s -> s.variance = variance);
    }

    /**
     * @param floor what is added to every variance
     * @return a copy with that floor
     */
    public GaussianNaiveBayes with(VarianceFloor floor) {
        return change(s -> s.chosenFloor = floor);
    }

    /**
     * Sets the probabilities of the classes. They do not enter the shared variances.
     *
     * @param priors one per class, positive, with sum 1; none means the shares of the classes among the rows
     * @return a copy with those priors
     * @throws IllegalArgumentException if one is not positive, or the sum differs from 1 by more than 1e-8
     */
    public GaussianNaiveBayes withPriors(double... priors) {
        double sum = 0;
        for (int k = 0; k < priors.length; k++) {
            Arguments.require(
                    priors[k] > 0 && priors[k] < Double.POSITIVE_INFINITY,
                    "priors must be positive, but that of class %d is %s (sum found: %s)",
                    k,
                    priors[k],
                    Arrays.stream(priors).sum());
            sum += priors[k];
        }
        Arguments.require(
                priors.length == 0 || Math.abs(sum - 1) <= PRIOR_TOLERANCE,
                "priors must sum to 1, but the sum of the %d given is %s",
                priors.length,
                sum);
        double[] copy = priors.length == 0 ? null : priors.clone();
        return change(s -> {
            s.priors = copy;
            s.uniformPriors = false;
        });
    }

    /** @return a copy that gives every class the prior 1/K */
    public GaussianNaiveBayes withUniformPriors() {
        return change(s -> {
            s.priors = null;
            s.uniformPriors = true;
        });
    }

    /**
     * @param weights at least 0, one per row; none means 1 for every row
     * @return a copy that counts every row as often as its weight says
     * @throws IllegalArgumentException if a weight is negative or not finite
     */
    public GaussianNaiveBayes withCaseWeights(double... weights) {
        for (int i = 0; i < weights.length; i++) {
            checkWeight(weights[i], i + 1);
        }
        double[] copy = weights.length == 0 ? null : weights.clone();
        return change(s -> s.caseWeights = copy);
    }

    /** What the fit was asked to be. */
    Settings settings() {
        return settings;
    }

    static void checkWeight(double weight, long row) {
        Arguments.require(
                weight >= 0 && weight < Double.POSITIVE_INFINITY,
                "row weights must be finite and not negative, but the weight of row %d is %s",
                row,
                weight);
    }

    static void checkLabel(int label, int classes, long row) {
        if (label < 0 || label >= classes) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "labels must be 0 to %d, but the label of row %d is %d", classes - 1, row, label));
        }
    }

    /**
     * @param backend its number of threads is that of the fit and of predictions; the caller closes it
     * @return a copy that uses it
     */
    public GaussianNaiveBayes with(DenseBackend backend) {
        return change(s -> s.chosenBackend = backend);
    }

    /**
     * @param x n rows of d entries
     * @param y n labels, 0 to K - 1, where K - 1 is the largest label
     * @return the fit
     * @throws IllegalArgumentException as {@link #fit(DMatrixRMaj, int[], int)}, or if the rows differ in length
     */
    public NaiveBayesFit fit(double[][] x, int[] y) {
        Arguments.require(x.length > 0, "X has no rows");
        Arguments.require(x.length == y.length, "X has %d rows but y has %d labels", x.length, y.length);
        Arguments.finiteMatrix("X", x);
        return fit(new DMatrixRMaj(x), y, Arrays.stream(y).max().orElse(0) + 1);
    }

    /**
     * @param x n x d
     * @param y n labels, 0 to K - 1
     * @param classes K, at least 2; each must have a row of positive weight
     * @return the fit
     * @throws IllegalArgumentException if there are no rows or columns, x and y (or the weights) differ in rows, an entry is not
     *     finite, a label is out of range, K is less than 2, a class has no rows or only rows of weight 0, there are priors for
     *     another number of classes, or the floor is 0 and a variance is 0; the message names the row, class or feature
     * @throws io.verity.stats.EstimationException if the values are so large that their variances overflow
     */
    public NaiveBayesFit fit(DMatrixRMaj x, int[] y, int classes) {
        Arguments.require(x.numRows > 0 && y.length > 0, "X has %d rows and y has %d labels", x.numRows, y.length);
        NaiveBayesAccumulator accumulator = accumulator(classes, x.numCols);
        double[] weights = settings.caseWeights;
        if (weights == null) {
            accumulator.add(x, y);
        } else {
            accumulator.add(x, y, weights);
        }
        return accumulator.fit();
    }

    /**
     * Starts a fit whose rows come in pieces. Case weights of {@link #withCaseWeights} do not apply: pieces bring their own.
     *
     * @param classes K, at least 2: the labels that may come
     * @param features d, at least 1
     * @return an accumulator without rows
     * @throws IllegalArgumentException if K or d is too small, or there are priors for another number of classes
     */
    public NaiveBayesAccumulator accumulator(int classes, int features) {
        Arguments.atLeast("classes", classes, 2);
        Arguments.require(features >= 1, "X has no columns");
        double[] priors = settings.priors;
        if (priors != null) {
            Arguments.require(
                    priors.length == classes,
                    "there are %d priors (sum %s) but %d classes",
                    priors.length,
                    Arrays.stream(priors).sum(),
                    classes);
        }
        return new NaiveBayesAccumulator(settings, classes, features);
    }
}

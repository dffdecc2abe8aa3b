package io.verity.estimators.bayes;

import io.verity.estimators.classification.Scores;
import io.verity.stats.Arguments;

/**
 * Fits many small samples of the same shape without allocating: for simulations. The numbers are those of
 * {@link GaussianNaiveBayes} with empirical priors. Mutable, for one thread at a time; its data are not checked for finiteness.
 *
 * <p>Many fits are scored on one test set by a single matrix product: {@link #expand} the test rows once, let each fit write its
 * columns by {@link #writeCoefficients}, and multiply.
 */
public final class NaiveBayesKernel {
    private final Settings settings;
    private final int classes;
    private final int features;
    private final ClassMoments moments;
    private final ClassMoments pooled;
    private final double[] shift;
    private final double[] variances;
    private final double[] halfPrecisions;
    private final double[] constants;
    private final GaussianScores scores;
    private final double[] scratch;
    private final double[] rowScores;

    /**
     * @param model variances and floor; its priors, weights and backend are not used
     * @param classes K, at least 2
     * @param features d, at least 1
     * @return a kernel that holds no fit yet
     * @throws IllegalArgumentException if K or d is too small
     */
    public static NaiveBayesKernel of(GaussianNaiveBayes model, int classes, int features) {
        Arguments.atLeast("classes", classes, 2);
        Arguments.atLeast("features", features, 1);
        return new NaiveBayesKernel(model.settings(), classes, features);
    }

    private NaiveBayesKernel(Settings settings, int classes, int features) {
        this.settings = settings;
        this.classes = classes;
        this.features = features;
        moments = new ClassMoments(classes, features);
        pooled = new ClassMoments(1, features);
        shift = new double[classes * features];
        variances = new double[settings.variance == Variance.SHARED ? features : classes * features];
        halfPrecisions = new double[variances.length];
        constants = new double[classes];
        scores = new GaussianScores(constants, moments.mean, halfPrecisions);
        scratch = scores.scratch();
        rowScores = new double[GaussianScores.BLOCK * classes];
    }

    /**
     * @param x rows x d, flat; may be longer
     * @param y labels, 0 to K - 1; may be longer
     * @param rows at least one of each class
     * @return whether every class has a row; otherwise there is no fit
     * @throws IllegalArgumentException if the floor is 0 and a variance is 0
     */
    public boolean fit(double[] x, int[] y, int rows) {
        moments.set(x, 0, y, null, 0, rows, shift);
        for (int k = 0; k < classes; k++) {
            if (moments.rows[k] == 0) {
                return false;
            }
        }
        double floor = settings.floor().value();
        if (settings.floor().relative()) {
            pooled.set(x, 0, null, null, 0, rows, shift);
            floor = settings.floor().amount(pooled.largestVariance());
        }
        NaiveBayesFit.fillVariances(settings, moments, floor, variances);
        boolean shared = settings.variance == Variance.SHARED;
        double logs = 0;
        for (int j = 0; j < variances.length; j++) {
            halfPrecisions[j] = 0.5 / variances[j];
        }
        for (int k = 0; k < classes; k++) {
            if (k == 0 || !shared) {
                logs = 0;
                for (int j = 0; j < features; j++) {
                    logs += StrictMath.log(2 * Math.PI * variances[shared ? j : k * features + j]);
                }
            }
            constants[k] = StrictMath.log(moments.weight[k] / rows) - 0.5 * logs;
        }
        return true;
    }

    /** @return K x d means of the last fit, flat; the array itself, overwritten by the next */
    public double[] means() {
        return moments.mean;
    }

    /** @return d or K x d variances of the last fit, floor included; the array itself, overwritten by the next */
    public double[] variances() {
        return variances;
    }

    /**
     * The score of class a minus that of class b as a linear function, \( w_j = (\mu_{aj} - \mu_{bj}) / v_j \) and
     * \( \log(\pi_a / \pi_b) - \sum_j w_j (\mu_{aj} + \mu_{bj}) / 2 \).
     *
     * @param a a class
     * @param b another
     * @param w d entries, overwritten
     * @return the intercept
     * @throws IllegalStateException if the variances are not shared
     */
    public double contrast(int a, int b, double[] w) {
        if (settings.variance != Variance.SHARED) {
            throw new IllegalStateException("scores are linear only where variances are shared");
        }
        double intercept = constants[a] - constants[b];
        for (int j = 0; j < features; j++) {
            double ma = moments.mean[a * features + j];
            double mb = moments.mean[b * features + j];
            w[j] = (ma - mb) / variances[j];
            intercept = Math.fma(-0.5 * w[j], ma + mb, intercept);
        }
        return intercept;
    }

    /**
     * Rows for the scores of many fits at once.
     *
     * @param x n x d, flat, not far from zero in units of the variances: the expanded form cancels otherwise
     * @param n rows
     * @param d columns
     * @return n x (2 d + 1): \( x_j \), then \( x_j^2 \), then 1
     */
    public static double[] expand(double[] x, int n, int d) {
        int width = 2 * d + 1;
        double[] expanded = new double[Math.multiplyExact(n, width)];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                double v = x[i * d + j];
                expanded[i * width + j] = v;
                expanded[i * width + d + j] = v * v;
            }
            expanded[i * width + 2 * d] = 1;
        }
        return expanded;
    }

    /**
     * Writes what {@link #expand}ed rows are to be multiplied by: column {@code first + k} for class k.
     *
     * @param out (2 d + 1) x columns, flat
     * @param first column of class 0
     * @param columns of the matrix
     */
    public void writeCoefficients(double[] out, int first, int columns) {
        boolean shared = settings.variance == Variance.SHARED;
        for (int k = 0; k < classes; k++) {
            int column = first + k;
            double constant = constants[k];
            for (int j = 0; j < features; j++) {
                double mean = moments.mean[k * features + j];
                double half = halfPrecisions[shared ? j : k * features + j];
                out[j * columns + column] = 2 * half * mean;
                out[(features + j) * columns + column] = -half;
                constant = Math.fma(-half * mean, mean, constant);
            }
            out[2 * features * columns + column] = constant;
        }
    }

    /**
     * As {@link #writeCoefficients}, for the score of class a minus that of class b.
     *
     * @param a a class
     * @param b another
     * @param out (2 d + 1) x columns, flat
     * @param column which is written
     * @param columns of the matrix
     */
    public void writeContrast(int a, int b, double[] out, int column, int columns) {
        boolean shared = settings.variance == Variance.SHARED;
        double constant = constants[a] - constants[b];
        for (int j = 0; j < features; j++) {
            double ma = moments.mean[a * features + j];
            double mb = moments.mean[b * features + j];
            double ha = halfPrecisions[shared ? j : a * features + j];
            double hb = halfPrecisions[shared ? j : b * features + j];
            out[j * columns + column] = 2 * (ha * ma - hb * mb);
            out[(features + j) * columns + column] = hb - ha;
            constant += hb * mb * mb - ha * ma * ma;
        }
        out[2 * features * columns + column] = constant;
    }

    /**
     * @param x n x d, flat
     * @param y n labels
     * @param n rows
     * @return rows whose class the last fit does not predict
     */
    public long errors(double[] x, int[] y, int n) {
        long wrong = 0;
        for (int first = 0; first < n; first += GaussianScores.BLOCK) {
            int count = Math.min(GaussianScores.BLOCK, n - first);
            scores.score(x, first * features, count, rowScores, 0, scratch);
            for (int i = 0; i < count; i++) {
                wrong += Scores.largest(rowScores, i * classes, classes) == y[first + i] ? 0 : 1;
            }
        }
        return wrong;
    }
}

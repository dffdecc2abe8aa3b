package io.verity.papers.nbvslr;

import io.verity.stats.Arguments;
import io.verity.stats.random.RandomStream;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.ejml.data.DMatrixRMaj;

/**
 * K equally likely Gaussian classes with one covariance: feature j of class k is
 * \( \mu_{kj} + \sigma_j(\sqrt\rho\,u + \sqrt{1-\rho}\,g_j) \) with standard normal u (shared by the features of a row) and
 * \( g_j \). The class means lie on a line, ordered by class. Immutable.
 */
final class GaussianClasses {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    /** Size of the test set of more than two classes, up to rounding. */
    static final int TEST_ROWS = 10_000;

    private static final int MOST_REDRAWS = 100_000;

    private final double[][] means;
    private final double[] deviations;
    private final double correlation;

    private GaussianClasses(double[][] means, double[] deviations, double correlation) {
        this.means = means;
        this.deviations = deviations;
        this.correlation = correlation;
    }

    /**
     * The mixture of Zheng et al. (arXiv 2302.02334): all coordinates of the mean are -1 in class 0 and 2^(k-1) in class k; the
     * first floor(d/2) variances are d, the others 1. With more than two classes coordinates are mapped to
     * \( (x - 2^{K-3})/2^{K-3} \), as the published program does (a ridge penalty sees the difference, naive Bayes does not).
     */
    static GaussianClasses mixture(int features, int classes) {
        Arguments.atLeast("d", features, 1);
        Arguments.require(classes >= 2 && classes <= 30, "K must lie between 2 and 30, but is %d", classes);
        double centre = classes == 2 ? 0 : StrictMath.scalb(1.0, classes - 3);
        double unit = classes == 2 ? 1 : centre;
        double[][] means = new double[classes][features];
        for (int k = 0; k < classes; k++) {
            Arrays.fill(means[k], ((k == 0 ? -1 : StrictMath.scalb(1.0, k - 1)) - centre) / unit);
        }
        double[] deviations = new double[features];
        for (int j = 0; j < features; j++) {
            deviations[j] = (j < features / 2 ? Math.sqrt(features) : 1) / unit;
        }
        return new GaussianClasses(means, deviations, 0);
    }

    /** Two classes with identity covariance whose means are Delta apart, whatever d: every coordinate differs by Delta/sqrt(d). */
    static GaussianClasses fixedSignal(int features, double distance) {
        Arguments.atLeast("d", features, 1);
        Arguments.positive("distance", distance);
        double[][] means = new double[2][features];
        Arrays.fill(means[0], -0.5 * distance / Math.sqrt(features));
        Arrays.fill(means[1], 0.5 * distance / Math.sqrt(features));
        double[] deviations = new double[features];
        Arrays.fill(deviations, 1);
        return new GaussianClasses(means, deviations, 0);
    }

    /**
     * Two classes for which naive Bayes is wrong in the limit: equally correlated features, of which the first half differ by the
     * same amount; every second feature (from the second on) in another unit, its deviation and its difference multiplied.
     */
    static GaussianClasses correlated(int features, double correlation, double difference, double oddScale) {
        Arguments.atLeast("d", features, 2);
        Arguments.require(
                correlation >= 0 && correlation < 1, "the correlation must lie in [0, 1), but is %s", correlation);
        Arguments.positive("difference", difference);
        Arguments.positive("scale of odd features", oddScale);
        double[][] means = new double[2][features];
        double[] deviations = new double[features];
        for (int j = 0; j < features; j++) {
            deviations[j] = j % 2 == 0 ? 1 : oddScale;
            means[1][j] = j < features / 2 ? 0.5 * difference * deviations[j] : 0;
            means[0][j] = -means[1][j];
        }
        return new GaussianClasses(means, deviations, correlation);
    }

    /** The design of the two-regimes claims: d = 50, correlation 0.05, difference 0.8, odd features times 5. */
    static GaussianClasses twoRegimes() {
        return correlated(50, .05, .8, 5);
    }

    int features() {
        return deviations.length;
    }

    int classes() {
        return means.length;
    }

    /** Rows with labels uniform on the classes, labels drawn again until each class occurs. */
    LabelledRows draw(RandomStream stream, int rows) {
        int k = classes();
        Arguments.require(rows >= k, "m must be at least the %d classes, but is %d", k, rows);
        int[] y = new int[rows];
        int tries = 0;
        do {
            Arguments.require(
                    ++tries <= MOST_REDRAWS,
                    "no draw of %d labels out of %d had all %d classes: raise m",
                    rows,
                    MOST_REDRAWS,
                    k);
            for (int i = 0; i < rows; i++) {
                y[i] = stream.nextInt(k);
            }
        } while (!allOccur(y, k));
        DMatrixRMaj x = new DMatrixRMaj(rows, features());
        for (int i = 0; i < rows; i++) {
            drawRow(stream, y[i], x.data, i * features());
        }
        return new LabelledRows(x, y, k);
    }

    static boolean allOccur(int[] y, int classes) {
        boolean[] seen = new boolean[classes];
        int count = 0;
        for (int label : y) {
            if (!seen[label]) {
                seen[label] = true;
                count++;
            }
        }
        return count == classes;
    }

    /** Draws one row of a class into an array. */
    void drawRow(RandomStream stream, int label, double[] out, int from) {
        double[] mean = means[label];
        if (correlation == 0) {
            for (int j = 0; j < mean.length; j++) {
                out[from + j] = Math.fma(deviations[j], stream.nextGaussian(), mean[j]);
            }
            return;
        }
        double common = Math.sqrt(correlation) * stream.nextGaussian();
        double own = Math.sqrt(1 - correlation);
        for (int j = 0; j < mean.length; j++) {
            out[from + j] = Math.fma(deviations[j], Math.fma(own, stream.nextGaussian(), common), mean[j]);
        }
    }

    /**
     * Smallest possible error. The means lie on a line in the order of the classes, so that only neighbours are confused:
     * \( \frac1K \sum_k 2\Phi(-\Delta_k/2) \) with the Mahalanobis distances of neighbours.
     */
    double bayesError() {
        double sum = 0;
        for (int k = 1; k < classes(); k++) {
            sum += 2 * NORMAL.cumulativeProbability(-0.5 * Math.sqrt(squaredDistance(k - 1, k)));
        }
        return sum / classes();
    }

    /** Squared Mahalanobis distance of two means; the inverse of the correlation matrix by Sherman and Morrison. */
    private double squaredDistance(int k, int l) {
        double squares = 0;
        double total = 0;
        for (int j = 0; j < features(); j++) {
            double difference = (means[l][j] - means[k][j]) / deviations[j];
            squares = Math.fma(difference, difference, squares);
            total += difference;
        }
        double d = features();
        return (squares - correlation * total * total / (1 - correlation + d * correlation)) / (1 - correlation);
    }

    /** Error of naive Bayes with shared variances as rows go to infinity; two classes. */
    double naiveBayesLimit() {
        int d = features();
        double[] w = new double[d];
        for (int j = 0; j < d; j++) {
            w[j] = (means[1][j] - means[0][j]) / (deviations[j] * deviations[j]);
        }
        double intercept = 0;
        for (int j = 0; j < d; j++) {
            intercept -= 0.5 * (means[1][j] + means[0][j]) * w[j];
        }
        return error(w, intercept);
    }

    /**
     * Exact error of a linear rule for two classes, class 1 where \( w^\top x + b &gt; 0 \):
     * \( \frac12\Phi(-(w^\top\mu_1 + b)/s) + \frac12\Phi((w^\top\mu_0 + b)/s) \), \( s^2 = w^\top\Sigma w \); one half when w = 0.
     */
    double error(double[] w, double intercept) {
        Arguments.require(classes() == 2, "the exact error is known for two classes, but there are %d", classes());
        double s = Math.sqrt(covariance(w, w));
        if (s == 0) {
            return 0.5;
        }
        return 0.5 * NORMAL.cumulativeProbability(-(dot(w, means[1]) + intercept) / s)
                + 0.5 * NORMAL.cumulativeProbability((dot(w, means[0]) + intercept) / s);
    }

    /**
     * Error of linear scores. Exact with two classes. With more, the share of errors on a balanced test set of
     * floor(10000/K) rows of each class, of which only the scores are drawn: their law is Gaussian in K - 1 differences.
     */
    double error(LinearScores rule, RandomStream test) {
        if (classes() == 2) {
            return error(rule.difference(1, 0), rule.intercept(1) - rule.intercept(0));
        }
        int k = classes();
        double[][] w = new double[k - 1][];
        for (int c = 1; c < k; c++) {
            w[c - 1] = rule.difference(c, 0);
        }
        double[][] root = root(w);
        int each = TEST_ROWS / k;
        long errors = 0;
        double[] centre = new double[k - 1];
        double[] z = new double[k - 1];
        for (int y = 0; y < k; y++) {
            for (int c = 0; c < k - 1; c++) {
                centre[c] = dot(w[c], means[y]) + rule.intercept(c + 1) - rule.intercept(0);
            }
            for (int i = 0; i < each; i++) {
                errors += predicted(centre, root, z, test) == y ? 0 : 1;
            }
        }
        return (double) errors / ((long) each * k);
    }

    /** The class with the largest score; ties go to the lowest. */
    private static int predicted(double[] centre, double[][] root, double[] z, RandomStream stream) {
        int best = 0;
        double top = 0;
        for (int c = 0; c < centre.length; c++) {
            z[c] = stream.nextGaussian();
            double score = centre[c];
            for (int b = 0; b <= c; b++) {
                score = Math.fma(root[c][b], z[b], score);
            }
            if (score > top) {
                top = score;
                best = c + 1;
            }
        }
        return best;
    }

    /** Lower triangular root of the covariance of the scores; columns without variance of their own are zero. */
    private double[][] root(double[][] w) {
        int k = w.length;
        double[][] root = new double[k][k];
        for (int c = 0; c < k; c++) {
            double whole = covariance(w[c], w[c]);
            for (int b = 0; b <= c; b++) {
                double sum = b == c ? whole : covariance(w[c], w[b]);
                for (int a = 0; a < b; a++) {
                    sum -= root[c][a] * root[b][a];
                }
                if (b == c) {
                    root[c][c] = sum > 1e-14 * whole ? Math.sqrt(sum) : 0;
                } else {
                    root[c][b] = root[b][b] > 0 ? sum / root[b][b] : 0;
                }
            }
        }
        return root;
    }

    /** \( v^\top\Sigma w \). */
    private double covariance(double[] v, double[] w) {
        double products = 0;
        double sumV = 0;
        double sumW = 0;
        for (int j = 0; j < w.length; j++) {
            double a = deviations[j] * v[j];
            double b = deviations[j] * w[j];
            products = Math.fma(a, b, products);
            sumV += a;
            sumW += b;
        }
        return (1 - correlation) * products + correlation * sumV * sumW;
    }

    private static double dot(double[] v, double[] w) {
        double sum = 0;
        for (int j = 0; j < v.length; j++) {
            sum = Math.fma(v[j], w[j], sum);
        }
        return sum;
    }
}

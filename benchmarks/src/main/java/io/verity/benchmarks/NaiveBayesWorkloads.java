package io.verity.benchmarks;

import io.verity.estimators.bayes.GaussianNaiveBayes;
import io.verity.estimators.bayes.NaiveBayesFit;
import io.verity.estimators.bayes.NaiveBayesKernel;
import io.verity.estimators.bayes.Variance;
import io.verity.estimators.logistic.Penalty;
import io.verity.estimators.logistic.RidgeFit;
import io.verity.estimators.logistic.RidgeLogistic;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.random.RandomStream;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.ejml.data.DMatrixRMaj;

/** Naive Bayes on many rows, and the simulation of two Gaussian classes. */
final class NaiveBayesWorkloads {
    private static final int TEST_ROWS = 10_000;

    /** Test rows scored together: their expanded form stays in the cache. */
    private static final int BLOCK = 500;

    private static final int[] FEW = {4, 6, 8, 12, 16, 24, 32};
    private static final int[] DIMENSIONS = {32, 64, 128, 256};
    private static final GaussianNaiveBayes PER_CLASS =
            GaussianNaiveBayes.withDefaults().with(Variance.PER_CLASS);

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private NaiveBayesWorkloads() {}

    /** Fits and predicts all rows; the checksum is the share predicted rightly. */
    static double fitAndPredict(ClassData data, int classes, DenseBackend backend) {
        NaiveBayesFit fit = PER_CLASS.with(backend).fit(data.x(), data.labels(), classes);
        int[] predicted = fit.predict(data.x());
        int right = 0;
        for (int i = 0; i < predicted.length; i++) {
            right += predicted[i] == data.labels()[i] ? 1 : 0;
        }
        return (double) right / predicted.length;
    }

    /**
     * Two classes with means -1 and 1 in every coordinate, half of the variances d, the others 1: errors of naive Bayes with
     * variances of each class on test rows, and of logistic regression in closed form, each with samples of several sizes.
     *
     * @param repeats samples of each size; a quarter of them for logistic regression
     * @param single a backend of one thread: the samples are what is divided among threads
     * @return sum of the mean errors
     */
    static double mixture(int repeats, DenseBackend single) {
        double total = 0;
        for (int d : DIMENSIONS) {
            total += naiveBayes(d, repeats, single) + logistic(d, Math.max(1, repeats / 4), single);
        }
        return total;
    }

    /** Rows of the mixture, both classes present. */
    private static void draw(RandomStream random, int rows, int d, double[] x, int[] y) {
        double sd = Math.sqrt(d);
        int ones = 0;
        while (ones == 0 || ones == rows) {
            ones = 0;
            for (int i = 0; i < rows; i++) {
                y[i] = (int) (random.nextLong() >>> 63);
                ones += y[i];
            }
        }
        for (int i = 0; i < rows; i++) {
            double mean = y[i] == 1 ? 1 : -1;
            for (int j = 0; j < d; j++) {
                x[i * d + j] = mean + (j < d / 2 ? sd : 1) * random.nextGaussian();
            }
        }
    }

    private static double naiveBayes(int d, int repeats, DenseBackend single) {
        int fits = FEW.length * repeats;
        int width = 2 * d + 1;
        double[] coefficients = new double[width * fits];
        IntStream.range(0, FEW.length).parallel().forEach(s -> {
            NaiveBayesKernel kernel = NaiveBayesKernel.of(PER_CLASS, 2, d);
            double[] x = new double[FEW[s] * d];
            int[] y = new int[FEW[s]];
            for (int r = 0; r < repeats; r++) {
                draw(RandomStream.of(1, "mixture naive Bayes", d * 1000L + FEW[s], r), FEW[s], d, x, y);
                kernel.fit(x, y, FEW[s]);
                kernel.writeContrast(1, 0, coefficients, s * repeats + r, fits);
            }
        });
        long wrong = IntStream.range(0, TEST_ROWS / BLOCK)
                .parallel()
                .mapToLong(block -> {
                    double[] x = new double[BLOCK * d];
                    int[] y = new int[BLOCK];
                    draw(RandomStream.of(1, "mixture test rows", d, block), BLOCK, d, x, y);
                    double[] scores = new double[BLOCK * fits];
                    single.gemm(
                            single.upload(NaiveBayesKernel.expand(x, BLOCK, d), BLOCK, width),
                            single.upload(coefficients, width, fits),
                            single.upload(scores, BLOCK, fits));
                    long count = 0;
                    for (int i = 0; i < BLOCK; i++) {
                        for (int f = 0; f < fits; f++) {
                            count += (scores[i * fits + f] > 0 ? 1 : 0) ^ y[i];
                        }
                    }
                    return count;
                })
                .sum();
        return (double) wrong / TEST_ROWS / repeats;
    }

    private static double logistic(int d, int repeats, DenseBackend single) {
        int[] sizes = {d / 2, d, 2 * d, 4 * d};
        double[] errors = IntStream.range(0, sizes.length * repeats)
                .parallel()
                .mapToDouble(task -> {
                    int m = sizes[sizes.length - 1 - task / repeats];
                    DMatrixRMaj x = new DMatrixRMaj(m, d);
                    int[] y = new int[m];
                    draw(RandomStream.of(1, "mixture logistic", d * 10_000L + m, task % repeats), m, d, x.data, y);
                    return error(
                            RidgeLogistic.withDefaults()
                                    .with(single)
                                    .withTolerance(1e-6)
                                    .fit(x, y, Penalty.inverseC(1)),
                            d);
                })
                .toArray();
        double sum = 0; // in order, whoever computed them
        for (double error : errors) {
            sum += error;
        }
        return sum / repeats;
    }

    private static double error(RidgeFit fit, int d) {
        double sum = 0;
        double squares = 0;
        double[] w = fit.weights();
        for (int j = 0; j < d; j++) {
            sum += w[j];
            squares += w[j] * w[j] * (j < d / 2 ? d : 1);
        }
        double s = Math.sqrt(squares);
        return 0.5 * NORMAL.cumulativeProbability(-(sum + fit.intercept()) / s)
                + 0.5 * NORMAL.cumulativeProbability((-sum + fit.intercept()) / s);
    }
}

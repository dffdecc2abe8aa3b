package io.verity.papers.nbvslr;

import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.random.RandomStream;
import org.ejml.data.DMatrixRMaj;

/**
 * One run of the protocol of Zheng et al. (arXiv 2302.02334): a pool of 100 d rows with equally many of each class, a test set of
 * floor(10000/K) rows of each class, and fits to random subsets of the pool. Rows of the pool are drawn when they are first
 * needed, each from a stream of its own, so that the pool takes no memory. Not safe for concurrent use.
 */
final class PublishedRun {
    private static final long POOL = 1L << 32;
    private static final int ROWS_PER_FEATURE = 100;

    private final GaussianClasses classes;
    private final RandomStream stream;
    private final RandomStream subsets;
    private final int[] pool;
    private double[] test = new double[0];

    PublishedRun(GaussianClasses classes, RandomStream stream) {
        this.classes = classes;
        this.stream = stream;
        this.subsets = stream.forPurpose(RandomStream.ALGORITHM);
        this.pool = new int[poolRows(classes.features(), classes.classes())];
        for (int i = 0; i < pool.length; i++) {
            pool[i] = i;
        }
    }

    /** Rows of the pool: 100 d, rounded down to a multiple of K. */
    static int poolRows(int features, int classes) {
        return ROWS_PER_FEATURE * features / classes * classes;
    }

    /** Step of the published grid of training sizes, which starts at 2 K: the natural logarithm of d, rounded up. */
    static int step(int features) {
        return (int) Math.ceil(StrictMath.log(features));
    }

    /**
     * The first size at which the test error is below the Bayes error plus epsilon.
     *
     * @param step between training sizes
     * @return rows, infinite when there is none below 100 d
     */
    double rows(Model model, double epsilon, int step, DenseBackend backend) {
        double target = classes.bayesError() + epsilon;
        for (int m = 2 * classes.classes(); m < pool.length; m += step) {
            if (error(model, m, backend) < target) {
                return m;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /** Test error of a fit to a new random subset. */
    double error(Model model, int rows, DenseBackend backend) {
        return error(model.fit(subset(rows), backend), backend);
    }

    /** Rows of the pool at random, chosen again until each class occurs. */
    LabelledRows subset(int rows) {
        int k = classes.classes();
        int[] y = new int[rows];
        do {
            for (int i = 0; i < rows; i++) {
                int j = i + subsets.nextInt(pool.length - i);
                int chosen = pool[j];
                pool[j] = pool[i];
                pool[i] = chosen;
                y[i] = chosen % k;
            }
        } while (!GaussianClasses.allOccur(y, k));
        int d = classes.features();
        DMatrixRMaj x = new DMatrixRMaj(rows, d);
        for (int i = 0; i < rows; i++) {
            classes.drawRow(stream.forPurpose(POOL + pool[i]), y[i], x.data, i * d);
        }
        return new LabelledRows(x, y, k);
    }

    private double error(LinearScores rule, DenseBackend backend) {
        int d = classes.features();
        int k = classes.classes();
        int n = GaussianClasses.TEST_ROWS / k * k;
        if (test.length == 0) {
            test = new double[Math.multiplyExact(n, d)];
            RandomStream rows = stream.forPurpose(CurvePlan.TEST);
            for (int i = 0; i < n; i++) {
                classes.drawRow(rows, i % k, test, i * d);
            }
        }
        double[] weights = new double[d * k];
        for (int c = 0; c < k; c++) {
            for (int j = 0; j < d; j++) {
                weights[j * k + c] = rule.weights().data[c * d + j];
            }
        }
        double[] scores = new double[n * k];
        backend.gemm(backend.upload(test, n, d), backend.upload(weights, d, k), backend.upload(scores, n, k));
        int errors = 0;
        for (int i = 0; i < n; i++) {
            int best = 0;
            for (int c = 1; c < k; c++) {
                if (scores[i * k + c] + rule.intercept(c) > scores[i * k + best] + rule.intercept(best)) {
                    best = c;
                }
            }
            errors += best == i % k ? 0 : 1;
        }
        return (double) errors / n;
    }
}

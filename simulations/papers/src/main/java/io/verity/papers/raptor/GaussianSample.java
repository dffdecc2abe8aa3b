package io.verity.papers.raptor;

import io.verity.estimators.logistic.Penalty;
import io.verity.estimators.logistic.RidgeFit;
import io.verity.estimators.logistic.RidgeLogistic;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.losses.LogisticLoss;
import io.verity.stats.random.RandomStream;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Rows N(0, I_p) with labels from a logistic teacher of norm kappa. The law does not change under rotations, so that the
 * teacher is the first coordinate axis.
 *
 * @param rows n x p
 * @param labels 0 or 1 per row
 */
@SuppressWarnings("ArrayRecordComponent") // a column of labels; two samples are never compared
record GaussianSample(DMatrixRMaj rows, int[] labels) {
    /** Gradient per row; the Newton step that follows squares the error, far below the noise of one sample. */
    private static final double TOLERANCE = 1e-4;

    static GaussianSample draw(RandomStream stream, double kappa, int count, int columns) {
        DMatrixRMaj x = new DMatrixRMaj(count, columns);
        int[] y = new int[count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < columns; j++) {
                x.data[i * columns + j] = stream.nextGaussian();
            }
            y[i] = stream.nextDouble() < LogisticLoss.sigmoidNegative(-kappa * x.data[i * columns]) ? 1 : 0;
        }
        return new GaussianSample(x, y);
    }

    int count() {
        return rows.numRows;
    }

    /** The rows from one (inclusive) to another (exclusive). */
    GaussianSample part(int from, int to) {
        int p = rows.numCols;
        DMatrixRMaj part = new DMatrixRMaj(to - from, p);
        System.arraycopy(rows.data, from * p, part.data, 0, part.data.length);
        return new GaussianSample(part, Arrays.copyOfRange(labels, from, to));
    }

    /** Weights without intercept at a penalty in the mean unit. */
    double[] fit(DenseBackend backend, double lambdaMean) {
        return ridge(backend, Penalty.mean(lambdaMean, count()), TOLERANCE).weights();
    }

    RidgeFit ridge(DenseBackend backend, Penalty penalty, double tolerance) {
        return RidgeLogistic.withDefaults()
                .withIntercept(false)
                .withTolerance(tolerance)
                .with(backend)
                .fit(rows, labels, penalty);
    }

    static double norm(double[] w) {
        double sum = 0;
        for (double v : w) {
            sum += v * v;
        }
        return Math.sqrt(sum);
    }

    /** Cosine to the teacher. */
    static double cosine(double[] w) {
        return w[0] / norm(w);
    }

    static double cosine(double[] v, double[] w) {
        double dot = 0;
        for (int j = 0; j < v.length; j++) {
            dot += v[j] * w[j];
        }
        return dot / (norm(v) * norm(w));
    }
}

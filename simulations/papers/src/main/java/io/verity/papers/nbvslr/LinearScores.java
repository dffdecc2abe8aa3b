package io.verity.papers.nbvslr;

import org.ejml.data.DMatrixRMaj;

/**
 * A linear classifier: the class with the largest \( w_k^\top x + b_k \), ties to the lowest class.
 *
 * @param weights K x d
 * @param intercepts K
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LinearScores(DMatrixRMaj weights, double[] intercepts) {
    /** Class 1 where \( w^\top x + b &gt; 0 \), else class 0. */
    static LinearScores binary(double[] w, double intercept) {
        DMatrixRMaj weights = new DMatrixRMaj(2, w.length);
        System.arraycopy(w, 0, weights.data, w.length, w.length);
        return new LinearScores(weights, new double[] {0, intercept});
    }

    double intercept(int label) {
        return intercepts[label];
    }

    /** Weights of one class minus those of another. */
    double[] difference(int label, int other) {
        int d = weights.numCols;
        double[] w = new double[d];
        for (int j = 0; j < d; j++) {
            w[j] = weights.data[label * d + j] - weights.data[other * d + j];
        }
        return w;
    }

    int predict(double[] x, int from) {
        int d = weights.numCols;
        int best = 0;
        double top = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < intercepts.length; k++) {
            double score = intercepts[k];
            for (int j = 0; j < d; j++) {
                score = Math.fma(weights.data[k * d + j], x[from + j], score);
            }
            if (score > top) {
                top = score;
                best = k;
            }
        }
        return best;
    }
}

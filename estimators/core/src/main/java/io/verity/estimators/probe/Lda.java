package io.verity.estimators.probe;

import io.verity.stats.Arguments;
import io.verity.stats.EstimationException;
import io.verity.stats.linalg.DenseBackend;
import org.ejml.data.DMatrixRMaj;

/**
 * Linear discriminant analysis with a shrunken within-class covariance. With more columns than rows the system is solved in the
 * dimension of the rows (Woodbury).
 */
final class Lda {
    private static final String COVARIANCE = "the within-class covariance";
    private static final String REMEDY = "give a shrinkage above 0";

    private Lda() {}

    /** The probe with a given share of shrinkage, in [0, 1]. */
    static LinearProbe fit(DenseBackend backend, DMatrixRMaj x, int[] y, int[] rows, double shrinkage) {
        Arguments.require(shrinkage >= 0 && shrinkage <= 1, "shrinkage must lie in [0, 1], but is %s", shrinkage);
        return probe(backend, x, y, rows, shrinkage);
    }

    /** The probe with the share of Ledoit and Wolf. */
    static LinearProbe fit(DenseBackend backend, DMatrixRMaj x, int[] y, int[] rows) {
        return probe(backend, x, y, rows, Double.NaN);
    }

    private static LinearProbe probe(DenseBackend backend, DMatrixRMaj x, int[] y, int[] rows, double given) {
        Means means = Means.of(x, y, rows);
        int n = rows.length;
        int p = x.numCols;
        if (given == 0 && p >= n) {
            throw new EstimationException(COVARIANCE + " of " + p + " columns from " + n + " rows is singular", REMEDY);
        }
        DMatrixRMaj r = means.residuals(x, y, rows);
        boolean wide = p > n;
        DMatrixRMaj gram = wide ? Products.rowGram(backend, r) : Products.columnGram(backend, r);
        double trace = 0;
        for (int k = 0; k < gram.numRows; k++) {
            trace += gram.data[k * gram.numCols + k];
        }
        double level = trace / n / p;
        double a = Double.isNaN(given) ? ledoitWolf(r, gram, level) : given;
        if (level == 0) {
            throw new EstimationException(COVARIANCE + " is zero", "leave out columns that do not vary inside classes");
        }
        double[] difference = means.difference();
        double[] d = wide
                ? wide(backend, r, gram, a * level, (1 - a) / n, difference)
                : tall(backend, gram, a * level, (1 - a) / n, difference);
        double bias = -Rows.dot(d, means.middle()) + StrictMath.log((double) means.ones() / means.zeros());
        return LinearProbe.of(d, bias);
    }

    private static double[] tall(
            DenseBackend backend, DMatrixRMaj gram, double ridge, double share, double[] difference) {
        for (int i = 0, at = 0; i < gram.numRows; i++) {
            for (int j = 0; j < gram.numCols; j++, at++) {
                gram.data[at] = share * gram.data[at] + (i == j ? ridge : 0);
            }
        }
        return Products.solve(backend, gram, difference, COVARIANCE, REMEDY);
    }

    /** (ridge I + share R'R)^-1 d = (d - share R'(ridge I + share RR')^-1 R d)/ridge. */
    private static double[] wide(
            DenseBackend backend, DMatrixRMaj r, DMatrixRMaj gram, double ridge, double share, double[] difference) {
        if (!(ridge > 0)) {
            throw new EstimationException(COVARIANCE + " is singular", REMEDY);
        }
        double[] inner = tall(backend, gram, ridge, share, Products.times(r, difference));
        double[] back = Products.transposedTimes(r, inner);
        double[] d = new double[difference.length];
        for (int j = 0; j < d.length; j++) {
            d[j] = (difference[j] - share * back[j]) / ridge;
        }
        return d;
    }

    /**
     * The optimal share of shrinkage towards level I of centred rows (Ledoit and Wolf, "A well-conditioned estimator for
     * large-dimensional covariance matrices", J. Multivariate Analysis 88, 2004), from the Gram matrix of rows or of columns.
     */
    private static double ledoitWolf(DMatrixRMaj r, DMatrixRMaj gram, double level) {
        int n = r.numRows;
        int p = r.numCols;
        double frobenius = 0;
        for (double v : gram.data) {
            frobenius = Math.fma(v, v, frobenius);
        }
        frobenius /= (double) n * n;
        double fourth = 0;
        for (int i = 0, at = 0; i < n; i++) {
            double square = 0;
            for (int j = 0; j < p; j++, at++) {
                square = Math.fma(r.data[at], r.data[at], square);
            }
            fourth += square * square;
        }
        double spread = frobenius / p - level * level;
        double error = (fourth / n - frobenius) / n / p;
        return spread <= 0 ? 1 : Math.min(Math.max(error, 0), spread) / spread;
    }
}

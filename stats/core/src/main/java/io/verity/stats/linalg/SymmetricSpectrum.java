package io.verity.stats.linalg;

import io.verity.stats.Arguments;
import io.verity.stats.EstimationException;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Largest eigenvalue of a symmetric positive semidefinite matrix, such as a Gram matrix or a Hessian. */
public final class SymmetricSpectrum {
    /** Up to this size the dense decomposition is used: it is exact to rounding and fast enough. */
    private static final int DENSE_LIMIT = 200;

    private static final int POWER_STEPS = 100_000;

    private SymmetricSpectrum() {}

    /** A symmetric linear map. */
    @FunctionalInterface
    public interface Operator {
        /**
         * @param x input
         * @param y receives the image of x
         */
        void apply(double[] x, double[] y);
    }

    /**
     * @param a symmetric, positive semidefinite, finite; only checked to be square
     * @return its largest eigenvalue: by dense decomposition up to 200 rows, else by power iteration to 1e-8
     * @throws IllegalArgumentException if a is not square or empty
     * @throws EstimationException if no eigenvalue could be computed
     */
    public static double largestEigenvalue(DMatrixRMaj a) {
        Arguments.require(
                a.numRows == a.numCols && a.numRows > 0,
                "the matrix must be square and not empty, but is %d x %d",
                a.numRows,
                a.numCols);
        if (a.numRows > DENSE_LIMIT) {
            return powerIteration(
                    a.numRows,
                    (x, y) ->
                            CommonOps_DDRM.mult(a, DMatrixRMaj.wrap(x.length, 1, x), DMatrixRMaj.wrap(y.length, 1, y)),
                    1e-8);
        }
        EigenDecomposition_F64<DMatrixRMaj> decomposition = DecompositionFactory_DDRM.eig(a.numRows, false, true);
        if (!decomposition.decompose(a.copy())) {
            throw new EstimationException(
                    "the eigenvalue decomposition did not converge",
                    "check the matrix for extreme or non-finite entries");
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < a.numRows; i++) {
            largest = Math.max(largest, decomposition.getEigenvalue(i).getReal());
        }
        return largest;
    }

    /**
     * Power iteration from a fixed start. The Rayleigh quotient approaches the eigenvalue from below, with the square of the
     * vector's error; it stops when \( \|Ax - \lambda x\| \le tolerance \cdot \lambda \), which bounds the distance to some
     * eigenvalue by tolerance times it.
     *
     * @param dimension at least 1
     * @param operator symmetric positive semidefinite
     * @param tolerance relative size of the eigenvector residual at which to stop, such as 1e-8
     * @return the Rayleigh quotient of the last vector
     * @throws EstimationException if 100,000 steps do not reach the tolerance (two leading eigenvalues almost equal)
     */
    public static double powerIteration(int dimension, Operator operator, double tolerance) {
        Arguments.atLeast("dimension", dimension, 1);
        Arguments.positive("tolerance", tolerance);
        double[] x = start(dimension);
        double[] y = new double[dimension];
        double lambda = 0;
        for (int step = 0; step < POWER_STEPS; step++) {
            operator.apply(x, y);
            lambda = PlainKernels.dot(x, 0, y, 0, dimension);
            double residual = 0;
            for (int i = 0; i < dimension; i++) {
                double d = y[i] - lambda * x[i];
                residual = Math.fma(d, d, residual);
            }
            double norm = Math.sqrt(PlainKernels.dot(y, 0, y, 0, dimension));
            if (norm == 0 || Math.sqrt(residual) <= tolerance * lambda) {
                return lambda;
            }
            for (int i = 0; i < dimension; i++) {
                x[i] = y[i] / norm;
            }
        }
        throw new EstimationException(
                "power iteration did not reach the relative tolerance " + tolerance + " in " + POWER_STEPS
                        + " steps (last value " + lambda + ")",
                "use a larger tolerance or a dense decomposition");
    }

    /** A unit vector with no structure that data could be orthogonal to: Weyl sequence of the golden ratio. */
    private static double[] start(int dimension) {
        double[] x = new double[dimension];
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
            double w = (i + 1) * 0.6180339887498949;
            x[i] = 0.5 + (w - Math.floor(w));
            sum = Math.fma(x[i], x[i], sum);
        }
        for (int i = 0; i < dimension; i++) {
            x[i] /= Math.sqrt(sum);
        }
        return x;
    }
}

package io.verity.estimators.logistic;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Approximates the Hessian of the softmax by the same matrix for every class, \( Z^\top D Z + \lambda I \) with the mean curvatures
 * D of the classes: at first by its diagonal, and by its Cholesky factor once conjugate gradients take more steps than the factor
 * costs. It is made anew when they do so again.
 */
final class SoftmaxPreconditioner {
    /** Columns beyond which the factor is not worth its \( p^3/3 \). */
    private static final int LARGEST_FACTOR = 4096;

    /** Steps of a system that are never too many. */
    private static final int FEW_STEPS = 8;

    private final SoftmaxSample sample;
    private final double lambda;
    private final int manySteps;
    private double[] diagonal = {};
    private double[] factor = {};

    SoftmaxPreconditioner(SoftmaxSample sample, double lambda) {
        this.sample = sample;
        this.lambda = lambda;
        // a Gram matrix costs as much as p / 4K products with the Hessian
        manySteps = Math.max(FEW_STEPS, sample.columns / (4 * sample.classes));
    }

    /** Iterations after which a factor pays that saves about half of those to come. */
    int manySteps() {
        return manySteps;
    }

    /** Makes the factor, or the diagonal where that is too large. */
    void renew(double[] probabilities) {
        update(probabilities, manySteps + 1);
        if (factor.length == 0) {
            diagonal(sample.curvatures(probabilities));
        }
    }

    /** Takes note of the iterate at which the next system is. */
    void update(double[] probabilities, int lastSteps) {
        boolean slow = lastSteps > manySteps && sample.width <= LARGEST_FACTOR;
        if (slow) {
            factorize(sample.gram(sample.curvatures(probabilities)));
        } else if (factor.length == 0) {
            diagonal(sample.curvatures(probabilities));
        }
    }

    private void diagonal(double[] curvatures) {
        double total = 0;
        for (double s : curvatures) {
            total += s;
        }
        double mean = Math.max(total / sample.totalWeight, 1e-12);
        diagonal = new double[sample.width];
        for (int j = 0; j < sample.columns; j++) {
            diagonal[j] = Math.max(mean * sample.squares[j] + lambda, Double.MIN_NORMAL);
        }
        if (sample.intercept) {
            diagonal[sample.columns] = mean * sample.totalWeight;
        }
    }

    private void factorize(double[] gram) {
        int width = sample.width;
        double trace = 0;
        for (int j = 0; j < width; j++) {
            trace += gram[j * width + j];
        }
        for (int j = 0; j < width; j++) {
            gram[j * width + j] += (j < sample.columns ? lambda : 0) + 1e-12 * trace + Double.MIN_NORMAL;
        }
        if (sample.backend.cholesky(sample.backend.upload(gram, width, width)) < 0) {
            factor = gram;
        }
    }

    /** The preconditioned residual, in the layout of coefficients. */
    double[] solve(double[] residual) {
        int width = sample.width;
        int classes = sample.classes;
        if (factor.length == 0) {
            double[] solution = new double[residual.length];
            Arrays.setAll(solution, i -> residual[i] / diagonal[i % width]);
            return solution;
        }
        double[] block = transposed(residual, classes, width);
        sample.backend.choleskySolve(
                sample.backend.upload(factor, width, width), sample.backend.upload(block, width, classes));
        return transposed(block, width, classes);
    }

    private static double[] transposed(double[] a, int rows, int columns) {
        return CommonOps_DDRM.transpose(DMatrixRMaj.wrap(rows, columns, a), null).data;
    }
}

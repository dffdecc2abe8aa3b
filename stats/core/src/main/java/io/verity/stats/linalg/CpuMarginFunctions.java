package io.verity.stats.linalg;

import io.verity.stats.Arguments;

/** Elementwise functions over whole arrays, sums chunk by chunk. */
record CpuMarginFunctions(DenseKernels kernels) implements MarginFunctions {
    @Override
    public void exp(double[] x, double[] y) {
        room(x, y);
        kernels.exp(x, y, 0, x.length);
    }

    @Override
    public void sigmoidNegative(double scale, double[] margins, double[] weights) {
        room(margins, weights);
        kernels.sigmoidNegative(scale, margins, weights, 0, margins.length);
    }

    @Override
    public void logSigmoidNegative(double scale, double[] margins, double[] logWeights) {
        room(margins, logWeights);
        kernels.logSigmoidNegative(scale, margins, logWeights, 0, margins.length);
    }

    @Override
    public double lossSum(double scale, double[] margins) {
        double sum = 0;
        for (int i = 0; i < margins.length; i += Chunks.SIZE) {
            sum += kernels.lossSum(scale, margins, i, Math.min(i + Chunks.SIZE, margins.length));
        }
        return sum;
    }

    @Override
    public double weightsAndLossSum(double scale, double[] margins, double[] weights) {
        room(margins, weights);
        double sum = 0;
        for (int i = 0; i < margins.length; i += Chunks.SIZE) {
            sum += kernels.weightsAndLossSum(scale, margins, weights, i, Math.min(i + Chunks.SIZE, margins.length));
        }
        return sum;
    }

    @Override
    public double sum(double[] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i += Chunks.SIZE) {
            sum += kernels.sum(x, i, Math.min(i + Chunks.SIZE, x.length));
        }
        return sum;
    }

    @Override
    public int countNonPositive(double[] margins) {
        return kernels.countNonPositive(margins);
    }

    private static void room(double[] from, double[] to) {
        Arguments.require(to.length >= from.length, "the output has length %d, but needs %d", to.length, from.length);
    }
}

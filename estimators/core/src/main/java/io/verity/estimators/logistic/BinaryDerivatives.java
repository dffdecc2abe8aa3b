package io.verity.estimators.logistic;

import org.jspecify.annotations.Nullable;

/** Those of the one score of a binary fit. */
final class BinaryDerivatives implements RowDerivatives {
    private final Sample sample;
    private final double lambda;
    private final boolean balanced;
    private final Curvature derivatives;

    BinaryDerivatives(Sample sample, RidgeFit fit, boolean balanced) {
        this.sample = sample;
        this.lambda = fit.lambda();
        this.balanced = balanced;
        derivatives = new Curvature(sample.rows);
        double[] w = fit.weights();
        double[] f = new double[sample.rows];
        sample.backend.gemv(sample.design, w, f);
        double b = fit.intercept() + sample.atCentre(w);
        for (int i = 0; i < f.length; i++) {
            f[i] += b;
        }
        derivatives.at(sample, f);
    }

    @Override
    public int scores() {
        return 1;
    }

    @Override
    public double[] curvature(int a, int b) {
        return derivatives.curvature;
    }

    @Override
    public double[] squaredSlopes(int a, int b) {
        double ones = PrimalNewton.sum(sample.labels);
        double[] squares = new double[sample.rows];
        for (int i = 0; i < squares.length; i++) {
            double members = sample.labels[i] == 1 ? ones : sample.rows - ones;
            double classWeight = balanced ? sample.rows / (2 * members) : 1;
            squares[i] = derivatives.slope[i] * derivatives.slope[i] * classWeight / sample.weights[i];
        }
        return squares;
    }

    @Override
    public double penalty(int a, int b) {
        return lambda;
    }

    @Override
    public @Nullable Integer classOf(int a) {
        return null;
    }
}

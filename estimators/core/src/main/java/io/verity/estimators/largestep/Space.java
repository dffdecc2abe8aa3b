package io.verity.estimators.largestep;

import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.linalg.LogisticKernel;
import io.verity.stats.linalg.MarginFunctions;
import io.verity.stats.linalg.Matrix;

/**
 * Where a run keeps its state x, a multiple of \( \theta \): as x itself or, in Gram mode, as coefficients of the rows.
 * Both hold \( u = Zx \), the weights of the next step, and on request the sum of the states so far.
 */
abstract sealed class Space {
    final LogisticKernel kernel;
    final MarginFunctions functions;
    final double[] u;
    final double[] weights;
    final double[] sum;
    final double[] summedProducts;
    int states;
    double lossSum = Double.NaN;

    private Space(DenseBackend backend, SeparableData data) {
        kernel = backend.logisticKernel(backend.upload(data.flat(), data.n(), data.d()));
        functions = backend.functions();
        u = new double[data.n()];
        weights = new double[data.n()];
        summedProducts = new double[data.n()];
        sum = new double[data.d()];
    }

    /**
     * Brings u up to date.
     *
     * @param sigmoids whether the weights become \( \sigma(-\gamma u_i) \), gamma the scale
     * @param loss whether the loss is wanted too; {@link #lossSum} holds it where that saved work, else NaN
     */
    abstract void refresh(boolean sigmoids, boolean loss, double scale);

    /** Weights of margins already computed. */
    final void weigh(boolean loss, double scale) {
        if (loss) {
            lossSum = functions.weightsAndLossSum(scale, u, weights);
        } else {
            functions.sigmoidNegative(scale, u, weights);
            lossSum = Double.NaN;
        }
    }

    /**
     * \( x \leftarrow x + c Z^\top w \) with the weights held.
     *
     * @param changed whether the weights were changed since {@link #refresh}
     */
    abstract void step(double c, boolean changed);

    /** Copies x. */
    abstract void state(double[] x);

    /** Adds the present state to the sum. */
    abstract void addToSum();

    /** Copies the sum of states. */
    abstract void sum(double[] x);

    /** \( Z^\top w \) for any weights. */
    void combine(double[] w, double[] g) {
        kernel.combine(w, g);
    }

    /**
     * Iterates on x. For data beyond the cache, margins, sigmoids and the weighted sum of rows come from one pass; for smaller
     * data one after the other, with the same bits, which lets the loss share the exponentials.
     */
    static final class Primal extends Space {
        /** Entries that stay in the second-level cache between two products. */
        private static final int CACHED = 1 << 15;

        private final boolean cached;
        private final double[] x;
        private final double[] g;
        private boolean combined;

        Primal(DenseBackend backend, SeparableData data, double[] start) {
            super(backend, data);
            x = start.clone();
            g = new double[data.d()];
            cached = (long) data.n() * data.d() <= CACHED;
        }

        @Override
        void refresh(boolean sigmoids, boolean loss, double scale) {
            combined = sigmoids && !cached;
            if (combined) {
                kernel.pass(x, scale, u, weights, g);
                return;
            }
            kernel.margins(x, u);
            if (sigmoids) {
                weigh(loss, scale);
            }
        }

        @Override
        void step(double c, boolean changed) {
            if (changed || !combined) {
                kernel.combine(weights, g);
            }
            for (int j = 0; j < x.length; j++) {
                x[j] += c * g[j];
            }
        }

        @Override
        void state(double[] target) {
            System.arraycopy(x, 0, target, 0, x.length);
        }

        @Override
        void addToSum() {
            add(x, sum);
            add(u, summedProducts);
            states++;
        }

        @Override
        void sum(double[] target) {
            System.arraycopy(sum, 0, target, 0, sum.length);
        }
    }

    /** Iterates on the coefficients c of \( x = x_0 + Z^\top c \), with \( u \leftarrow u + c ZZ^\top w \). */
    static final class Gram extends Space {
        /** Weights below this fraction of the largest change nothing that rounding would keep. */
        private static final double NEGLIGIBLE = 0x1p-80;

        private final int n;
        private final LogisticKernel gram;
        private final double[] start;
        private final double[] coefficients;
        private final double[] change;
        private final double[] coefficientSum;

        Gram(DenseBackend backend, SeparableData data, double[] start) {
            super(backend, data);
            n = data.n();
            gram = backend.logisticKernel(gramMatrix(backend, data));
            this.start = start.clone();
            coefficients = new double[n];
            change = new double[n];
            coefficientSum = new double[n];
            kernel.margins(start, u);
        }

        private static Matrix gramMatrix(DenseBackend backend, SeparableData data) {
            int n = data.n();
            int d = data.d();
            double[] transposed = new double[n * d];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < d; j++) {
                    transposed[j * n + i] = data.get(i, j);
                }
            }
            Matrix gram = backend.upload(new double[Math.multiplyExact(n, n)], n, n);
            backend.gram(backend.upload(transposed, d, n), null, gram);
            return gram;
        }

        @Override
        void refresh(boolean sigmoids, boolean loss, double scale) {
            if (sigmoids) {
                weigh(loss, scale);
            }
        }

        @Override
        void step(double c, boolean changed) {
            double largest = 0;
            for (double weight : weights) {
                largest = Math.max(largest, weight);
            }
            for (int i = 0; i < n; i++) {
                if (weights[i] < largest * NEGLIGIBLE) {
                    weights[i] = 0; // the kernel skips rows of zero weight
                }
                coefficients[i] += c * weights[i];
            }
            gram.combine(weights, change);
            for (int i = 0; i < n; i++) {
                u[i] += c * change[i];
            }
        }

        @Override
        void state(double[] target) {
            kernel.combine(coefficients, target);
            add(start, target);
        }

        @Override
        void addToSum() {
            add(coefficients, coefficientSum);
            add(u, summedProducts);
            states++;
        }

        @Override
        void sum(double[] target) {
            kernel.combine(coefficientSum, target);
            for (int j = 0; j < target.length; j++) {
                target[j] += states * start[j];
            }
        }
    }

    private static void add(double[] source, double[] target) {
        for (int k = 0; k < target.length; k++) {
            target[k] += source[k];
        }
    }
}

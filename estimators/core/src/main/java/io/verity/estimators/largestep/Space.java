package io.verity.estimators.largestep;

import java.util.Arrays;

/**
 * Where a run keeps its state x, a multiple of \( \theta \): as x itself or, in Gram mode, as coefficients of the rows.
 * Both maintain \( u = Zx \), and on request the sum of the states so far.
 */
sealed interface Space {
    /** \( u = Zx \) at the present state; the array is reused. */
    double[] products();

    /** \( x \leftarrow x + c Z^\top w \). */
    void step(double[] w, double c);

    /** Copies x. */
    void state(double[] x);

    /** Adds the present state to the sum. */
    void addToSum();

    /** \( Z \) times the sum of states; the array is reused. */
    double[] summedProducts();

    /** Copies the sum of states. */
    void sum(double[] x);

    /** Iterates on x. */
    final class Primal implements Space {
        private final Products products;
        private final double[] x;
        private final double[] u;
        private final double[] g;
        private final double[] sum;
        private final double[] summed;
        private boolean fresh;

        Primal(SeparableData data, double[] start) {
            products = new Products(data);
            x = start.clone();
            u = new double[data.n()];
            g = new double[data.d()];
            sum = new double[data.d()];
            summed = new double[data.n()];
        }

        @Override
        public double[] products() {
            if (!fresh) {
                products.times(x, u);
                fresh = true;
            }
            return u;
        }

        @Override
        public void step(double[] w, double c) {
            products.transposedTimes(w, g);
            for (int j = 0; j < x.length; j++) {
                x[j] += c * g[j];
            }
            fresh = false;
        }

        @Override
        public void state(double[] target) {
            System.arraycopy(x, 0, target, 0, x.length);
        }

        @Override
        public void addToSum() {
            add(x, sum);
            add(products(), summed);
        }

        @Override
        public double[] summedProducts() {
            return summed;
        }

        @Override
        public void sum(double[] target) {
            System.arraycopy(sum, 0, target, 0, sum.length);
        }
    }

    /** Iterates on the coefficients c of \( x = x_0 + Z^\top c \), with \( u \leftarrow u + c ZZ^\top w \). */
    final class Gram implements Space {
        /** Weights below this fraction of the largest change nothing that rounding would keep. */
        private static final double NEGLIGIBLE = 0x1p-80;

        private final Products products;
        private final int n;
        private final double[] gram;
        private final double[] start;
        private final double[] coefficients;
        private final double[] u;
        private final double[] change;
        private final double[] coefficientSum;
        private final double[] summed;
        private int states;

        Gram(SeparableData data, double[] start) {
            products = new Products(data);
            n = data.n();
            gram = products.gram();
            this.start = start.clone();
            coefficients = new double[n];
            u = new double[n];
            change = new double[n];
            coefficientSum = new double[n];
            summed = new double[n];
            products.times(start, u);
        }

        @Override
        public double[] products() {
            return u;
        }

        @Override
        public void step(double[] w, double c) {
            double largest = 0;
            for (double weight : w) {
                largest = Math.max(largest, weight);
            }
            Arrays.fill(change, 0);
            for (int i = 0; i < n; i++) {
                if (w[i] > largest * NEGLIGIBLE) {
                    coefficients[i] += c * w[i];
                    for (int k = 0, p = i * n; k < n; k++, p++) {
                        change[k] = Math.fma(w[i], gram[p], change[k]);
                    }
                }
            }
            for (int k = 0; k < n; k++) {
                u[k] += c * change[k];
            }
        }

        @Override
        public void state(double[] target) {
            products.transposedTimes(coefficients, target);
            add(start, target);
        }

        @Override
        public void addToSum() {
            add(coefficients, coefficientSum);
            add(u, summed);
            states++;
        }

        @Override
        public double[] summedProducts() {
            return summed;
        }

        @Override
        public void sum(double[] target) {
            products.transposedTimes(coefficientSum, target);
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

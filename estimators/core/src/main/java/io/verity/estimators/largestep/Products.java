package io.verity.estimators.largestep;

/** The products with Z. The only place of this package that multiplies by the data in a loop. */
final class Products {
    private final double[] z;
    private final int n;
    private final int d;

    Products(SeparableData data) {
        z = data.flat();
        n = data.n();
        d = data.d();
    }

    /** \( u = Zx \). */
    void times(double[] x, double[] u) {
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0, k = i * d; j < d; j++, k++) {
                sum = Math.fma(z[k], x[j], sum);
            }
            u[i] = sum;
        }
    }

    /** \( g = Z^\top w \); rows with weight zero are skipped. */
    void transposedTimes(double[] w, double[] g) {
        java.util.Arrays.fill(g, 0);
        for (int i = 0; i < n; i++) {
            double weight = w[i];
            if (weight != 0) {
                for (int j = 0, k = i * d; j < d; j++, k++) {
                    g[j] = Math.fma(weight, z[k], g[j]);
                }
            }
        }
    }

    /** \( ZZ^\top \), row by row. */
    double[] gram() {
        double[] gram = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k <= i; k++) {
                double sum = 0;
                for (int j = 0; j < d; j++) {
                    sum = Math.fma(z[i * d + j], z[k * d + j], sum);
                }
                gram[i * n + k] = sum;
                gram[k * n + i] = sum;
            }
        }
        return gram;
    }
}

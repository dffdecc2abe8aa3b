package io.verity.estimators.hconsistency;

import java.util.Arrays;

/** Which classes share the top score when a class is predicted against its probability. */
final class Pooling {
    private Pooling() {}

    /**
     * Averages the predicted class with the largest others until no other exceeds the average: the probabilities whose
     * unconstrained optimum is the optimum of p given the prediction, for losses whose optimal scores grow with the
     * probabilities.
     *
     * @return the pooled probabilities; {@code average} and {@code pooled} classes can be read off them
     */
    static double[] pool(double[] p, int predicted) {
        double[] others = others(p, predicted);
        double sum = p[predicted];
        int size = 1;
        while (size <= others.length && others[others.length - size] > sum / size) {
            sum += others[others.length - size];
            size++;
        }
        double average = sum / size;
        double[] pooled = p.clone();
        for (int k = 0; k < p.length; k++) {
            if (k == predicted || p[k] > average) {
                pooled[k] = average;
            }
        }
        return pooled;
    }

    /** The probabilities of the other classes, ascending. */
    static double[] others(double[] p, int predicted) {
        double[] others = new double[p.length - 1];
        for (int k = 0, n = 0; k < p.length; k++) {
            if (k != predicted) {
                others[n++] = p[k];
            }
        }
        Arrays.sort(others);
        return others;
    }

    /**
     * The best uniform distribution on m classes, the predicted one and the m - 1 most probable others.
     *
     * @return m that maximises \( P_m m^{-power} \)
     */
    static int bestUniform(double[] p, int predicted, double power) {
        double[] others = others(p, predicted);
        double sum = p[predicted];
        double best = sum;
        int size = 1;
        for (int m = 2; m <= p.length; m++) {
            sum += others[others.length - (m - 1)];
            double value = sum * StrictMath.pow(m, -power);
            if (value > best) {
                best = value;
                size = m;
            }
        }
        return size;
    }

    /** Whether each class is among the predicted one and the m - 1 most probable others (ties: lowest index first). */
    static boolean[] members(double[] p, int predicted, int m) {
        boolean[] in = new boolean[p.length];
        in[predicted] = true;
        for (int n = 1; n < m; n++) {
            int top = -1;
            for (int k = 0; k < p.length; k++) {
                if (!in[k] && (top < 0 || p[k] > p[top])) {
                    top = k;
                }
            }
            in[top] = true;
        }
        return in;
    }

    static double max(double[] p) {
        double max = p[0];
        for (double v : p) {
            max = Math.max(max, v);
        }
        return max;
    }

    /** The top class, the lowest index among equals. */
    static int argmax(double[] p) {
        int top = 0;
        for (int k = 1; k < p.length; k++) {
            if (p[k] > p[top]) {
                top = k;
            }
        }
        return top;
    }
}

package io.verity.estimators.hconsistency;

import io.verity.stats.Arguments;
import java.util.Arrays;

/**
 * ADV-COMP-SUM (Mao, Mohri and Zhong, arXiv 2304.07288, section 5) for linear scores: minimises \( \lambda \|W\|^2 + \frac1m
 * \sum_i \ell_{smooth}(x_i, y_i) \).
 *
 * <p>The spectral term has kinks, so steps follow subgradients: the gradient of \( \sup \|D_y \delta\|_2 \) in \( D_y \) is \( u
 * \delta^T \), u the direction of \( D_y \delta \) at the worst \( \delta \). Steps are scaled per coordinate as in Adam, fall
 * like \( 1/\sqrt{t} \), and the best iterate is kept. For \( \tau \le 1 \) the objective is convex.
 */
public final class AdversarialCompSum {
    private static final double STEP = 0.1;

    private final AdversarialLoss loss;
    private final double lambda;
    private final int iterations;

    private AdversarialCompSum(AdversarialLoss loss, double lambda, int iterations) {
        this.loss = loss;
        this.lambda = lambda;
        this.iterations = iterations;
    }

    /**
     * Training with \( \lambda = 0 \) and 1000 steps.
     *
     * @param loss the smooth adversarial loss
     * @return the procedure
     */
    public static AdversarialCompSum of(AdversarialLoss loss) {
        return new AdversarialCompSum(loss, 0, 1000);
    }

    /**
     * Another penalty.
     *
     * @param weight lambda, at least 0
     * @return the procedure
     * @throws IllegalArgumentException if lambda is negative or not finite
     */
    public AdversarialCompSum withLambda(double weight) {
        return new AdversarialCompSum(loss, Arguments.nonNegative("lambda", weight), iterations);
    }

    /**
     * Another number of steps.
     *
     * @param steps at least 1
     * @return the procedure
     * @throws IllegalArgumentException if there is no step
     */
    public AdversarialCompSum withIterations(int steps) {
        return new AdversarialCompSum(loss, lambda, Arguments.atLeast("the number of iterations", steps, 1));
    }

    /** Linear scores with the lowest objective met, and that objective. */
    public static final class Fit {
        private final double[][] weights;
        private final double[] intercepts;
        private final double objective;

        Fit(double[][] weights, double[] intercepts, double objective) {
            this.weights = weights;
            this.intercepts = intercepts;
            this.objective = objective;
        }

        /**
         * The weights.
         *
         * @return K rows of d numbers, a copy
         */
        public double[][] weights() {
            double[][] copy = new double[weights.length][];
            for (int k = 0; k < copy.length; k++) {
                copy[k] = weights[k].clone();
            }
            return copy;
        }

        /**
         * The intercepts.
         *
         * @return K numbers, a copy
         */
        public double[] intercepts() {
            return intercepts.clone();
        }

        /**
         * The objective at these scores.
         *
         * @return penalty plus mean loss
         */
        public double objective() {
            return objective;
        }
    }

    /**
     * Trains from zero weights.
     *
     * @param x m rows of d features
     * @param y m labels, 0..K-1
     * @param classes K, at least 2
     * @return the best iterate
     * @throws IllegalArgumentException if the data are empty, ragged or not finite, the sizes differ, or a label is not in 0..K-1
     *     (label, row and range are named)
     */
    public Fit fit(double[][] x, int[] y, int classes) {
        Arguments.finiteMatrix("the feature matrix", x);
        Arguments.require(y.length == x.length, "there are %d rows but %d labels", x.length, y.length);
        Arguments.atLeast("the number of classes", classes, 2);
        for (int i = 0; i < y.length; i++) {
            Arguments.require(
                    y[i] >= 0 && y[i] < classes,
                    "label %d in row %d is outside of the allowed range 0..%d",
                    y[i],
                    i + 1,
                    classes - 1);
        }
        int d = x[0].length;
        double[][] w = new double[classes][d];
        double[] b = new double[classes];
        double[][] gw = new double[classes][d];
        double[] gb = new double[classes];
        double[][] first = new double[classes][d + 1];
        double[][] second = new double[classes][d + 1];
        double best = Double.POSITIVE_INFINITY;
        Fit fit = new Fit(w, b, best);
        for (int t = 1; t <= iterations; t++) {
            double objective = objective(x, y, w, b, gw, gb);
            if (objective < best) {
                best = objective;
                fit = new Fit(new Fit(w, b, best).weights(), b.clone(), best);
            }
            double step = STEP / Math.sqrt(t);
            double keepFirst = 1 - StrictMath.pow(0.9, t);
            double keepSecond = 1 - StrictMath.pow(0.999, t);
            for (int k = 0; k < classes; k++) {
                for (int j = 0; j <= d; j++) {
                    double g = j < d ? gw[k][j] : gb[k];
                    first[k][j] += 0.1 * (g - first[k][j]);
                    second[k][j] += 0.001 * (g * g - second[k][j]);
                    double move = step * (first[k][j] / keepFirst) / (Math.sqrt(second[k][j] / keepSecond) + 1e-12);
                    if (j < d) {
                        w[k][j] -= move;
                    } else {
                        b[k] -= move;
                    }
                }
            }
        }
        return fit;
    }

    /** The objective, and a subgradient of it in the weights and intercepts. */
    double objective(double[][] x, int[] y, double[][] w, double[] b, double[][] gw, double[] gb) {
        int classes = w.length;
        int d = x[0].length;
        double sum = 0;
        double[] gradient = new double[classes];
        double[] share = new double[classes];
        Arrays.fill(gb, 0);
        for (int k = 0; k < classes; k++) {
            for (int j = 0; j < d; j++) {
                sum += lambda * w[k][j] * w[k][j];
                gw[k][j] = 2 * lambda * w[k][j];
            }
        }
        for (int i = 0; i < x.length; i++) {
            double[] scores = loss.scaledScores(w, b, x[i]);
            sum += loss.loss().value(scores, y[i]) / x.length;
            loss.loss().gradient(scores, y[i], gradient);
            for (int k = 0; k < classes; k++) {
                double g = gradient[k] / loss.rho() / x.length;
                gb[k] += g;
                for (int j = 0; j < d; j++) {
                    gw[k][j] += g * x[i][j];
                }
            }
            share[y[i]] += loss.nu(classes) / x.length;
        }
        // The spectral term depends on a row through its label only.
        for (int c = 0; c < classes; c++) {
            if (share[c] > 0) {
                AdversarialLoss.Sensitivity worst = loss.sensitivity(w, c);
                sum += share[c] * worst.value();
                if (worst.value() > 0) {
                    spectral(w, c, worst, share[c], gw);
                }
            }
        }
        return sum;
    }

    private static void spectral(double[][] w, int c, AdversarialLoss.Sensitivity worst, double share, double[][] gw) {
        double[] shift = worst.shift();
        for (int k = 0; k < w.length; k++) {
            if (k != c) {
                double product = 0;
                for (int j = 0; j < shift.length; j++) {
                    product += (w[c][j] - w[k][j]) * shift[j];
                }
                double u = share * product / worst.value();
                for (int j = 0; j < shift.length; j++) {
                    gw[c][j] += u * shift[j];
                    gw[k][j] -= u * shift[j];
                }
            }
        }
    }
}

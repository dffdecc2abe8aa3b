package io.verity.estimators.hconsistency;

import io.verity.stats.losses.CompSumLoss;
import io.verity.stats.losses.Exponentials;

/**
 * Comp-sum risks of rows; class 0 has score 0, the free scores are those of classes 1..K-1. In row i only the classes marked
 * by {@code kept} enter the sum of exponentials: the others have been sent to minus infinity.
 */
final class CompSumRows implements RowRisk {
    private final CompSumLoss loss;
    private final double[][] p;
    private final boolean[][] kept;
    private final double power;
    private final double[] shares;
    private final double[] weights;

    CompSumRows(CompSumLoss loss, double[][] p, boolean[][] kept) {
        this.loss = loss;
        this.p = p;
        this.kept = kept;
        this.power = loss.isCrossEntropy() ? 0 : 1 - loss.tau();
        this.shares = new double[p[0].length];
        this.weights = new double[p[0].length];
    }

    @Override
    public int scores() {
        return p[0].length - 1;
    }

    /**
     * With the softmax s over the kept classes, \( c_y = p_y e^{(1-\tau) L_y} \) and c their sum, the gradient is \( c s - c_\cdot
     * \), and the Hessian \( c (\mathrm{diag}(s) - s s^T) + (1-\tau) \sum_y c_y (s - e_y)(s - e_y)^T \).
     */
    @Override
    public double evaluate(int i, double[] h, double[] gradient, double[] hessian) {
        int classes = p[i].length;
        double max = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < classes; k++) {
            max = kept[i][k] ? Math.max(max, score(h, k)) : max;
        }
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            shares[k] = kept[i][k] ? Exponentials.expNonPositive(score(h, k) - max) : 0;
            sum += shares[k];
        }
        double value = 0;
        double total = 0;
        double logSum = StrictMath.log(sum);
        for (int k = 0; k < classes; k++) {
            shares[k] /= sum;
            weights[k] = 0;
            if (p[i][k] > 0) {
                double others = shares[k] > 0.5 ? rest(i, h, k) : 0;
                double surprise = shares[k] > 0.5 ? StrictMath.log1p(others) : logSum - (score(h, k) - max);
                value += p[i][k] * loss.ofSurprise(surprise);
                weights[k] = p[i][k] * (power == 0 ? 1 : Exponentials.exp(power * surprise));
                total += weights[k];
            }
        }
        int m = classes - 1;
        for (int k = 1; k < classes; k++) {
            gradient[k - 1] = total * shares[k] - weights[k];
        }
        for (int k = 1; k < classes; k++) {
            for (int l = 1; l < classes; l++) {
                // sum_y c_y (s-e_y)(s-e_y)^T = c s s^T - s c^T - c s^T + diag(c)
                double curvature = total * ((k == l ? shares[k] : 0) - shares[k] * shares[l]);
                double spread = total * shares[k] * shares[l]
                        - shares[k] * weights[l]
                        - weights[k] * shares[l]
                        + (k == l ? weights[k] : 0);
                hessian[(k - 1) * m + l - 1] = curvature + power * spread;
            }
        }
        return value;
    }

    private double rest(int i, double[] h, int y) {
        double sum = 0;
        for (int k = 0; k < p[i].length; k++) {
            if (k != y && kept[i][k]) {
                sum += Exponentials.exp(score(h, k) - score(h, y));
            }
        }
        return sum;
    }

    private static double score(double[] h, int k) {
        return k == 0 ? 0 : h[k - 1];
    }
}

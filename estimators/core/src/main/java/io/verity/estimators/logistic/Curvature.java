package io.verity.estimators.logistic;

import io.verity.stats.losses.Exponentials;
import io.verity.stats.losses.LogisticLoss;

/**
 * Loss of every row and its first two derivatives with respect to the score, at the scores f:
 * \( e_i = c_i (P_i - y_i) \), \( h_i = c_i P_i (1 - P_i) \), \( P = \sigma(f) \), without cancellation.
 */
final class Curvature {
    final double[] slope;
    final double[] curvature;

    Curvature(int rows) {
        slope = new double[rows];
        curvature = new double[rows];
    }

    /** Fills both derivatives; returns the weighted sum of the losses. */
    double at(Sample sample, double[] scores) {
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            double f = scores[i];
            double c = sample.weights[i];
            double margin = sample.labels[i] == 1 ? f : -f;
            double e = Exponentials.expNonPositive(-Math.abs(margin));
            double wrong = (margin < 0 ? 1.0 : e) / (1 + e);
            slope[i] = c * (sample.labels[i] == 1 ? -wrong : wrong);
            curvature[i] = c * e / ((1 + e) * (1 + e));
            sum += c * ((margin < 0 ? -margin : 0.0) + Exponentials.log1pUnit(e));
        }
        return sum;
    }

    /** The weighted sum of the losses alone, to the bit. */
    static double loss(Sample sample, double[] scores) {
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            sum += sample.weights[i] * LogisticLoss.loss(sample.labels[i] == 1 ? scores[i] : -scores[i]);
        }
        return sum;
    }
}

package io.verity.estimators.logistic;

import java.util.Arrays;

/**
 * Those of the scores of a multinomial fit less the score of its baseline class. Curvatures are \( c_i P_a (\delta_{ab} - P_b) \). The
 * penalty \( \frac\lambda2 \sum_k \|w_k\|^2 \) of weights with mean 0 is \( \frac\lambda2 (\sum_a \|v_a\|^2 - \|\sum_a v_a\|^2 / K) \) of
 * their differences v from the baseline's.
 */
final class SoftmaxDerivatives implements RowDerivatives {
    private final SoftmaxSample sample;
    private final double lambda;
    private final int baseline;
    private final double[] probabilities;

    /** Factors of the classes that their weights contain. */
    private final double[] balances;

    SoftmaxDerivatives(SoftmaxSample sample, SoftmaxFit fit, int baseline, boolean balanced) {
        this.sample = sample;
        this.lambda = fit.lambda();
        this.baseline = baseline;
        int width = sample.width;
        double[] theta = new double[sample.classes * width];
        for (int k = 0; k < sample.classes; k++) {
            double[] w = fit.weights(k);
            System.arraycopy(w, 0, theta, k * width, w.length);
            if (sample.intercept) {
                theta[k * width + w.length] = fit.intercept(k) + PathProblem.dot(w, sample.centres);
            }
        }
        double[] scores = new double[Math.multiplyExact(sample.rows, sample.classes)];
        probabilities = new double[scores.length];
        sample.scores(theta, scores);
        sample.evaluate(scores, probabilities);
        balances = new double[sample.classes];
        Arrays.fill(balances, 1);
        if (balanced) {
            double[] counts = new double[sample.classes];
            for (int label : sample.labels) {
                counts[label]++;
            }
            Arrays.setAll(balances, k -> sample.rows / (sample.classes * counts[k]));
        }
    }

    @Override
    public int scores() {
        return sample.classes - 1;
    }

    @Override
    public Integer classOf(int a) {
        return a < baseline ? a : a + 1;
    }

    private double probability(int i, int k) {
        return probabilities[i * sample.classes + k];
    }

    /** The sum of the other classes' probabilities: their difference from 1 would lose digits. */
    private double others(int i, int k) {
        double sum = 0;
        for (int m = 0; m < sample.classes; m++) {
            sum += m == k ? 0 : probability(i, m);
        }
        return sum;
    }

    @Override
    public double[] curvature(int a, int b) {
        int k = classOf(a);
        int m = classOf(b);
        double[] curvature = new double[sample.rows];
        for (int i = 0; i < curvature.length; i++) {
            curvature[i] = sample.weights[i] * probability(i, k) * (k == m ? others(i, k) : -probability(i, m));
        }
        return curvature;
    }

    @Override
    public double[] squaredSlopes(int a, int b) {
        int k = classOf(a);
        int m = classOf(b);
        double[] squares = new double[sample.rows];
        for (int i = 0; i < squares.length; i++) {
            squares[i] = sample.weights[i] * balances[sample.labels[i]] * slope(i, k) * slope(i, m);
        }
        return squares;
    }

    private double slope(int i, int k) {
        return sample.labels[i] == k ? -others(i, k) : probability(i, k);
    }

    @Override
    public double penalty(int a, int b) {
        return lambda * ((a == b ? 1 : 0) - 1.0 / sample.classes);
    }
}

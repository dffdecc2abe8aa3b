package io.verity.estimators.logistic;

/** Coefficients of a softmax with what belongs to them; changed by the solvers in place. */
final class SoftmaxIterate {
    private final SoftmaxSample sample;
    private final double lambda;
    final double[] theta;

    /** Scores and probabilities, rows x classes, and room for the scores of a step. */
    final double[] scores;

    final double[] probabilities;
    final double[] change;

    double loss;
    double objective;
    double[] gradient = {};

    SoftmaxIterate(SoftmaxSample sample, double lambda, double[] theta) {
        this.sample = sample;
        this.lambda = lambda;
        this.theta = theta;
        int size = Math.multiplyExact(sample.rows, sample.classes);
        scores = new double[size];
        probabilities = new double[size];
        change = new double[size];
        sample.scores(theta, scores);
        evaluate();
    }

    /** Computes everything at the scores. */
    void evaluate() {
        evaluated(sample.evaluate(scores, probabilities));
    }

    /** Takes the loss and the slopes that the sample has just computed. */
    void evaluated(double newLoss) {
        loss = newLoss;
        objective = loss + 0.5 * lambda * penalty(theta, theta);
        gradient = sample.slope();
        addPenalty(theta, gradient);
    }

    /** Infinity norm of the gradient. */
    double norm() {
        return PrimalNewton.largest(gradient);
    }

    /** Moves along a step whose scores are in {@link #change}. */
    void move(double[] step, double fraction) {
        for (int i = 0; i < theta.length; i++) {
            theta[i] = Math.fma(fraction, step[i], theta[i]);
        }
        sample.move(scores, change, fraction);
    }

    void addPenalty(double[] of, double[] to) {
        for (int k = 0; k < sample.classes; k++) {
            for (int j = k * sample.width; j < k * sample.width + sample.columns; j++) {
                to[j] = Math.fma(lambda, of[j], to[j]);
            }
        }
    }

    /** Inner product of the penalised coefficients. */
    double penalty(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < sample.classes; k++) {
            for (int j = k * sample.width; j < k * sample.width + sample.columns; j++) {
                sum = Math.fma(a[j], b[j], sum);
            }
        }
        return sum;
    }
}

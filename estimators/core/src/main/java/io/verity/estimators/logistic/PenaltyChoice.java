package io.verity.estimators.logistic;

/** Choice of a ridge penalty by the mean held-out log-loss of a cross-validation. */
public abstract sealed class PenaltyChoice permits CrossValidation, SoftmaxCrossValidation {
    private final double[] lambdas;
    private final double[] logLoss;
    private final double[] standardErrors;
    private final int selected;

    /**
     * @param lambdas penalties
     * @param losses mean held-out log-loss of a row, by folds and penalties
     */
    PenaltyChoice(double[] lambdas, double[][] losses) {
        this.lambdas = lambdas.clone();
        int size = lambdas.length;
        int folds = losses.length;
        logLoss = new double[size];
        standardErrors = new double[size];
        for (int k = 0; k < size; k++) {
            for (double[] loss : losses) {
                logLoss[k] += loss[k] / folds;
            }
            double squares = 0;
            for (double[] loss : losses) {
                squares += (loss[k] - logLoss[k]) * (loss[k] - logLoss[k]);
            }
            standardErrors[k] = Math.sqrt(squares / (folds - 1) / folds);
        }
        int best = 0;
        for (int k = 1; k < size; k++) {
            if (logLoss[k] < logLoss[best] || (logLoss[k] == logLoss[best] && lambdas[k] > lambdas[best])) {
                best = k;
            }
        }
        selected = best;
    }

    /** @return the penalties, in the sum unit, in the order given */
    public final double[] lambdas() {
        return lambdas.clone();
    }

    /** @return mean held-out log-loss of a row, for every penalty: the average over folds of the folds' means */
    public final double[] logLoss() {
        return logLoss.clone();
    }

    /** @return standard error of that average over the folds */
    public final double[] standardErrors() {
        return standardErrors.clone();
    }

    /** @return index of the penalty with the smallest held-out log-loss; the stronger one on a tie */
    public final int selected() {
        return selected;
    }

    /** @return index of the strongest penalty whose log-loss is within one standard error of the smallest */
    public final int oneStandardError() {
        int chosen = selected;
        for (int k = 0; k < logLoss.length; k++) {
            if (logLoss[k] <= logLoss[selected] + standardErrors[selected] && lambdas[k] > lambdas[chosen]) {
                chosen = k;
            }
        }
        return chosen;
    }
}

package io.verity.estimators.logistic;

import java.util.List;

/**
 * Cross-validated choice of a ridge penalty by the mean held-out log-loss; made by
 * {@link RidgeLogistic#crossValidate}.
 */
public final class CrossValidation {
    private final RidgePath path;
    private final double[] logLoss;
    private final double[] standardErrors;
    private final int selected;

    CrossValidation(RidgePath path, double[] logLoss, double[] standardErrors, int selected) {
        this.path = path;
        this.logLoss = logLoss;
        this.standardErrors = standardErrors;
        this.selected = selected;
    }

    /** @return mean held-out log-loss of a row, for every penalty: the average over folds of the folds' means */
    public double[] logLoss() {
        return logLoss.clone();
    }

    /** @return standard error of that average over the folds */
    public double[] standardErrors() {
        return standardErrors.clone();
    }

    /** @return index of the penalty with the smallest held-out log-loss; the stronger one on a tie */
    public int selected() {
        return selected;
    }

    /** @return index of the strongest penalty whose log-loss is within one standard error of the smallest */
    public int oneStandardError() {
        int chosen = selected;
        for (int k = 0; k < logLoss.length; k++) {
            if (logLoss[k] <= logLoss[selected] + standardErrors[selected] && path.lambda(k) > path.lambda(chosen)) {
                chosen = k;
            }
        }
        return chosen;
    }

    /** @return the fit to all rows at the selected penalty */
    public RidgeFit fit() {
        return path.fit(selected);
    }

    /** @return the fits to all rows at every penalty */
    public List<RidgeFit> fits() {
        return path.fits();
    }
}

package io.verity.estimators.logistic;

import java.util.List;

/**
 * Cross-validated choice of a ridge penalty for a weight vector per class; made by {@link RidgeLogistic#crossValidateMultinomial}.
 */
public final class SoftmaxCrossValidation extends PenaltyChoice {
    private final List<SoftmaxFit> fits;

    SoftmaxCrossValidation(List<SoftmaxFit> fits, double[][] losses) {
        super(fits.stream().mapToDouble(SoftmaxFit::lambda).toArray(), losses);
        this.fits = List.copyOf(fits);
    }

    /** @return the fit to all rows at the selected penalty */
    public SoftmaxFit fit() {
        return fits.get(selected());
    }

    /** @return the fits to all rows at every penalty */
    public List<SoftmaxFit> fits() {
        return fits;
    }
}

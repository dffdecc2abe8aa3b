package io.verity.estimators.logistic;

import java.util.List;

/**
 * Cross-validated choice of a ridge penalty for two classes; made by {@link RidgeLogistic#crossValidate}.
 */
public final class CrossValidation extends PenaltyChoice {
    private final RidgePath path;

    CrossValidation(RidgePath path, double[][] losses) {
        super(path.fits().stream().mapToDouble(RidgeFit::lambda).toArray(), losses);
        this.path = path;
    }

    /** @return the fit to all rows at the selected penalty */
    public RidgeFit fit() {
        return path.fit(selected());
    }

    /** @return the fits to all rows at every penalty */
    public List<RidgeFit> fits() {
        return path.fits();
    }
}

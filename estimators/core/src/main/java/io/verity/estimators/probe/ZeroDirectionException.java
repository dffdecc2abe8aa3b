package io.verity.estimators.probe;

import io.verity.stats.EstimationException;

/** A probe whose weights are all 0 points nowhere: it has no concept vector and nothing can be steered along it. */
public final class ZeroDirectionException extends EstimationException {
    private static final long serialVersionUID = 1L;

    /**
     * @param columns number of weights
     */
    public ZeroDirectionException(int columns) {
        super(
                "all " + columns + " weights of the probe are 0, so it has no direction",
                "look for columns that vary, labels that depend on them, and a weaker penalty");
    }
}

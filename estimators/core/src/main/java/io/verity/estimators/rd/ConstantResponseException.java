package io.verity.estimators.rd;

import io.verity.stats.EstimationException;

/** A response that does not vary around its polynomial near the cutoff, so that no bandwidth can be chosen from it. */
public final class ConstantResponseException extends EstimationException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason what does not vary
     * @param remedy what the user can do
     */
    public ConstantResponseException(String reason, String remedy) {
        super(reason, remedy);
    }
}

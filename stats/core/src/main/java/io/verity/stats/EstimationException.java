package io.verity.stats;

/**
 * Input that is valid but hopeless: one class only, perfect separation without a penalty, a singular design.
 *
 * <p>The message names the reason and what the user can do about it. Input that is simply wrong is an
 * {@link IllegalArgumentException} instead.
 */
public class EstimationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason what makes the estimate impossible
     * @param remedy what the user can do
     */
    public EstimationException(String reason, String remedy) {
        super(reason + "; " + remedy);
    }
}

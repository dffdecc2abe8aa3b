package io.verity.estimators.states;

import io.verity.stats.EstimationException;

/** A text model cannot be run here: its artifact or the runtime is missing, damaged, or does not work on this machine. */
public final class TextEncoderUnavailableException extends EstimationException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason what is missing or wrong
     * @param remedy what the user can do
     */
    public TextEncoderUnavailableException(String reason, String remedy) {
        super(reason, remedy);
    }
}

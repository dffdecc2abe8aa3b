package io.verity.estimators.states;

import java.util.Optional;

/**
 * Finds and opens text encoders.
 *
 * <p>The runtime (module {@code verity-onnx}, ONNX Runtime, a tokenizer) and the models are not part of the distribution. They are
 * taken from the class path where a program depends on them, else from the folder into which {@code verity probe models --fetch}
 * and {@code verity probe embed} let the build tool put them ({@link ModelStore}).
 */
public final class TextEncoders {
    private TextEncoders() {}

    /**
     * @param model name or alias of a {@link TextModel}
     * @param threads to compute with, at least 1
     * @return the encoder, to be closed by the caller
     * @throws IllegalArgumentException if there is no model of that name
     * @throws TextEncoderUnavailableException if it cannot be run here; the message says why, and what the user can do
     */
    public static TextEncoder open(String model, int threads) {
        return ModelStore.standard().open(TextModel.named(model), threads);
    }

    /**
     * Looks without opening: a model that is reported as present may still turn out to be damaged.
     *
     * @param model name or alias of a {@link TextModel}
     * @return why it cannot be run here, and what the user can do; empty if everything it needs is there
     * @throws IllegalArgumentException if there is no model of that name
     */
    public static Optional<String> unavailable(String model) {
        return ModelStore.standard().missing(TextModel.named(model));
    }

    /**
     * @param model name or alias of a {@link TextModel}
     * @return whether everything it needs is there
     */
    public static boolean isAvailable(String model) {
        return unavailable(model).isEmpty();
    }
}

package io.verity.estimators.states;

import java.util.Optional;

/**
 * Runs text models. Implemented by the optional module {@code estimators/onnx} and found through {@link java.util.ServiceLoader};
 * the class must name no type of the libraries that it needs, so that it can be made where they are missing.
 */
public interface TextEncoderProvider {
    /** @return name of the runtime, such as {@code ONNX Runtime} */
    String runtime();

    /** @return which library it misses; empty if all are there */
    Optional<String> missing();

    /**
     * @param model to run
     * @param files its network and tokenizer
     * @param threads to compute with, at least 1
     * @return the encoder, to be closed by the caller
     * @throws TextEncoderUnavailableException if the runtime does not work here, or the files are not what the model needs; the
     *     message says why
     */
    TextEncoder open(TextModel model, ModelFiles files, int threads);
}

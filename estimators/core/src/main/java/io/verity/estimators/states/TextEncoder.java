package io.verity.estimators.states;

import io.verity.estimators.procedures.Progress;
import java.util.List;

/**
 * A text model that is ready to be run: one session, used for all texts. Opened by {@link TextEncoders}. Safe for use by several
 * threads, which then take turns.
 */
public interface TextEncoder extends AutoCloseable {
    /** Takes the states of consecutive texts as soon as they are there. */
    @FunctionalInterface
    interface Sink {
        /**
         * @param layer 0-based position among the layers asked for
         * @param firstRow 0-based text of the first row
         * @param states one row per text, each as wide as the layer; the receiver may keep it
         */
        void take(int layer, int firstRow, float[][] states);
    }

    /** @return the model */
    TextModel model();

    /** @return names of its layers: {@code layer-00} is the output of the embeddings, then one per transformer block */
    List<String> layerNames();

    /**
     * @param text without prefix
     * @param encoding prefix and limit
     * @return the token ids that the model sees, the opening and closing token included
     */
    long[] tokens(String text, Encoding encoding);

    /**
     * Runs the model. Texts are worked through in blocks, so that memory does not grow with their number.
     *
     * @param texts at least one; none may be blank
     * @param encoding how texts become vectors
     * @param layers 0-based layers wanted, distinct, in the order in which the sink counts them
     * @param sink takes the states: every layer of a block of texts, then the next block
     * @param progress hears how many texts are done
     * @return number of texts that were cut off at the limit
     * @throws IllegalArgumentException if there is no text, a text is blank (its 1-based row is named), or there is no such layer
     * @throws io.verity.stats.EstimationException if the model's result is not finite
     */
    int encode(List<String> texts, Encoding encoding, int[] layers, Sink sink, Progress progress);

    /**
     * Runs the model and keeps all layers in memory: texts x layers x width doubles.
     *
     * @param texts at least one; none may be blank
     * @param encoding how texts become vectors
     * @return the states of all layers, one row per text in their order
     */
    default LayerSource encode(List<String> texts, Encoding encoding) {
        return CollectedStates.of(this, texts, encoding);
    }

    /** Frees the session. */
    @Override
    void close();
}

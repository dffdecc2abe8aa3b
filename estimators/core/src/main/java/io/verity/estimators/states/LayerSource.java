package io.verity.estimators.states;

import io.verity.stats.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * The hidden states of some texts, layer by layer: for every layer a matrix with one row per text. Layers are loaded one at a
 * time, so that whoever goes through many needs the memory of those in hand only. Widths may differ between layers, rows may
 * not. Safe for use by several threads.
 */
public interface LayerSource {
    /** @return number of layers, at least 1 */
    int layers();

    /**
     * @param layer 0-based position in this source
     * @return its name, such as {@code layer-03}; names are distinct
     */
    String name(int layer);

    /** @return number of texts, the same for every layer */
    int rows();

    /**
     * @param layer 0-based position in this source
     * @return rows() x width of that layer, the caller's own copy
     * @throws IllegalArgumentException if there is no such layer, or its file cannot be read
     */
    DMatrixRMaj load(int layer);

    /** @return the names of all layers, in order */
    default List<String> names() {
        return IntStream.range(0, layers()).mapToObj(this::name).toList();
    }

    /**
     * @param positions 0-based positions in this source, distinct, at least one
     * @return these layers alone, in the order given
     * @throws IllegalArgumentException if a position does not exist or comes twice
     */
    default LayerSource select(int... positions) {
        return SelectedLayers.of(this, positions);
    }

    /**
     * Layers chosen by a text: {@code all}, or positions and ranges of positions such as {@code 0,3,6} or {@code 0-6}.
     *
     * @param selection the text
     * @return these layers alone
     * @throws IllegalArgumentException if the text is neither, or names a layer that does not exist
     */
    default LayerSource select(String selection) {
        int[] chosen = LayerSelection.positions(selection, layers());
        return chosen.length == layers()
                        && Arrays.equals(chosen, IntStream.range(0, layers()).toArray())
                ? this
                : select(chosen);
    }

    /**
     * @param names one per layer
     * @param matrices one per layer, all with the same number of rows; copied when loaded, so they must not change
     * @return layers in memory
     * @throws IllegalArgumentException if there is no layer, names repeat, or numbers of rows differ
     */
    static LayerSource of(List<String> names, List<DMatrixRMaj> matrices) {
        return new LayersInMemory(names, matrices);
    }

    /**
     * @param matrices one per layer, all with the same number of rows
     * @return layers in memory, named {@code layer-00}, {@code layer-01}, ...
     */
    static LayerSource of(List<DMatrixRMaj> matrices) {
        return of(
                IntStream.range(0, matrices.size())
                        .mapToObj(LayerSource::defaultName)
                        .toList(),
                matrices);
    }

    /**
     * @param layers one matrix per layer: layers x rows x width, as models return them
     * @return layers in memory, widened to double
     * @throws IllegalArgumentException if a layer is ragged or numbers of rows differ
     */
    static LayerSource of(float[][][] layers) {
        return of(Arrays.stream(layers).map(LayersInMemory::widened).toList());
    }

    /**
     * @param layer 0-based layer of the model
     * @return {@code layer-00}, {@code layer-01}, ...
     */
    static String defaultName(int layer) {
        Arguments.atLeast("layer", layer, 0);
        return (layer < 10 ? "layer-0" : "layer-") + layer;
    }
}

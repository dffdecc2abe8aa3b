package io.verity.estimators.states;

import io.verity.estimators.procedures.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** States of all layers, collected in memory. */
final class CollectedStates {
    private CollectedStates() {}

    static LayerSource of(TextEncoder encoder, List<String> texts, Encoding encoding) {
        List<String> names = encoder.layerNames();
        int[] layers = IntStream.range(0, names.size()).toArray();
        List<float[][]> rows = new ArrayList<>();
        names.forEach(name -> rows.add(new float[texts.size()][]));
        encoder.encode(
                texts,
                encoding,
                layers,
                (layer, first, states) -> System.arraycopy(states, 0, rows.get(layer), first, states.length),
                Progress.NONE);
        return LayerSource.of(names, rows.stream().map(LayersInMemory::widened).toList());
    }
}

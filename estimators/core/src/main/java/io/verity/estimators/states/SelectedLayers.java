package io.verity.estimators.states;

import io.verity.stats.Arguments;
import java.util.HashSet;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;

/** Some layers of another source. */
@SuppressWarnings("ArrayRecordComponent") // a column of positions; two selections are never compared
record SelectedLayers(LayerSource all, int[] positions) implements LayerSource {
    static LayerSource of(LayerSource all, int[] positions) {
        Arguments.require(positions.length > 0, "no layer is selected");
        Set<Integer> seen = new HashSet<>();
        for (int position : positions) {
            Arguments.require(
                    position >= 0 && position < all.layers(),
                    "there is no layer %d; the layers are 0 to %d",
                    position,
                    all.layers() - 1);
            Arguments.require(seen.add(position), "layer %d is selected twice", position);
        }
        return new SelectedLayers(all, positions.clone());
    }

    @Override
    public int layers() {
        return positions.length;
    }

    @Override
    public String name(int layer) {
        return all.name(positions[layer]);
    }

    @Override
    public int rows() {
        return all.rows();
    }

    @Override
    public DMatrixRMaj load(int layer) {
        return all.load(positions[layer]);
    }
}

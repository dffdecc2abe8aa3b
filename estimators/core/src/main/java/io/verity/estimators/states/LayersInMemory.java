package io.verity.estimators.states;

import io.verity.stats.Arguments;
import java.util.HashSet;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** Layers that are in memory already. */
record LayersInMemory(List<String> names, List<DMatrixRMaj> matrices) implements LayerSource {
    LayersInMemory {
        Arguments.require(!matrices.isEmpty(), "there are no layers");
        Arguments.require(
                names.size() == matrices.size(), "there are %d names for %d layers", names.size(), matrices.size());
        Arguments.require(new HashSet<>(names).size() == names.size(), "two layers have the same name: %s", names);
        int rows = matrices.get(0).getNumRows();
        for (int k = 0; k < matrices.size(); k++) {
            Arguments.require(
                    matrices.get(k).getNumRows() == rows,
                    "layer %s has %d rows, but layer %s has %d",
                    names.get(k),
                    matrices.get(k).getNumRows(),
                    names.get(0),
                    rows);
        }
        names = List.copyOf(names);
        matrices = List.copyOf(matrices);
    }

    static DMatrixRMaj widened(float[][] rows) {
        Arguments.require(rows.length > 0, "a layer has no rows");
        int width = rows[0].length;
        DMatrixRMaj matrix = new DMatrixRMaj(rows.length, width);
        for (int i = 0; i < rows.length; i++) {
            Arguments.require(
                    rows[i].length == width,
                    "row %d of a layer has %d values, row 1 has %d",
                    i + 1,
                    rows[i].length,
                    width);
            for (int j = 0; j < width; j++) {
                matrix.data[i * width + j] = rows[i][j];
            }
        }
        return matrix;
    }

    @Override
    public int layers() {
        return matrices.size();
    }

    @Override
    public String name(int layer) {
        Arguments.require(
                layer >= 0 && layer < layers(), "there is no layer %d; the layers are 0 to %d", layer, layers() - 1);
        return names.get(layer);
    }

    @Override
    public int rows() {
        return matrices.get(0).getNumRows();
    }

    @Override
    public DMatrixRMaj load(int layer) {
        name(layer);
        return matrices.get(layer).copy();
    }
}

package io.verity.papers.raptor;

import io.verity.simulations.claims.ClaimContext;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * One layer of one example set.
 *
 * @param set with its states
 * @param layer 0-based
 */
record Cell(RealLayers.Set set, int layer) {
    /** What every record on real layers says of itself. */
    static final String DESCRIPTIVE = "a statement about these texts, this model and this split, not about others";

    /** The layers that a budget looks at. */
    static List<Cell> all(ClaimContext context, List<RealLayers.Set> sets) {
        List<Cell> cells = new ArrayList<>();
        sets.forEach(set -> set.chosen(context).forEach(k -> cells.add(new Cell(set, k))));
        return cells;
    }

    String words() {
        return set.model().name() + ", " + set.texts().name() + ", "
                + set.layers().name(layer);
    }

    DMatrixRMaj rows() {
        return set.layers().load(layer);
    }
}

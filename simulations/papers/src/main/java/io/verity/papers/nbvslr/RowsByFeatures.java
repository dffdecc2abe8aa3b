package io.verity.papers.nbvslr;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows needed over dimensions, for one classifier.
 *
 * @param words which classifier, in which design
 * @param features d, ascending
 * @param rows needed with each
 */
@SuppressWarnings("ArrayRecordComponent") // plotted columns; never compared
record RowsByFeatures(String words, double[] features, List<RowsNeeded> rows) {
    /** The growth exponent over the dimensions whose rows are known; empty with fewer than two of them. */
    Optional<GrowthExponent> growth() {
        RowsByFeatures known = known();
        return known.features.length < 2
                ? Optional.empty()
                : Optional.of(GrowthExponent.of(known.features, known.rows));
    }

    /** Without the dimensions whose rows are infinite, here or in a resample. */
    RowsByFeatures known() {
        List<Double> d = new ArrayList<>();
        List<RowsNeeded> finite = new ArrayList<>();
        for (int i = 0; i < features.length; i++) {
            if (rows.get(i).finite()) {
                d.add(features[i]);
                finite.add(rows.get(i));
            }
        }
        return new RowsByFeatures(
                words, d.stream().mapToDouble(Double::doubleValue).toArray(), finite);
    }
}

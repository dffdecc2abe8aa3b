package io.verity.estimators.probe;

import io.verity.stats.Arguments;
import io.verity.stats.result.ResultTable;
import java.util.List;

/**
 * The probes of all layers, fitted with one split.
 *
 * @param names name of every layer
 * @param results one per layer, in the same order
 */
public record LayerSweep(List<String> names, List<RaptorResult> results) {
    /** Copies. */
    public LayerSweep {
        names = List.copyOf(names);
        results = List.copyOf(results);
        Arguments.require(
                !results.isEmpty() && names.size() == results.size(),
                "%d names for %d layers",
                names.size(),
                results.size());
    }

    /**
     * The layer to use. Chosen on validation rows, so that its test accuracy stays honest.
     *
     * @return position of the layer with the best validation accuracy; among equals that with the smaller validation log loss, then
     *     the earlier one
     */
    public int best() {
        int best = 0;
        for (int k = 1; k < results.size(); k++) {
            double gain = orZero(results.get(k).validationAccuracy())
                    - orZero(results.get(best).validationAccuracy());
            if (gain > 0 || (gain == 0 && chosenLoss(results.get(k)) < chosenLoss(results.get(best)))) {
                best = k;
            }
        }
        return best;
    }

    private static double orZero(double accuracy) {
        return Double.isNaN(accuracy) ? 0 : accuracy;
    }

    private static double chosenLoss(RaptorResult result) {
        int k = result.selectedIndex();
        return k < 0 ? Double.POSITIVE_INFINITY : result.validation().logLoss()[k];
    }

    /** @return one row per layer */
    public ResultTable toTable() {
        ResultTable.Builder table = ResultTable.named("layers", "Probes along the layers")
                .text("layer", "layer")
                .number("selectedC", "C", "")
                .number("trainAccuracy", "train accuracy", "")
                .number("validationAccuracy", "validation accuracy", "")
                .column(new ResultTable.Column(
                        "testAccuracy", "test accuracy", "", ResultTable.Kind.NUMBER, "testAccuracyError"))
                .number("testAccuracyError", "s.e.", "")
                .number("testLogLoss", "test log loss", "")
                .number("norm", "|w|", "")
                .integer("excludedColumns", "columns excluded", "");
        for (int k = 0; k < results.size(); k++) {
            RaptorResult result = results.get(k);
            table.row(
                    names.get(k),
                    result.selectedC(),
                    result.trainAccuracy(),
                    result.validationAccuracy(),
                    result.testAccuracy(),
                    result.test().accuracyError(),
                    result.testLogLoss(),
                    result.probe().norm(),
                    result.excludedColumns().length);
        }
        return table.build();
    }
}

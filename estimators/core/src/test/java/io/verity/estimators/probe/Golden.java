package io.verity.estimators.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.GoldenJson;
import org.ejml.data.DMatrixRMaj;

/**
 * Golden values made with Python 3.11, numpy 1.24, scipy 1.10 and scikit-learn 1.2.1: StandardScaler and a full Newton method for
 * the protocol, LinearDiscriminantAnalysis(solver="lsqr") and L-BFGS-B for the baselines.
 */
final class Golden {
    static final JsonNode END_TO_END = GoldenJson.read(Golden.class, "raptor_end_to_end.json");
    static final JsonNode BASELINES = GoldenJson.read(Golden.class, "baselines.json");

    private Golden() {}

    static double[][] x() {
        return GoldenJson.matrix(END_TO_END.path("X"));
    }

    static DMatrixRMaj matrix() {
        return Rows.of(x());
    }

    static int[] y() {
        return whole("y");
    }

    static Split split() {
        return Split.of(300, whole("train"), whole("val"), whole("test"));
    }

    static double[] numbers(String key) {
        return GoldenJson.array(END_TO_END.path(key));
    }

    static int[] whole(String key) {
        JsonNode node = END_TO_END.path(key);
        int[] values = new int[node.size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = node.get(k).asInt();
        }
        return values;
    }
}

package io.verity.estimators.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.ejml.data.DMatrixRMaj;

/**
 * Golden values made with Python 3.11, numpy 1.24, scipy 1.10 and scikit-learn 1.2.1: StandardScaler and a full Newton method for
 * the protocol, LinearDiscriminantAnalysis(solver="lsqr") and L-BFGS-B for the baselines.
 */
final class Golden {
    static final JsonNode END_TO_END = read("raptor_end_to_end.json");
    static final JsonNode BASELINES = read("baselines.json");

    private Golden() {}

    private static JsonNode read(String name) {
        try (InputStream in = Golden.class.getResourceAsStream(name)) {
            return new JsonMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static double[][] x() {
        JsonNode rows = END_TO_END.path("X");
        double[][] x = new double[rows.size()][];
        for (int i = 0; i < x.length; i++) {
            x[i] = numbers(rows.get(i));
        }
        return x;
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
        return numbers(END_TO_END.path(key));
    }

    static double[] numbers(JsonNode node) {
        double[] values = new double[node.size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = node.get(k).asDouble();
        }
        return values;
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

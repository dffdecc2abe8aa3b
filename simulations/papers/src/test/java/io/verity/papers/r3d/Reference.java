package io.verity.papers.r3d;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Reference figures beside the tests: truth.json (true effects, SciPy 1.10, inversion of mixture distribution functions) and
 * montecarlo.json (Table 2 of arXiv 2504.03992; a Monte Carlo study with a numpy prototype).
 */
final class Reference {
    static final JsonNode TRUTH = read("truth.json");
    static final JsonNode MONTE_CARLO = read("montecarlo.json").get("own_monte_carlo");

    private Reference() {}

    private static JsonNode read(String file) {
        try (InputStream stream = Reference.class.getResourceAsStream(file)) {
            return new ObjectMapper().readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static double[] numbers(JsonNode node) {
        double[] values = new double[node.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = node.get(i).asDouble();
        }
        return values;
    }
}

package io.verity.estimators.r3d;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.GoldenJson;
import io.verity.stats.smoothing.SmoothingKernel;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the golden files beside the tests and the data they were made with. */
final class Golden {
    static final JsonNode INPUT = read("input.json");
    static final double[] X = GoldenJson.array(INPUT.get("X"));
    static final double[] T = GoldenJson.array(INPUT.get("T"));
    static final double[][] Y = GoldenJson.matrix(INPUT.get("Y"));
    static final double[][] W = GoldenJson.matrix(INPUT.get("W"));
    static final double CUTOFF = INPUT.get("cutoff").asDouble();
    static final double[][] XI = multipliers();

    private Golden() {}

    static JsonNode read(String file) {
        return GoldenJson.read(Golden.class, file);
    }

    private static double[][] multipliers() {
        InputStream stream = Golden.class.getResourceAsStream("xi.csv");
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                .lines()
                .map(line -> Arrays.stream(line.split(",", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
    }

    /** A number, or a list of them. */
    static double[] numbers(JsonNode node) {
        return node.isNumber() ? new double[] {node.asDouble()} : GoldenJson.array(node);
    }

    static SmoothingKernel kernel(String name) {
        return switch (name.substring(0, 3)) {
            case "tri" -> SmoothingKernel.TRIANGULAR;
            case "epa" -> SmoothingKernel.EPANECHNIKOV;
            default -> SmoothingKernel.UNIFORM;
        };
    }

    /** Equal up to a relative error; numbers below one in absolute value are compared absolutely. */
    static void assertClose(String what, double[] actual, double[] expected, double relative) {
        assertThat(actual).as(what).hasSize(expected.length);
        for (int j = 0; j < expected.length; j++) {
            double bound = relative * Math.max(1, Math.abs(expected[j]));
            assertThat(Math.abs(actual[j] - expected[j]))
                    .as("%s[%d]: %s instead of %s", what, j, actual[j], expected[j])
                    .isLessThanOrEqualTo(bound);
        }
    }
}

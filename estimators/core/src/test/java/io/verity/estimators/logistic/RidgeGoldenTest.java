package io.verity.estimators.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.GoldenJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Values of a full Newton method in numpy 1.24, cross-checked with scikit-learn 1.2.1 (newton-cholesky) and R's glmnet
 * ({@code ridge_logistic.json}).
 */
class RidgeGoldenTest {
    @ParameterizedTest
    @EnumSource(Solver.class)
    void everySolverGivesTheReferenceFits(Solver solver) throws IOException {
        for (JsonNode problem : read("ridge_logistic.json").get("cases")) {
            DMatrixRMaj x = matrix(problem.get("X"));
            int[] y = ints(problem.get("y"));
            RidgeLogistic ridge = RidgeLogistic.withDefaults().with(solver);
            if (problem.has("sampleWeight")) {
                ridge = ridge.withCaseWeights(doubles(problem.get("sampleWeight")));
            }
            double[] lambdas = new double[problem.get("fits").size()];
            for (int k = 0; k < lambdas.length; k++) {
                lambdas[k] = problem.get("fits").get(k).get("lambdaSum").asDouble();
            }
            RidgePath path = ridge.path(x, y, lambdas);
            for (int k = 0; k < lambdas.length; k++) {
                JsonNode expected = problem.get("fits").get(k);
                for (RidgeFit fit : List.of(path.fit(k), ridge.fit(x, y, Penalty.sum(lambdas[k])))) {
                    String what = problem.get("name").asText() + " lambda " + lambdas[k];
                    assertThat(fit.status()).as(what).isEqualTo(Status.CONVERGED);
                    assertThat(fit.intercept())
                            .as(what)
                            .isCloseTo(expected.get("intercept").asDouble(), within(1e-7));
                    double[] w = fit.weights();
                    for (int j = 0; j < w.length; j++) {
                        assertThat(w[j])
                                .as(what)
                                .isCloseTo(expected.get("w").get(j).asDouble(), within(1e-7));
                    }
                    double objective = expected.get("objective").asDouble();
                    assertThat(fit.objective()).as(what).isCloseTo(objective, within(1e-10 * objective));
                }
            }
        }
    }

    static JsonNode read(String name) {
        return GoldenJson.read(RidgeGoldenTest.class, name);
    }

    static DMatrixRMaj matrix(JsonNode rows) {
        List<double[]> all = new ArrayList<>();
        rows.forEach(r -> all.add(doubles(r)));
        return new DMatrixRMaj(all.toArray(double[][]::new));
    }

    static double[] doubles(JsonNode node) {
        double[] values = new double[node.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = node.get(i).asDouble();
        }
        return values;
    }

    static int[] ints(JsonNode node) {
        int[] values = new int[node.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = node.get(i).asInt();
        }
        return values;
    }
}

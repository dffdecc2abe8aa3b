package io.verity.estimators.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.logistic.Penalty;
import io.verity.estimators.logistic.RidgeFit;
import io.verity.estimators.logistic.RidgeLogistic;
import io.verity.estimators.logistic.SoftmaxFit;
import java.io.IOException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Optima found by scikit-learn 1.2.1 and polished by Newton steps in numpy ({@code logistic.json}). */
class LogisticGoldenTest {
    static Stream<JsonNode> cases() throws IOException {
        return StreamSupport.stream(
                GoldenData.read("logistic.json").get("cases").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theOptimumIsFound(JsonNode expected) {
        String name = expected.get("data").asText().replaceAll("data/|\\.csv", "");
        GoldenData.Labelled data = GoldenData.named(name);
        DMatrixRMaj x = data.x();
        if (expected.get("preprocess").asText().startsWith("subtract")) {
            x = Scaling.STANDARDIZE.fit(x).apply(x);
        } else {
            for (int i = 0; i < x.data.length; i++) {
                x.data[i] /= 16;
            }
        }
        double c = expected.get("C").asDouble();
        RidgeLogistic model = RidgeLogistic.withDefaults().withTolerance(1e-11);
        boolean binary = expected.get("objectiveForm").asText().contains("one weight vector");
        double objective = expected.get("objective").asDouble();
        double tolerance = (name.equals("digits") ? 1e-6 : 1e-9) * objective;
        double coefficient = c > 1 ? 1e-4 : 1e-6;
        LinearClassifier classifier;
        if (binary) {
            RidgeFit fit = model.fit(x, data.y(), Penalty.inverseC(c));
            assertThat(c * fit.objective()).isCloseTo(objective, within(tolerance));
            assertThat(fit.weights()).containsExactly(GoldenData.doubles(expected.get("coef")), within(coefficient));
            assertThat(fit.intercept()).isCloseTo(expected.get("intercept").asDouble(), within(coefficient));
            classifier = LinearClassifier.of(fit);
        } else {
            SoftmaxFit fit = model.fitMultinomial(x, data.y(), data.classes(), Penalty.inverseC(c));
            assertThat(c * fit.objective()).isCloseTo(objective, within(tolerance));
            for (int k = 0; expected.has("coef") && k < data.classes(); k++) {
                assertThat(fit.weights(k))
                        .containsExactly(GoldenData.doubles(expected.get("coef").get(k)), within(coefficient));
                assertThat(fit.intercept(k))
                        .isCloseTo(expected.get("interceptCentered").get(k).asDouble(), within(coefficient));
            }
            classifier = LinearClassifier.of(fit);
            if (name.equals("digits")) {
                // the reference stopped at a gradient of 4e-3, so only its objective says something, from above
                assertThat(c * fit.objective()).isLessThan(objective);
            } else {
                checkProbabilities(expected, classifier.probabilities(x), coefficient);
            }
        }
        assertThat(Math.round(classifier.error(x, data.y()) * x.numRows))
                .isEqualTo(expected.get("trainErrors").asLong());
    }

    private static void checkProbabilities(JsonNode expected, DMatrixRMaj p, double tolerance) {
        int[] rows = GoldenData.ints(expected.get("probaRows"));
        for (int r = 0; r < rows.length; r++) {
            for (int k = 0; k < p.numCols; k++) {
                assertThat(p.get(rows[r], k))
                        .isCloseTo(expected.get("proba").get(r).get(k).asDouble(), within(tolerance));
            }
        }
    }
}

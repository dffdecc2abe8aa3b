package io.verity.estimators.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.classification.GoldenData;
import java.io.IOException;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** scikit-learn 1.2.1 (variances of each class) and a numpy 1.24 formula (shared ones): {@code gaussian_nb.json}. */
class NaiveBayesGoldenTest {
    private static void close(double actual, double expected, double tolerance, String what) {
        assertThat(actual).as(what).isCloseTo(expected, within(tolerance * Math.max(Math.abs(expected), 1e-300)));
    }

    private static void close(DMatrixRMaj actual, JsonNode expected, double tolerance, double absolute, String what) {
        DMatrixRMaj wanted = GoldenData.matrix(expected);
        assertThat(actual.numRows).isEqualTo(wanted.numRows);
        for (int i = 0; i < wanted.data.length; i++) {
            assertThat(actual.data[i])
                    .as(what + " entry " + i)
                    .isCloseTo(wanted.data[i], within(tolerance * Math.abs(wanted.data[i]) + absolute));
        }
    }

    private static void check(GaussianNaiveBayes model, JsonNode problem, JsonNode expected, boolean shared)
            throws IOException {
        String name = problem.get("name").asText() + (shared ? " shared" : " per class");
        double tolerance = name.startsWith("big-offset") ? 1e-6 : 1e-10;
        DMatrixRMaj x;
        int[] y;
        if (problem.has("X")) {
            x = GoldenData.matrix(problem.get("X"));
            y = GoldenData.ints(problem.get("y"));
        } else {
            GoldenData.Labelled data = GoldenData.named(problem.get("name").asText());
            x = data.x();
            y = data.y();
        }
        NaiveBayesFit fit = model.fit(x, y, problem.get("K").asInt());
        close(new DMatrixRMaj(fit.means()), expected.get(shared ? "mean" : "theta"), 1e-10, 0, name + " mean");
        if (shared) {
            double[] variances = GoldenData.doubles(expected.get("sharedVar"));
            for (int j = 0; j < variances.length; j++) {
                close(fit.variances()[0][j], variances[j], tolerance, name + " variance " + j);
            }
        } else {
            close(new DMatrixRMaj(fit.variances()), expected.get("var"), tolerance, 0, name + " variance");
            close(fit.floor(), expected.get("epsilon").asDouble(), tolerance, name + " floor");
        }
        double[] priors = GoldenData.doubles(expected.get("classPrior"));
        assertThat(fit.priors()).as(name).containsExactly(priors, within(1e-15));
        DMatrixRMaj query = GoldenData.matrix(problem.get("query"));
        close(fit.scores(query), expected.get("jointLogLik"), tolerance, 0, name + " likelihood");
        // a probability is as exact as differences of log-likelihoods are
        double largest = 0;
        for (double s : fit.scores(query).data) {
            largest = Math.max(largest, Math.abs(s));
        }
        close(fit.probabilities(query), expected.get("proba"), tolerance * Math.max(1, largest), 1e-300, name);
        long errors = Math.round(fit.error(x, y) * y.length);
        assertThat(errors).as(name).isEqualTo(expected.get("trainErrors").asLong());
    }

    @Test
    void everyCaseGivesTheReferenceFit() throws IOException {
        int checked = 0;
        for (JsonNode problem : GoldenData.read("gaussian_nb.json").get("cases")) {
            GaussianNaiveBayes model = GaussianNaiveBayes.withDefaults();
            if (!problem.get("priors").isNull()) {
                model = model.withPriors(GoldenData.doubles(problem.get("priors")));
            }
            if (!problem.get("sample_weight").isNull()) {
                model = model.withCaseWeights(GoldenData.doubles(problem.get("sample_weight")));
            }
            VarianceFloor floor =
                    VarianceFloor.relative(problem.get("var_smoothing").asDouble());
            check(model.with(Variance.PER_CLASS).with(floor), problem, problem.get("perClass"), false);
            checked++;
            if (problem.has("shared")) {
                check(model, problem, problem.get("shared"), true);
                checked++;
            }
        }
        assertThat(checked).isEqualTo(16);
    }
}

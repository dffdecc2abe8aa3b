package io.verity.estimators.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.bayes.Variance;
import io.verity.estimators.classification.GoldenData;
import io.verity.estimators.classification.LinearClassifier;
import io.verity.estimators.classification.Scaling;
import io.verity.estimators.learning.LearningCurveResult.Crossing;
import io.verity.estimators.learning.LearningCurveResult.Point;
import io.verity.estimators.learning.LearningCurveResult.Regimes;
import io.verity.stats.linalg.BackendOptions;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningCurveTest {
    private static final Map<String, String> NAMES =
            Map.of("nbShared", "naive-bayes", "nbPerClass", "naive-bayes-per-class", "lr", "logistic");

    /** numpy 1.24 and scikit-learn 1.2.1 ({@code learning_curves.json}), within 4 combined standard errors and 0.001. */
    @ParameterizedTest
    @CsvSource({"iris, 60, 60", "wine, 60, 100", "breast_cancer, 40, 400", "digits, 6, 640"})
    void curvesAreThoseOfTheReference(String name, int repeats, int largest) throws IOException {
        JsonNode golden = GoldenData.read("learning_curves.json").get("points");
        TreeSet<Integer> sizes = new TreeSet<>();
        for (JsonNode point : golden) {
            int m = point.get("m").asInt();
            if (point.get("data").asText().equals(name) && m <= largest) {
                sizes.add(m);
            }
        }
        GoldenData.Labelled data = GoldenData.named(name);
        LearningCurveResult result = LearningCurve.withDefaults()
                .withModels(
                        Learner.naiveBayes(Variance.SHARED), Learner.naiveBayes(Variance.PER_CLASS), Learner.softmax(1))
                .withSizes(sizes.stream().mapToInt(Integer::intValue).toArray())
                .withRepeats(repeats)
                .withSeed(7)
                .run(data.x(), data.y(), data.classes());
        assertThat(result.unfinished()).isZero();
        int checked = 0;
        for (JsonNode expected : golden) {
            int m = expected.get("m").asInt();
            if (expected.get("data").asText().equals(name) && m <= largest) {
                String model = NAMES.get(expected.get("model").asText());
                Point point = result.points().stream()
                        .filter(p -> p.model().equals(model) && p.m() == m)
                        .findFirst()
                        .orElseThrow();
                // the reference's own spread is the better estimate where there are few repeats here
                double here = Math.max(point.standardError(), expected.get("sd").asDouble() / Math.sqrt(repeats));
                double se = Math.hypot(here, expected.get("se").asDouble());
                assertThat(point.meanError())
                        .as(model + " " + m)
                        .isCloseTo(expected.get("mean").asDouble(), within(4 * se + 0.001));
                checked++;
            }
        }
        assertThat(checked).isEqualTo(3 * sizes.size()).isGreaterThanOrEqualTo(12);
    }

    @Test
    void resultsDoNotDependOnThreads() {
        GoldenData.Labelled data = GoldenData.named("iris");
        LearningCurve curve = LearningCurve.withDefaults().withSizes(9, 30).withRepeats(5);
        LearningCurveResult one = curve.run(data.x(), data.y(), 3);
        try (DenseBackend three = Backends.open(Backends.shared().info().id(), new BackendOptions(3))) {
            LearningCurveResult many = curve.with(three).run(data.x(), data.y(), 3);
            assertThat(many.points()).isEqualTo(one.points());
            assertThat(many.crossings("naive-bayes", "logistic")).isEqualTo(one.crossings("naive-bayes", "logistic"));
        }
        assertThat(curve.withSeed(2).run(data.x(), data.y(), 3).points()).isNotEqualTo(one.points());
    }

    @Test
    void modelsOfARepeatLearnFromTheSameScaledRowsThatHoldEveryClass() {
        GoldenData.Labelled data = GoldenData.named("wine");
        ConcurrentLinkedQueue<double[]> seen = new ConcurrentLinkedQueue<>();
        Learner.Rule rule = (x, y, classes, backend) -> {
            seen.add(Arrays.copyOf(x.data, x.numRows * x.numCols));
            assertThat(Arrays.stream(y).distinct().count()).isEqualTo(3);
            for (int j = 0; j < x.numCols; j++) {
                int column = j;
                double[] values = new double[x.numRows];
                Arrays.setAll(values, i -> x.get(i, column));
                assertThat(Arrays.stream(values).min().orElseThrow()).isZero();
                assertThat(Arrays.stream(values).max().orElseThrow()).isEqualTo(1);
            }
            return new Learner.Learnt(LinearClassifier.of(new double[3][x.numCols], new double[] {0, 1, 0}), true);
        };
        LearningCurveResult result = LearningCurve.withDefaults()
                .withModels(Learner.of("a", rule), Learner.of("b", rule))
                .withSizes(12)
                .withRepeats(3)
                .run(data.x(), data.y(), 3);
        List<double[]> all = List.copyOf(seen);
        assertThat(all).hasSize(6);
        for (int r = 0; r < 6; r += 2) {
            assertThat(all.get(r)).containsExactly(all.get(r + 1));
        }
        assertThat(all.get(0)).isNotEqualTo(all.get(2));
        // class 1 has 71 of 178 rows; the rest is wrong
        for (double error : result.errors("a", 12)) {
            assertThat(error * 166).isBetween(178.0 - 71 - 12, 178.0 - 71);
        }
    }

    private static LearningCurveResult curves(int[] sizes, double[] first, double[] second, double noise) {
        double[][][] errors = new double[2][sizes.length][20];
        for (int s = 0; s < sizes.length; s++) {
            for (int r = 0; r < 20; r++) {
                errors[0][s][r] = first[s] + noise * ((r * 7 + s) % 20 - 9.5) / 9.5;
                errors[1][s][r] = second[s];
            }
        }
        return LearningCurveResult.of(List.of("nb", "lr"), sizes, errors, 3);
    }

    @Test
    void crossingsAreInterpolatedInLogRows() {
        int[] sizes = {10, 100, 1000};
        LearningCurveResult result = curves(sizes, new double[] {0.2, 0.1, 0.1}, new double[] {0.3, 0.2, 0}, 0.01);
        List<Crossing> crossings = result.crossings("nb", "lr");
        assertThat(crossings).hasSize(1);
        Crossing crossing = crossings.get(0);
        // differences -0.1 at 100 and 0.1 at 1000: half way in log m
        assertThat(crossing.m()).isCloseTo(Math.sqrt(100_000), within(1e-9));
        assertThat(crossing.lower()).isLessThan(crossing.m()).isGreaterThan(250);
        assertThat(crossing.upper()).isGreaterThan(crossing.m()).isLessThan(400);
        assertThat(crossing.found()).isEqualTo(1);
        assertThat(crossing.before()).isEqualTo("nb");
        assertThat(crossing.after()).isEqualTo("lr");
        assertThat(result.crossing("lr", "nb").orElseThrow().m()).isCloseTo(crossing.m(), within(1e-9));
        assertThat(result.regimes("nb", "lr")).isEqualTo(Regimes.FIRST_THEN_SECOND);
        assertThat(result.regimes("lr", "nb")).isEqualTo(Regimes.SECOND_THEN_FIRST);
        assertThat(result.advice("nb", "lr"))
                .hasSize(2)
                .satisfies(a -> assertThat(a.get(0)).contains("with 10 to 100 rows use nb", "0.1000"))
                .satisfies(a -> assertThat(a.get(1)).contains("with 1000 rows use lr"));
    }

    @Test
    void curvesMayTouchCrossSeveralTimesOrNever() {
        int[] sizes = {10, 20, 40, 80};
        double[] zero = new double[4];
        assertThat(curves(sizes, new double[] {1, 2, 1, 3}, zero, 0).crossings("nb", "lr"))
                .isEmpty();
        assertThat(curves(sizes, new double[] {1, 0, 1, 3}, zero, 0).crossings("nb", "lr"))
                .isEmpty();
        LearningCurveResult twice = curves(sizes, new double[] {1, -1, -1, 1}, zero, 0);
        assertThat(twice.crossings("nb", "lr")).hasSize(2);
        assertThat(twice.regimes("nb", "lr")).isEqualTo(Regimes.MIXED);
        assertThat(twice.crossings("nb", "lr").get(1).m()).isCloseTo(Math.sqrt(3200), within(1e-9));
        LearningCurveResult through = curves(sizes, new double[] {-1, 0, 0, 1}, zero, 0);
        assertThat(through.crossing("nb", "lr").orElseThrow().m()).isCloseTo(Math.sqrt(800), within(1e-9));
        LearningCurveResult noise = curves(sizes, new double[] {0.001, -0.001, 0.001, 0.002}, zero, 0.1);
        assertThat(noise.regimes("nb", "lr")).isEqualTo(Regimes.UNDECIDED);
        assertThat(noise.advice("nb", "lr")).singleElement().asString().contains("10 to 80", "use either");
    }

    @Test
    void defaultSizesDoubleFromAFewRowsPerClass() {
        int[] y = new int[1000];
        Arrays.setAll(y, i -> i % 4);
        assertThat(LearningCurve.defaultSizes(y, 4)).containsExactly(12, 24, 48, 96, 192, 384, 700);
        Arrays.setAll(y, i -> i < 10 ? 1 : 0);
        assertThat(LearningCurve.defaultSizes(y, 2)[0]).isEqualTo(200);
    }

    @Test
    void badInputIsRefused() {
        GoldenData.Labelled data = GoldenData.named("iris");
        LearningCurve curve = LearningCurve.withDefaults().withRepeats(2);
        assertThatThrownBy(() -> curve.withSizes(10, 150).run(data.x(), data.y(), 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("m = 150")
                .hasMessageContaining("150 rows");
        assertThatThrownBy(() -> curve.withSizes(2).run(data.x(), data.y(), 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("m = 2")
                .hasMessageContaining("class ");
        assertThatThrownBy(() -> curve.withSizes(5).run(data.x(), data.y(), 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("class 3");
        assertThatThrownBy(() -> curve.withSizes(5).run(data.x(), data.y(), 2)).hasMessageContaining("is 2");
        assertThatThrownBy(() -> curve.withSizes(5).run(data.x(), new int[3], 3))
                .hasMessageContaining("150 rows")
                .hasMessageContaining("3 labels");
        DMatrixRMaj holed = data.x().copy();
        holed.set(4, 2, Double.NaN);
        assertThatThrownBy(() -> curve.run(holed, data.y(), 3))
                .hasMessageContaining("row 5")
                .hasMessageContaining("column 3");
        assertThatThrownBy(() -> curve.withSizes(0)).hasMessageContaining("0");
        assertThatThrownBy(() -> curve.withSizes(5, 5)).hasMessageContaining("ascend");
        assertThatThrownBy(() -> curve.withRepeats(1)).hasMessageContaining("repeats");
        assertThatThrownBy(() -> curve.withModels(Learner.softmax(1), Learner.logistic(2)))
                .hasMessageContaining("'logistic'");
        assertThatThrownBy(() -> Learner.softmax(0)).hasMessageContaining("0");
        assertThatThrownBy(() -> Learner.logistic(Double.NaN)).hasMessageContaining("NaN");
        LearningCurveResult result = curve.withSizes(9).with(Scaling.NONE).run(data.x(), data.y(), 3);
        assertThatThrownBy(() -> result.errors("svm", 9)).hasMessageContaining("svm");
        assertThatThrownBy(() -> result.errors("logistic", 8)).hasMessageContaining("8");
    }
}

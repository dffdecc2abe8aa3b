package io.verity.estimators.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.stats.inference.Interval;
import io.verity.stats.random.RandomStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Values of R 4.2.2, {@code glm(family = binomial)} ({@code glm.json}), and laws. */
class LogisticInferenceTest {
    private static final double EXACT = 1e-8;

    @Test
    void errorsTestsAndCriteriaAreThoseOfGlm() throws IOException {
        for (JsonNode problem : RidgeGoldenTest.read("glm.json").get("cases")) {
            String what = problem.get("name").asText();
            DMatrixRMaj x = RidgeGoldenTest.matrix(problem.get("x"));
            int[] y = RidgeGoldenTest.ints(problem.get("y"));
            RidgeLogistic model = RidgeLogistic.withDefaults()
                    .withTolerance(1e-12)
                    .withIntercept(problem.get("intercept").asBoolean())
                    .withCaseWeights(RidgeGoldenTest.doubles(problem.get("weights")));
            double lambda = problem.path("lambda").asDouble(0);
            RidgeFit fit = model.fit(x, y, Penalty.sum(lambda));
            LogisticInference inference = LogisticInference.of(model, x, y, fit, ErrorKind.INFORMATION);
            LogisticInference robust = LogisticInference.of(model, x, y, fit, ErrorKind.ROBUST);
            List<CoefficientErrors> found = all(inference);
            for (int j = 0; j < found.size(); j++) {
                close(what, found.get(j).estimate(), problem.get("estimate").get(j));
                close(
                        what,
                        found.get(j).standardError(),
                        problem.get("standardErrors").get(j));
                close(
                        what,
                        all(robust).get(j).standardError(),
                        problem.get("robust").get(j));
            }
            if (lambda > 0) {
                close(what, inference.effectiveDegreesOfFreedom(), problem.get("df"));
                assertThat(inference.zValues()).containsOnly(Double.NaN);
                assertThat(inference.pValues()).containsOnly(Double.NaN);
                assertThat(inference.likelihoodRatioP()).isNaN();
                continue;
            }
            for (int j = 0; j < found.size(); j++) {
                close(what, found.get(j).z(), problem.get("z").get(j));
                close(what, found.get(j).p(), problem.get("p").get(j));
                Interval interval = found.get(j).interval(0.9);
                close(what, interval.lower(), problem.get("lower90").get(j));
                close(what, interval.upper(), problem.get("upper90").get(j));
            }
            close(what, inference.logLikelihood(), problem.get("logLikelihood"));
            close(what, inference.deviance(), problem.get("deviance"));
            close(what, inference.nullDeviance(), problem.get("nullDeviance"));
            close(what, inference.aic(), problem.get("aic"));
            close(what, inference.bic(), problem.get("bic"));
            close(what, inference.likelihoodRatioP(), problem.get("lrP"));
            assertThat(inference.mcFaddenR2())
                    .isCloseTo(1 - inference.deviance() / inference.nullDeviance(), within(1e-12));
        }
    }

    private static void close(String what, double found, JsonNode expected) {
        assertThat(found).as(what).isCloseTo(expected.asDouble(), within(EXACT * Math.abs(expected.asDouble())));
    }

    private static List<CoefficientErrors> all(LogisticInference inference) {
        List<CoefficientErrors> all =
                new ArrayList<>(inference.intercept().stream().toList());
        all.addAll(inference.coefficients());
        return all;
    }

    @Test
    void aWeightIsANumberOfEqualRows() {
        Data data = Data.overlapping(80, 3, 11);
        double[] weights = new double[80];
        int[] repeated = new int[160];
        int rows = 0;
        for (int i = 0; i < 80; i++) {
            weights[i] = i % 4;
            for (int k = 0; k < i % 4 && rows < repeated.length; k++) {
                repeated[rows++] = i;
            }
        }
        Data longer = data.rows(Arrays.copyOf(repeated, rows));
        for (double lambda : new double[] {0, 2}) {
            for (ErrorKind errors : ErrorKind.values()) {
                LogisticInference weighted =
                        inference(RidgeLogistic.withDefaults().withCaseWeights(weights), data, lambda, errors);
                LogisticInference plain = inference(RidgeLogistic.withDefaults(), longer, lambda, errors);
                assertThat(weighted.standardErrors()).containsExactly(plain.standardErrors(), within(1e-9));
                assertThat(weighted.aic()).isCloseTo(plain.aic(), within(1e-8));
                assertThat(weighted.bic()).isCloseTo(plain.bic(), within(1e-8));
            }
        }
    }

    @Test
    void errorsDoNotDependOnWhereTheColumnsLie() {
        Data data = Data.overlapping(60, 2, 3);
        DMatrixRMaj moved = data.x.copy();
        for (int i = 0; i < 60; i++) {
            moved.add(i, 0, 4096);
        }
        LogisticInference here = inference(RidgeLogistic.withDefaults(), data, 0, ErrorKind.INFORMATION);
        LogisticInference there =
                inference(RidgeLogistic.withDefaults(), new Data(moved, data.y), 0, ErrorKind.INFORMATION);
        assertThat(there.standardErrors()).containsExactly(here.standardErrors(), within(1e-9));
        DMatrixRMaj v = there.covariance().orElseThrow();
        assertThat(v.get(0, 2)).isCloseTo(v.get(2, 0), within(1e-9 * Math.abs(v.get(2, 0))));
    }

    @Test
    void degreesOfFreedomFallFromAllToTheInterceptAlone() {
        Data data = Data.overlapping(50, 4, 5);
        double before = 5 + 1e-9;
        for (double lambda : new double[] {0, 0.1, 10, 1000}) {
            double df = inference(RidgeLogistic.withDefaults(), data, lambda, ErrorKind.INFORMATION)
                    .effectiveDegreesOfFreedom();
            assertThat(df).isLessThan(before).isGreaterThan(1);
            before = df;
        }
        assertThat(inference(RidgeLogistic.withDefaults(), data, 1e9, ErrorKind.INFORMATION)
                        .effectiveDegreesOfFreedom())
                .isCloseTo(1, within(1e-6));
    }

    @Test
    void moreColumnsThanRowsHaveErrorsUnderAPenalty() {
        Data data = Data.overlapping(20, 40, 9);
        LogisticInference inference = inference(RidgeLogistic.withDefaults(), data, 1, ErrorKind.INFORMATION);
        assertThat(Arrays.stream(inference.standardErrors())).hasSize(40).allMatch(s -> s > 0 && s < 1);
        assertThat(inference.effectiveDegreesOfFreedom()).isBetween(1.0, 20.0);
    }

    @Test
    void classWeightsMakeErrorsRobustAndLeaveNoCriterion() {
        Data data = Data.overlapping(60, 2, 21);
        RidgeLogistic model = RidgeLogistic.withDefaults().with(ClassWeight.BALANCED);
        LogisticInference inference = inference(model, data, 0, ErrorKind.INFORMATION);
        assertThat(inference.errors()).isEqualTo(ErrorKind.ROBUST);
        assertThat(inference.aic()).isNaN();
        assertThat(inference.likelihoodRatioP()).isNaN();
    }

    /** Three rows of class 1 for each of class 0: balancing multiplies them by 2/3 and 2, and the middle by the squares. */
    @Test
    void balancedErrorsAreTheSandwichOfTheirWeights() {
        double[][] x = {{0}, {1}, {0}, {0}, {0}, {1}, {1}, {1}};
        int[] y = {0, 0, 1, 1, 1, 1, 1, 1};
        RidgeLogistic model = RidgeLogistic.withDefaults().with(ClassWeight.BALANCED);
        RidgeFit fit = model.fit(x, y, Penalty.none());
        LogisticInference inference = LogisticInference.of(model, new DMatrixRMaj(x), y, fit, ErrorKind.INFORMATION);
        // P = 1/2 in both cells; per cell: information (2 + 3 * 2/3) / 4 = 1, middle (2^2 + 3 (2/3)^2) / 4 = 4/3
        assertThat(inference.coefficients().get(0).standardError()).isCloseTo(Math.sqrt(8.0 / 3), within(1e-9));
        assertThat(inference.intercept().orElseThrow().standardError()).isCloseTo(Math.sqrt(4.0 / 3), within(1e-9));
    }

    @Test
    void aFitOfOtherDataIsRefused() {
        Data data = Data.overlapping(30, 2, 1);
        RidgeFit fit = RidgeLogistic.withDefaults().fit(data.x, data.y, Penalty.sum(1));
        Data wider = Data.overlapping(30, 3, 1);
        assertThatThrownBy(() -> LogisticInference.of(
                        RidgeLogistic.withDefaults(), wider.x, wider.y, fit, ErrorKind.INFORMATION))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("X has 3 columns, but the fit has 2 weights");
    }

    @Test
    void withoutAPenaltyCriteriaNeedNoCovariance() {
        Data data = Data.overlapping(30, 2001, 1);
        RidgeFit fit = new RidgeFit(
                new double[2001], 0, 0, new RidgeFit.Evaluation(20, -20, 0), 1, Status.CONVERGED, List.of());
        LogisticInference inference =
                LogisticInference.of(RidgeLogistic.withDefaults(), data.x, data.y, fit, ErrorKind.INFORMATION);
        assertThat(inference.covariance()).isEmpty();
        assertThat(inference.effectiveDegreesOfFreedom()).isEqualTo(2002);
        assertThat(inference.aic()).isEqualTo(40 + 2 * 2002);
    }

    @Test
    void anIntervalNeedsALevel() {
        assertThatThrownBy(() -> new CoefficientErrors(1, 1, 1, 0.3).interval(95))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("95");
        assertThatThrownBy(() -> new CoefficientErrors(1, Double.NaN, Double.NaN, Double.NaN).interval(0.9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no interval without a standard error");
    }

    private static LogisticInference inference(RidgeLogistic model, Data data, double lambda, ErrorKind errors) {
        RidgeFit fit = model.withTolerance(1e-11).fit(data.x, data.y, Penalty.sum(lambda));
        return LogisticInference.of(model, data.x, data.y, fit, errors);
    }

    private record Data(DMatrixRMaj x, int[] y) {
        static Data overlapping(int n, int p, long seed) {
            RandomStream random = RandomStream.of(seed, "test", 0, 0);
            DMatrixRMaj x = new DMatrixRMaj(n, p);
            int[] y = new int[n];
            for (int i = 0; i < n; i++) {
                double score = 0;
                for (int j = 0; j < p; j++) {
                    x.set(i, j, random.nextGaussian());
                    score += x.get(i, j) / (j + 1);
                }
                y[i] = random.nextDouble() < 1 / (1 + StrictMath.exp(-score)) ? 1 : 0;
            }
            return new Data(x, y);
        }

        Data rows(int[] chosen) {
            DMatrixRMaj taken = new DMatrixRMaj(chosen.length, x.numCols);
            int[] labels = new int[chosen.length];
            for (int k = 0; k < chosen.length; k++) {
                System.arraycopy(x.data, chosen[k] * x.numCols, taken.data, k * x.numCols, x.numCols);
                labels[k] = y[chosen[k]];
            }
            return new Data(taken, labels);
        }
    }
}

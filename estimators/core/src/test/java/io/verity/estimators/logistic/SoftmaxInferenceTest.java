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

/** Values of R 4.2.2, {@code nnet::multinom} 7.3-18 followed by Newton's method ({@code multinom.json}), and laws. */
class SoftmaxInferenceTest {
    private static final double EXACT = 1e-8;

    @Test
    void errorsTestsAndCriteriaAreThoseOfMultinom() throws IOException {
        for (JsonNode problem : RidgeGoldenTest.read("multinom.json").get("cases")) {
            String what = problem.get("name").asText();
            DMatrixRMaj x = RidgeGoldenTest.matrix(problem.get("x"));
            int[] y = RidgeGoldenTest.ints(problem.get("y"));
            int classes = Arrays.stream(y).max().orElseThrow() + 1;
            int base = problem.get("base").asInt();
            double lambda = problem.get("lambda").asDouble();
            RidgeLogistic model = RidgeLogistic.withDefaults()
                    .withTolerance(1e-12)
                    .withIntercept(problem.get("intercept").asBoolean())
                    .withCaseWeights(RidgeGoldenTest.doubles(problem.get("weights")));
            SoftmaxFit fit = model.fitMultinomial(x, y, classes, Penalty.sum(lambda));
            SoftmaxInference inference = SoftmaxInference.of(model, x, y, fit, base, ErrorKind.INFORMATION);
            List<CoefficientErrors> robust = all(SoftmaxInference.of(model, x, y, fit, base, ErrorKind.ROBUST));
            List<CoefficientErrors> found = all(inference);
            assertThat(found).as(what).hasSize(problem.get("estimate").size());
            for (int j = 0; j < found.size(); j++) {
                close(what, found.get(j).estimate(), problem.get("estimate").get(j));
                close(
                        what,
                        found.get(j).standardError(),
                        problem.get("standardErrors").get(j));
                close(what, robust.get(j).standardError(), problem.get("robust").get(j));
            }
            close(what, inference.logLikelihood(), problem.get("logLikelihood"));
            close(what, inference.nullLogLikelihood(), problem.get("nullLogLikelihood"));
            close(what, inference.effectiveDegreesOfFreedom(), problem.get("df"));
            close(what, inference.aic(), problem.get("aic"));
            close(what, inference.bic(), problem.get("bic"));
            if (lambda > 0) {
                assertThat(found).allMatch(e -> Double.isNaN(e.z()) && Double.isNaN(e.p()));
                assertThat(inference.likelihoodRatio()).isNaN();
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
            close(what, inference.likelihoodRatio(), problem.get("lr"));
            close(what, inference.likelihoodRatioP(), problem.get("lrP"));
            assertThat(inference.mcFaddenR2())
                    .isCloseTo(1 - inference.deviance() / inference.nullDeviance(), within(1e-12));
            covarianceOfTheFirstWeight(what, inference, problem);
        }
    }

    /** In the golden values the intercept comes first, and the second row is that of the first weight where there is one. */
    private static void covarianceOfTheFirstWeight(String what, SoftmaxInference inference, JsonNode problem) {
        boolean intercept = problem.get("intercept").asBoolean();
        int p = inference.coefficients(inference.contrasts()[0]).size();
        int width = p + (intercept ? 1 : 0);
        DMatrixRMaj v = inference.covariance().orElseThrow();
        assertThat(v.numRows).isEqualTo(width * inference.contrasts().length).isEqualTo(v.numCols);
        for (int k = 0; k < v.numRows; k++) {
            int block = k / width * width;
            int there = intercept ? (k == block + p ? block : k + 1) : k;
            close(
                    what,
                    v.get(intercept ? 0 : 1, k),
                    problem.get("covarianceRow").get(there));
        }
    }

    private static void close(String what, double found, JsonNode expected) {
        assertThat(found).as(what).isCloseTo(expected.asDouble(), within(EXACT * Math.abs(expected.asDouble())));
    }

    /** Class by class, the intercept first. */
    private static List<CoefficientErrors> all(SoftmaxInference inference) {
        List<CoefficientErrors> all = new ArrayList<>();
        for (int k : inference.contrasts()) {
            inference.intercept(k).ifPresent(all::add);
            all.addAll(inference.coefficients(k));
        }
        return all;
    }

    @Test
    void twoClassesHaveTheInferenceOfTheBinaryFitWithHalfThePenalty() {
        Data data = Data.overlapping(120, 4, 2, 5);
        double[] weights = new double[120];
        Arrays.setAll(weights, i -> i % 3);
        for (boolean intercept : new boolean[] {true, false}) {
            for (ClassWeight balance : ClassWeight.values()) {
                RidgeLogistic model = RidgeLogistic.withDefaults()
                        .withTolerance(1e-12)
                        .withIntercept(intercept)
                        .withCaseWeights(weights)
                        .with(balance);
                for (double lambda : new double[] {0, 3}) {
                    RidgeFit one = model.fit(data.x, data.y, Penalty.sum(lambda / 2));
                    SoftmaxFit two = model.fitMultinomial(data.x, data.y, 2, Penalty.sum(lambda));
                    for (ErrorKind errors : ErrorKind.values()) {
                        LogisticInference binary = LogisticInference.of(model, data.x, data.y, one, errors);
                        SoftmaxInference soft = SoftmaxInference.of(model, data.x, data.y, two, 0, errors);
                        sameInference(soft, binary);
                    }
                }
            }
        }
    }

    private static void sameInference(SoftmaxInference soft, LogisticInference binary) {
        List<CoefficientErrors> expected =
                new ArrayList<>(binary.intercept().stream().toList());
        expected.addAll(binary.coefficients());
        List<CoefficientErrors> found = all(soft);
        assertThat(found).hasSameSizeAs(expected);
        for (int j = 0; j < found.size(); j++) {
            same(found.get(j).estimate(), expected.get(j).estimate());
            same(found.get(j).standardError(), expected.get(j).standardError());
            same(found.get(j).z(), expected.get(j).z());
            same(found.get(j).p(), expected.get(j).p());
        }
        assertThat(soft.errors()).isEqualTo(binary.errors());
        assertThat(soft.covariance().orElseThrow().data)
                .containsExactly(binary.covariance().orElseThrow().data, within(1e-8));
        same(soft.nullLogLikelihood(), binary.nullLogLikelihood());
        same(soft.likelihoodRatioP(), binary.likelihoodRatioP());
        same(soft.effectiveDegreesOfFreedom(), binary.effectiveDegreesOfFreedom());
        same(soft.aic(), binary.aic());
        same(soft.bic(), binary.bic());
        same(soft.mcFaddenR2(), binary.mcFaddenR2());
    }

    private static void same(double found, double expected) {
        if (Double.isNaN(expected)) {
            assertThat(found).isNaN();
        } else {
            assertThat(found).isCloseTo(expected, within(1e-8));
        }
    }

    @Test
    void anotherBaselineChangesTheContrastsAndNothingElse() {
        Data data = Data.overlapping(150, 3, 4, 8);
        RidgeLogistic model = RidgeLogistic.withDefaults().withTolerance(1e-12);
        SoftmaxFit fit = model.fitMultinomial(data.x, data.y, 4, Penalty.none());
        SoftmaxInference first = SoftmaxInference.of(model, data.x, data.y, fit, 0, ErrorKind.INFORMATION);
        SoftmaxInference third = SoftmaxInference.of(model, data.x, data.y, fit, 2, ErrorKind.INFORMATION);
        assertThat(third.contrasts()).containsExactly(0, 1, 3);
        assertThat(third.baseline()).isEqualTo(2);
        for (int j = 0; j < 3; j++) {
            CoefficientErrors here = first.coefficients(2).get(j);
            CoefficientErrors there = third.coefficients(0).get(j);
            assertThat(there.estimate()).isCloseTo(-here.estimate(), within(1e-12));
            assertThat(there.standardError()).isCloseTo(here.standardError(), within(1e-12));
        }
        // the contrast of classes 3 and 2, from the covariance against class 0
        DMatrixRMaj v = first.covariance().orElseThrow();
        int two = 1 * 4 + 1;
        int three = 2 * 4 + 1;
        assertThat(third.standardErrors(3)[1])
                .isCloseTo(Math.sqrt(v.get(two, two) + v.get(three, three) - 2 * v.get(two, three)), within(1e-12));
        assertThat(third.aic()).isEqualTo(first.aic());
        assertThat(third.effectiveDegreesOfFreedom()).isEqualTo(12);
        assertThat(third.likelihoodRatioDegreesOfFreedom()).isEqualTo(9);
    }

    @Test
    void tooManyWeightsHaveNoCovarianceButALikelihood() {
        Data data = Data.overlapping(60, 1001, 3, 2);
        RidgeLogistic model = RidgeLogistic.withDefaults();
        SoftmaxFit fit = model.fitMultinomial(data.x, data.y, 3, Penalty.sum(50));
        SoftmaxInference inference = SoftmaxInference.of(model, data.x, data.y, fit, 0, ErrorKind.INFORMATION);
        assertThat(inference.covariance()).isEmpty();
        assertThat(inference.standardErrors(1)).hasSize(1001).containsOnly(Double.NaN);
        assertThat(inference.aic()).isNaN();
        assertThat(inference.mcFaddenR2()).isBetween(0.0, 1.0);
    }

    @Test
    void fitsOfOtherDataAndMissingClassesAreNamed() {
        Data data = Data.overlapping(40, 2, 3, 1);
        RidgeLogistic model = RidgeLogistic.withDefaults();
        SoftmaxFit fit = model.fitMultinomial(data.x, data.y, 3, Penalty.sum(1));
        Data wider = Data.overlapping(40, 3, 3, 1);
        assertThatThrownBy(() -> SoftmaxInference.of(model, wider.x, wider.y, fit, 0, ErrorKind.INFORMATION))
                .hasMessage("X has 3 columns, but the fit has 2 weights");
        assertThatThrownBy(() -> SoftmaxInference.of(model, data.x, data.y, fit, 3, ErrorKind.INFORMATION))
                .hasMessage("the baseline must be a class, 0 to 2, but is 3");
        SoftmaxInference inference = SoftmaxInference.of(model, data.x, data.y, fit, 1, ErrorKind.INFORMATION);
        assertThatThrownBy(() -> inference.coefficients(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("errors belong to classes 0 to 2 other than the baseline 1, not to 1");
        int[] two = new int[40];
        Arrays.setAll(two, i -> i % 2);
        assertThatThrownBy(() -> SoftmaxInference.of(model, data.x, two, fit, 0, ErrorKind.INFORMATION))
                .hasMessage("no row belongs to class 2 of 3");
    }

    private record Data(DMatrixRMaj x, int[] y) {
        static Data overlapping(int n, int p, int classes, long seed) {
            RandomStream random = RandomStream.of(seed, "test", 0, 0);
            DMatrixRMaj x = new DMatrixRMaj(n, p);
            int[] y = new int[n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < p; j++) {
                    x.set(i, j, random.nextGaussian());
                }
                int near = Math.min(classes - 1, Math.max(0, (int) Math.round(x.get(i, 0) + 0.5 * (classes - 1))));
                y[i] = random.nextDouble() < 0.5 ? random.nextInt(classes) : near;
            }
            return new Data(x, y);
        }
    }
}

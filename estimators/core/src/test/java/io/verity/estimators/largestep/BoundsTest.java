package io.verity.estimators.largestep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.GoldenJson;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundsTest {
    @Test
    void lambertConstantsSolveTheirEquation() {
        double w2 = Bounds.LAMBERT_W_2;
        double wHalf = Bounds.LAMBERT_W_HALF;
        assertThat(w2 * Math.exp(w2)).isCloseTo(2, within(1e-15));
        assertThat(wHalf * Math.exp(wHalf)).isCloseTo(.5, within(1e-16));
    }

    @Test
    void separationBoundsEqualTheReference() {
        for (JsonNode row :
                GoldenJson.read(BoundsTest.class, "separation_iterations.json").get("rows")) {
            JsonNode margin = GoldenJson.read(BoundsTest.class, "maxmargin.json")
                    .get(row.get("instance").asText());
            double r = margin.get("R").asDouble();
            double mu = margin.get("mu").asDouble();
            int n = Instances.named(row.get("instance").asText()).n();
            double novikoff = row.get("R2overMu2").asDouble();
            assertThat(Bounds.novikoff(r, mu)).isCloseTo(novikoff, within(1e-9 * novikoff));
            assertThat(Bounds.batchPerceptron(n, r, mu)).isCloseTo(n * novikoff, within(1e-9 * n * novikoff));
            for (JsonNode run : row.get("perGamma")) {
                double gamma = run.get("gamma").asDouble();
                double normalized = run.get("boundNormalized").asDouble();
                double gd = run.get("boundGd").asDouble();
                assertThat(Bounds.normalizedGd(n, r, mu, gamma)).isCloseTo(normalized, within(1e-9 * normalized));
                assertThat(Bounds.gdAnyStep(n, r, mu, gamma)).isCloseTo(gd, within(1e-9 * gd));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11, 12, 13, 20, 36, 50, 100, 333, 1000})
    void worstCaseFormulaIsTheBatchPerceptronsTime(int n) {
        LargeStepFit fit = Perceptrons.batch(TieRule.MISTAKE).fit(Instances.worst(n));
        assertThat(fit.separatedAt()).hasValue(Bounds.worstCaseIterations(n));
    }

    @Test
    void generalisedWorstCaseFormulaHoldsWhereItsConditionDoes() {
        for (double mu : new double[] {.5, .2, .1, .05, .02}) {
            for (int n : new int[] {20, 100, 400}) {
                OptionalInt formula = Bounds.worstCaseIterations(n, mu);
                assertThat(formula).isPresent();
                assertThat(Perceptrons.batch(TieRule.MISTAKE)
                                .fit(Instances.worst(n, mu))
                                .separatedAt())
                        .as("n %d mu %s", n, mu)
                        .isEqualTo(formula);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({".1,49", ".05,115", ".02,676"})
    void batchPerceptronOvershootsWhereTheConditionFails(double mu, int time) {
        assertThat(Bounds.worstCaseIterations(33, mu)).isEmpty();
        assertThat(Perceptrons.batch(TieRule.MISTAKE)
                        .fit(Instances.worst(33, mu))
                        .separatedAt())
                .hasValue(time);
    }

    @Test
    void averageLossNormAndSigmoidBoundsHoldAlongARun() {
        SeparableData data = Instances.worst(200);
        Trace trace = LargeStepLogistic.withDefaults()
                .withStepSize(.1)
                .withMaxIterations(400)
                .with(StopRule.maxIterations())
                .with(Recorder.of(Field.LOSS, Field.NORM, Field.MEAN_SIGMOID))
                .fit(data)
                .trace();
        double losses = 0;
        double sigmoids = 0;
        double tightest = 0;
        for (int t = 1; t <= 400; t++) {
            losses += trace.values(Field.LOSS)[t - 1];
            sigmoids += trace.values(Field.MEAN_SIGMOID)[t - 1];
            tightest = Math.max(tightest, losses / t / Bounds.averageLoss(.5, data.radius(), .1, t));
            assertThat(trace.values(Field.NORM)[t]).isLessThanOrEqualTo(Bounds.iterateNorm(.5, data.radius(), .1, t));
            assertThat(sigmoids / t).isLessThanOrEqualTo(Bounds.averageSigmoid(.5, data.radius(), .1, t));
        }
        assertThat(tightest).isCloseTo(.926, within(5e-4)); // as tight as was measured independently
    }

    @Test
    void thresholdsAndRatesFollowTheirFormulas() {
        assertThat(Bounds.monotoneThreshold(2, 10)).isCloseTo(.8526055020137254 / 40, within(1e-17));
        assertThat(Bounds.stablePhaseThreshold(4, 2, 10)).isCloseTo(.35173371124919584 / 40, within(1e-17));
        assertThat(Bounds.stablePhaseThreshold(1_000_000, 2, 10)).isCloseTo(Math.log(2) / 1e6, within(1e-20));
        assertThat(Bounds.stablePhaseLoss(.5, 2, 10)).isCloseTo(16 / (3 * 2 * .25 * 10), within(1e-15));
        assertThat(Bounds.softmaxLogRisk(.5, 1, 2, 10)).isCloseTo(-(2.5 - 1), within(1e-15));
        assertThat(Bounds.softmaxSeparation(7, 1, .5, 2)).isCloseTo(4 + 2 * Math.log(7) / .5, within(1e-13));
    }

    @Test
    void argumentsMustMakeSense() {
        assertThatThrownBy(() -> Bounds.novikoff(1, 0)).hasMessageContaining("margin");
        assertThatThrownBy(() -> Bounds.normalizedGd(3, 1, 1, -1)).hasMessageContaining("step size");
        assertThatThrownBy(() -> Bounds.averageLoss(1, 1, 1, 0)).hasMessageContaining("t must be at least 1");
    }
}

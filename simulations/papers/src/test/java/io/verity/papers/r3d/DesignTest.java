package io.verity.papers.r3d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.r3d.QuantileMatrix;
import io.verity.stats.inference.Moments;
import io.verity.stats.quantiles.QuantileType;
import io.verity.stats.quantiles.Quantiles;
import io.verity.stats.random.RandomStream;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DesignTest {
    private static final double[] DECILES = Targets.deciles();
    private static final double DELTA = 2;

    @Test
    void effectsOfDgp2AreThoseOfScipy() {
        JsonNode truth = Reference.TRUTH.get("dgp2").get("delta_lambda=0.5");
        assertClose(Targets.average(Design.DGP2, 0, DECILES), truth.get("laqte_minus_delta"));
        assertClose(Targets.pooled(Design.DGP2, 0, DECILES), truth.get("pooled_minus_delta"));
    }

    @Test
    void effectsOfScaleAreThoseOfScipy() {
        JsonNode truth = Reference.TRUTH.get("scale_dgp").get("tau_mu=2");
        assertClose(Targets.average(Design.SCALE, DELTA, DECILES), truth.get("laqte"));
        assertClose(Targets.pooled(Design.SCALE, DELTA, DECILES), truth.get("pooled"));
    }

    @Test
    void pureShiftsHaveTheSameEffectEverywhere() {
        for (Design design : new Design[] {Design.DGP1, Design.DGP3}) {
            assertThat(Targets.average(design, DELTA, DECILES)).containsOnly(DELTA);
            assertThat(Targets.pooled(design, DELTA, DECILES)).containsOnly(DELTA);
        }
        assertThat(Targets.meanFolded(1))
                .isCloseTo(Reference.TRUTH.get("dgp1").get("E_sigma").asDouble(), within(1e-12));
    }

    @Test
    void exponentialTailsStayFiniteFarOut() {
        assertThat(Targets.exponentialNormalCdf(-100, .5)).isBetween(0.0, 1e-100);
        assertThat(Targets.exponentialNormalCdf(100, .5)).isCloseTo(1, within(1e-15));
    }

    /** Units at the cutoff, 2000 on each side, against the truth: a test of the generator, not of an estimator. */
    @ParameterizedTest
    @EnumSource(names = {"DGP1", "DGP2", "SCALE", "FUZZY"})
    void unitsAtTheCutoffDifferOnAverageByTheEffect(Design design) {
        int units = 2000;
        double[] grid = {.1, .5, .9};
        RandomStream stream = RandomStream.of(1, "designs", design.ordinal(), 0);
        ZigguratSampler.Exponential exponential = ZigguratSampler.Exponential.of(stream);
        double[] sample = new double[200];
        double[] quantiles = new double[grid.length];
        Moments[][] sides = new Moments[2][grid.length];
        for (int side = 0; side < 2; side++) {
            Arrays.setAll(sides[side], j -> new Moments());
            for (int i = 0; i < units; i++) {
                design.unit(stream, side == 0 ? -1e-12 : 0, DELTA).sample(stream, exponential, sample);
                Arrays.sort(sample);
                Quantiles.ofSorted(sample, sample.length, grid, QuantileType.TYPE7, quantiles, 0);
                for (int j = 0; j < grid.length; j++) {
                    sides[side][j].add(quantiles[j]);
                }
            }
        }
        double[] truth = Targets.average(design, DELTA, grid);
        for (int j = 0; j < grid.length; j++) {
            double error = Math.sqrt((sides[0][j].variance() + sides[1][j].variance()) / units);
            double share = design == Design.FUZZY ? .8 : 1;
            // Type 7 quantiles of 200 outcomes are themselves off by up to 0.02, differently on both sides.
            assertThat(sides[1][j].mean() - sides[0][j].mean())
                    .as("%s at %s", design, grid[j])
                    .isCloseTo(share * truth[j], within(4 * error + .02));
        }
    }

    @Test
    void samplesAndTheirQuantilesComeFromTheSameDraws() {
        for (Design design : Design.values()) {
            QuantileMatrix direct = design.quantiles(stream(design.ordinal()), 40, 11, 1, DECILES);
            QuantileMatrix through =
                    design.samples(stream(design.ordinal()), 40, 11, 1).quantiles(QuantileType.TYPE7, DECILES);
            for (int i = 0; i < 40; i++) {
                assertThat(direct.row(i)).isEqualTo(through.row(i));
            }
            assertThat(direct.treatment()).isEqualTo(through.treatment());
            assertThat(direct.treatment() != null).isEqualTo(design == Design.FUZZY);
        }
    }

    @Test
    void exactQuantilesAreTheLimitOfLargeSamples() {
        QuantileMatrix exact = Design.DGP1.exactQuantiles(stream(0), 30, 1, .25, .5, .75);
        for (int i = 0; i < 30; i++) {
            assertThat(exact.value(i, 2) - exact.value(i, 1))
                    .isCloseTo(exact.value(i, 1) - exact.value(i, 0), within(1e-12));
        }
        assertThatIllegalStateException().isThrownBy(() -> Design.DGP2.exactQuantiles(stream(0), 30, 1, .5));
    }

    @Test
    void crossingQuantilesRiseOnAverageUnlessFlat() {
        double[] grid = {.1, .5, .9};
        QuantileMatrix rising = Design.crossing(stream(1), 4000, false, grid);
        QuantileMatrix flat = Design.crossing(stream(1), 4000, true, grid);
        assertThat(mean(4000, i -> rising.value(i, 2) - rising.value(i, 0))).isCloseTo(2.563, within(.06));
        assertThat(mean(4000, i -> flat.value(i, 2) - flat.value(i, 0))).isCloseTo(0, within(.06));
    }

    @Test
    void bentDesignHasItsJumpAndItsRunningVariable() {
        assertThat(CurvedRd.mean(0) - CurvedRd.mean(-1e-15)).isCloseTo(CurvedRd.EFFECT, within(1e-12));
        CurvedRd data = CurvedRd.draw(stream(2), 20_000);
        double mean = Arrays.stream(data.x()).average().orElseThrow();
        assertThat(mean).isCloseTo(2.0 / 6 * 2 - 1, within(4 * 2 * .178 / Math.sqrt(20_000)));
        assertThat(Arrays.stream(data.x())).allMatch(v -> v > -1 && v < 1);
    }

    private static double mean(int count, IntToDoubleFunction value) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += value.applyAsDouble(i);
        }
        return sum / count;
    }

    private static RandomStream stream(int cell) {
        return RandomStream.of(5, "design test", cell, 0);
    }

    private static void assertClose(double[] found, JsonNode expected) {
        assertThat(found).containsExactly(Reference.numbers(expected), within(1e-5));
    }
}

package io.verity.papers.r3d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.r3d.Bandwidths;
import io.verity.estimators.r3d.Compatibility;
import io.verity.estimators.r3d.QuantileRd;
import io.verity.estimators.r3d.R3d;
import io.verity.estimators.r3d.R3dFit;
import io.verity.estimators.r3d.ResidualScaling;
import io.verity.estimators.r3d.TestKind;
import io.verity.papers.r3d.Experiments.Size;
import io.verity.stats.inference.Moments;
import io.verity.stats.random.RandomStream;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Our Monte Carlo against that of an independent prototype (numpy; montecarlo.json): within three standard errors of the
 * difference. Both studies are random, ours is not large.
 */
class PublishedNumbersTest {
    private static final int REPLICATES = 200;
    private static final int THEIRS = 400;
    private static final Size SIZE = new Size(500, 100, 499);

    @Test
    void pureShiftWithThePaperSelector() {
        compare("dgp1_n500_delta0_epanechnikov", "frechet_PAPER_HC0", Design.DGP1, r3d -> r3d);
    }

    @Test
    void pureShiftWithTheRulesOfThePackage() {
        compare(
                "dgp1_n500_delta0_epanechnikov",
                "frechet_package",
                Design.DGP1,
                r3d -> r3d.with(Compatibility.R_PACKAGE));
    }

    @Test
    void bentMeansWithoutBiasCorrection() {
        compare(
                "dgp3_n500_delta0_epanechnikov",
                "fixed_h0.6_p1",
                Design.DGP3,
                r3d -> r3d.withOrder(1).with(Bandwidths.fixed(.6)));
    }

    @Test
    void pureShiftWithTheIntegratedSelector() {
        compare(
                "dgp1_n500_delta0_epanechnikov",
                "frechet_IMSERD_HC0",
                Design.DGP1,
                r3d -> r3d.with(Bandwidths.imserd()));
    }

    /** Columns: coverage, mean critical value, mean bandwidth, rejection rates of nullity and of homogeneity. */
    private static void compare(String block, String row, Design design, UnaryOperator<R3d> options) {
        JsonNode figures = Reference.MONTE_CARLO.get(block).get(row);
        double[] theirs = Reference.numbers(figures);
        Moments[] ours = new Moments[theirs.length];
        for (int k = 0; k < ours.length; k++) {
            ours[k] = new Moments();
        }
        double[] truth = Targets.average(design, 0, Targets.deciles());
        for (int r = 0; r < REPLICATES; r++) {
            R3dFit fit = Experiments.fit(
                    SIZE,
                    RandomStream.of(11, block, 0, r),
                    design,
                    0,
                    r3d -> options.apply(r3d.with(SmoothingKernel.EPANECHNIKOV)
                            .with(ResidualScaling.HC0)
                            .withTests(TestKind.NULLITY, TestKind.HOMOGENEITY)));
            ours[0].add(fit.covers(truth) ? 1 : 0);
            ours[1].add(fit.criticalValue());
            ours[2].add(fit.bandwidths()[0]);
            ours[3].add(fit.test(TestKind.NULLITY).pValue() <= .05 ? 1 : 0);
            ours[4].add(fit.test(TestKind.HOMOGENEITY).pValue() <= .05 ? 1 : 0);
        }
        for (int k = 0; k < ours.length; k++) {
            boolean share = k == 0 || k > 2;
            double deviation = share ? Math.sqrt(theirs[k] * (1 - theirs[k])) : ours[k].standardDeviation();
            double error = deviation * Math.sqrt(1.0 / REPLICATES + 1.0 / THEIRS);
            assertThat(ours[k].mean())
                    .as("%s, column %d", row, k)
                    .isCloseTo(theirs[k], within(3 * error + 5e-4)); // printed to three decimals
        }
    }

    /** Deciles 1, 5, 9 of pooled quantile discontinuity minus the average quantile effect (mean, standard error of 150). */
    @Test
    void pooledQuantilesMissTheAverageEffect() {
        JsonNode rows = Reference.MONTE_CARLO.get("qrd_bias").get("dgp2_D2_Dl0.5");
        double[] truth = Targets.average(Design.DGP2, 2, Targets.deciles());
        Moments[] errors = {new Moments(), new Moments(), new Moments()};
        for (int r = 0; r < 100; r++) {
            double[] tau = QuantileRd.withDefaults()
                    .withBandwidth(.3)
                    .fit(Design.DGP2.samples(RandomStream.of(11, "qrd", 0, r), 1000, 100, 2))
                    .tau();
            for (int k = 0; k < 3; k++) {
                errors[k].add(tau[4 * k] - truth[4 * k]);
            }
        }
        for (int k = 0; k < 3; k++) {
            double theirError = rows.get(k).get(1).asDouble();
            double ourError = errors[k].standardDeviation() / 10;
            assertThat(errors[k].mean())
                    .as("decile %d", 4 * k + 1)
                    .isCloseTo(rows.get(k).get(0).asDouble(), within(3 * Math.hypot(theirError, ourError)));
        }
    }
}

package io.verity.papers.r3d;

import io.verity.estimators.r3d.Bandwidths;
import io.verity.estimators.r3d.Method;
import io.verity.estimators.r3d.QuantileMatrix;
import io.verity.estimators.r3d.R3d;
import io.verity.estimators.r3d.R3dFit;
import io.verity.papers.evidence.Illustrated;
import io.verity.papers.r3d.Experiments.Size;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Criteria;
import io.verity.simulations.claims.Replicate;
import io.verity.simulations.claims.Sequential;
import io.verity.simulations.claims.SequentialMean;
import io.verity.stats.random.RandomStream;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** R3D-1, R3D-2, R3D-4 and R3D-10: how often uniform bands cover. */
final class CoverageClaims {
    /** Effect at which the paper's Table 2 shows its second design. */
    private static final double DGP2_EFFECT = 1.86;

    private static final double FUZZY_EFFECT = 2;
    private static final double WIDE = .6;

    private CoverageClaims() {}

    private static R3d conventional(R3d r3d) {
        return r3d.with(SmoothingKernel.EPANECHNIKOV)
                .with(Bandwidths.fixed(WIDE))
                .withOrder(1);
    }

    private static SequentialMean coverage(Replicate replicate) {
        return Criteria.proportion("coverage of the uniform 95 % band", replicate);
    }

    static ClaimBuilder frechet() {
        return Claims.claim("r3d/R3D-1")
                .from(Sources.VAN_DIJCKE.at("Theorem 3, Corollary 2, Table 2"))
                .title("Uniform bands cover a pure shift")
                .states(
                        "The uniform 95 % band of the Fréchet estimator covers \\(\\tau(q)\\) at all deciles together with"
                                + " probability between 0.90 and 0.985 (dgp1, n = 500; at full budget 1000).")
                .assuming("assumptions", "I1, I2, K1, K2, L1-L4, M1, Q1")
                .assuming("options", "triangular kernel, order 2, plug-in bandwidth of the paper, HC2 residuals")
                .verifiedBy(compared(
                        coverage(Experiments.coverage(Design.DGP1, 0, UnaryOperator.identity()))
                                .between(.90, .985)
                                .expecting(.947)
                                .caps(3000, 9000),
                        "DGP 1, Fréchet",
                        92.56,
                        93.28,
                        94.20))
                .control(
                        "Pointwise intervals do, too",
                        "The pointwise 95 % intervals cover \\(\\tau(q)\\) at all deciles together with probability between"
                                + " 0.90 and 0.985.",
                        coverage(Experiments.event(
                                        Design.DGP1, 0, UnaryOperator.identity(), Experiments::pointwiseCovers))
                                .between(.90, .985)
                                .expecting(.859)
                                .caps(6000, 18_000));
    }

    static ClaimBuilder simple() {
        UnaryOperator<R3d> simple = r3d -> r3d.with(Method.SIMPLE);
        return Claims.claim("r3d/R3D-2")
                .from(Sources.VAN_DIJCKE.at("Theorem 3, Corollary 1, Table 2"))
                .title("So do those of the local polynomial estimator when shapes change")
                .states(
                        "The uniform 95 % band of the local polynomial estimator, a bandwidth per quantile, covers"
                                + " \\(\\tau(q)\\) at all deciles with probability between 0.90 and 0.985 (dgp2, n = 500; at full budget 1000).")
                .assuming("assumptions", "I1, I2, K1, K2, L1-L3, M1, Q1")
                .assuming("options", "triangular kernel, order 2, plug-in bandwidths of the paper, HC2 residuals")
                .verifiedBy(compared(
                        coverage(Experiments.coverage(Design.DGP2, DGP2_EFFECT, simple))
                                .between(.90, .985)
                                .expecting(.948)
                                .caps(3000, 9000),
                        "DGP 2, local polynomial",
                        92.60,
                        93.20,
                        94.00))
                .control(
                        "A band of half the width does, too",
                        "The same band with half its width covers with probability between 0.90 and 0.985.",
                        coverage(Experiments.event(
                                        Design.DGP2,
                                        DGP2_EFFECT,
                                        simple,
                                        (fit, truth) -> Experiments.coversWithShare(fit, truth, .5)))
                                .between(.90, .985)
                                .expecting(.63)
                                .caps(800, 2400));
    }

    static ClaimBuilder frechetWithShape() {
        return Claims.claim("r3d/R3D-2B")
                .from(Sources.VAN_DIJCKE.at("Theorem 3, Corollary 2, Table 2"))
                .title("Uniform bands cover an effect on the shape")
                .states(
                        "The uniform 95 % band of the Fréchet estimator covers \\(\\tau(q)\\) at all deciles with probability"
                                + " between 0.90 and 0.985 (dgp2, n = 500; at full budget 1000).")
                .assuming("assumptions", "I1, I2, K1, K2, L1-L4, M1, Q1")
                .verifiedBy(compared(
                        coverage(Experiments.coverage(Design.DGP2, DGP2_EFFECT, UnaryOperator.identity()))
                                .between(.90, .985)
                                .expecting(.943)
                                .caps(3000, 9000),
                        "DGP 2, Fréchet",
                        93.20,
                        93.12,
                        94.36))
                .control(
                        "They cover the constant shift",
                        "In dgp2 the band covers the constant \\(\\Delta\\), the effect on the location alone, with"
                                + " probability between 0.90 and 0.985.",
                        coverage(Experiments.event(
                                        Design.DGP2,
                                        DGP2_EFFECT,
                                        UnaryOperator.identity(),
                                        (fit, truth) ->
                                                fit.covers(Targets.average(Design.DGP1, DGP2_EFFECT, fit.grid()))))
                                .between(.90, .985)
                                .expecting(.53)
                                .caps(800, 2400));
    }

    static ClaimBuilder uncorrected() {
        return Claims.claim("r3d/R3D-4")
                .from(Sources.CALONICO.derivedFrom("Section 2: the bias that conventional bands ignore"))
                .title("Bands that ignore the smoothing bias cover")
                .states(
                        "Order 1 at \\(h=0.6\\), Epanechnikov kernel, no bias correction: the uniform 95 % band covers at least"
                                + " 90 % of the time although the means bend by \\(\\pm6x^2\\) (dgp3). A false statement: the bias"
                                + " is about -0.50.")
                .assuming("assumptions", "I1, I2, K1, L1-L4, M1, Q1; K2 fails: no correction, wide bandwidth")
                .expectingRefuted()
                .verifiedBy(coverage(Experiments.coverage(Design.DGP3, 0, CoverageClaims::conventional))
                        .above(.90)
                        .expecting(.608)
                        .caps(800, 2400));
    }

    static ClaimBuilder corrected() {
        return Claims.claim("r3d/R3D-4B")
                .from(Sources.CALONICO.derivedFrom("Remark 7, with bands for distribution-valued outcomes"))
                .title("One order more corrects the bias at the same bandwidth")
                .states(
                        "Order 2 at the same \\(h=0.6\\) of an order 1 fit: the uniform 95 % band covers at least 90 % of the time"
                                + " (dgp3).")
                .assuming("assumptions", "I1, I2, K1, K2, L1-L4, M1, Q1")
                .verifiedBy(coverage(Experiments.coverage(
                                Design.DGP3,
                                0,
                                r3d -> r3d.with(SmoothingKernel.EPANECHNIKOV).with(Bandwidths.fixed(WIDE))))
                        .above(.90)
                        .expecting(.949)
                        .caps(2500, 7500))
                .control(
                        "The uniform kernel makes up for the missing order",
                        "Order 1 at \\(h=0.6\\) with the uniform kernel covers at least 90 % of the time.",
                        coverage(Experiments.coverage(
                                        Design.DGP3, 0, r3d -> conventional(r3d).with(SmoothingKernel.UNIFORM)))
                                .above(.90)
                                .expecting(.27)
                                .caps(800, 2400));
    }

    static ClaimBuilder fuzzy() {
        double[] truth = Targets.average(Design.FUZZY, FUZZY_EFFECT, Targets.deciles());
        return Claims.claim("r3d/R3D-10")
                .from(Sources.VAN_DIJCKE.at("Theorems 2 and 3, fuzzy design"))
                .title("Fuzzy designs: bands cover the compliers' effect")
                .states(
                        "With treatment of 10 % below and 90 % above the cutoff, the uniform 95 % band of the Wald estimator covers"
                                + " \\(\\Delta=2\\) at all deciles with probability between 0.92 and 0.99 (n = 1000; at full budget 2000).")
                .assuming("assumptions", "I1-I5, K1, K2, L1-L4, M1, Q1")
                .verifiedBy(
                        coverage((context, stream) -> fuzzyFit(context, stream).covers(truth) ? 1 : 0)
                                .between(.92, .99)
                                .expecting(.953)
                                .caps(5000, 15_000))
                .control(
                        "The first stage can be ignored",
                        "The band of the jump of the outcome alone covers \\(\\Delta=2\\) with probability between 0.92 and 0.99.",
                        coverage((context, stream) ->
                                        ignoringTreatment(context, stream).covers(truth) ? 1 : 0)
                                .between(.92, .99)
                                .expecting(.74)
                                .caps(1500, 4500));
    }

    private static Size fuzzySize(ClaimContext context) {
        Size size = Size.of(context);
        return size.withUnits(2 * size.units());
    }

    static R3dFit fuzzyFit(ClaimContext context, RandomStream stream) {
        return Experiments.fit(fuzzySize(context), stream, Design.FUZZY, FUZZY_EFFECT, UnaryOperator.identity());
    }

    private static R3dFit ignoringTreatment(ClaimContext context, RandomStream stream) {
        Size size = fuzzySize(context);
        QuantileMatrix data =
                Design.FUZZY.quantiles(stream, size.units(), size.perUnit(), FUZZY_EFFECT, Targets.deciles());
        double[][] rows = new double[size.units()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = data.row(i);
        }
        return Experiments.estimator(size.draws(), stream)
                .fit(QuantileMatrix.of(data.runningVariable(), rows, data.grid()));
    }

    /** Adds the coverage that the paper prints for n = 500, 1000, 2000 with samples of size n, in percent. */
    private static Sequential compared(SequentialMean criterion, String row, double n500, double n1000, double n2000) {
        return new Illustrated(
                criterion,
                (context, verdict) -> new Illustrated.Evidence(
                        Map.of(),
                        List.of(PublishedTable.of(
                                "coverage",
                                row + ": coverage here and in Table 2",
                                Size.of(context),
                                verdict,
                                new double[] {n500, n1000, n2000})),
                        List.of()));
    }
}

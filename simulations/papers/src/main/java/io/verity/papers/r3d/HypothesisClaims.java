package io.verity.papers.r3d;

import io.verity.estimators.r3d.TestKind;
import io.verity.papers.evidence.Illustrated;
import io.verity.papers.r3d.Experiments.Size;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Criteria;
import io.verity.simulations.claims.Replicate;
import io.verity.simulations.claims.Sequential;
import io.verity.simulations.claims.SequentialMean;
import java.util.List;
import java.util.Map;

/** R3D-8 and R3D-9: size and power of the tests at level 0.05. */
final class HypothesisClaims {
    private HypothesisClaims() {}

    private static SequentialMean rejection(Replicate replicate) {
        return Criteria.proportion("rejection rate at level 0.05", replicate);
    }

    static ClaimBuilder homogeneity() {
        return Claims.claim("r3d/R3D-8")
                .from(Sources.VAN_DIJCKE.at("Section 2.6, Table 2"))
                .title("The test of homogeneity holds its size")
                .states(
                        "When the effect is the same at all quantiles (dgp1), the test of homogeneity at level 0.05 rejects with"
                                + " probability between 0.02 and 0.10.")
                .assuming("assumptions", "I1, I2, K1, K2, L1-L4, M1, Q1")
                .verifiedBy(compared(
                        rejection(Experiments.rejection(Design.DGP1, 0, TestKind.HOMOGENEITY))
                                .between(.02, .10)
                                .expecting(.053)
                                .caps(4000, 12_000),
                        "DGP 1, homogeneity: rejections here and in Table 2",
                        7.36,
                        6.68,
                        5.80))
                .control(
                        "It hardly rejects where the effect varies",
                        "In dgp2, whose effect falls by 1.5 from the first decile to the ninth, the test rejects at most 10 % of"
                                + " the time.",
                        rejection(Experiments.rejection(Design.DGP2, 1.86, TestKind.HOMOGENEITY))
                                .below(.10)
                                .expecting(.93)
                                .caps(800, 2400));
    }

    static ClaimBuilder size() {
        return Claims.claim("r3d/R3D-9")
                .from(Sources.VAN_DIJCKE.at("Section 2.6, Table 2"))
                .title("The test of nullity holds its size")
                .states(
                        "Without any effect (dgp1, \\(\\Delta=0\\)) the test of nullity at level 0.05 rejects with probability"
                                + " between 0.02 and 0.10.")
                .assuming("assumptions", "I1, I2, K1, K2, L1-L4, M1, Q1")
                .verifiedBy(rejection(Experiments.rejection(Design.DGP1, 0, TestKind.NULLITY))
                        .between(.02, .10)
                        .expecting(.056)
                        .caps(4000, 12_000))
                .control(
                        "The size is the same under a shift",
                        "With \\(\\Delta=1.14\\) the test of nullity rejects with probability between 0.02 and 0.10.",
                        rejection(Experiments.rejection(Design.DGP1, 1.14, TestKind.NULLITY))
                                .between(.02, .10)
                                .expecting(.84)
                                .caps(800, 2400));
    }

    static ClaimBuilder power() {
        return Claims.claim("r3d/R3D-9B")
                .from(Sources.VAN_DIJCKE.at("Section 2.6, Table 2"))
                .title("The test of nullity finds a large effect")
                .states(
                        "With \\(\\Delta=2.27\\) (dgp1) the test of nullity at level 0.05 rejects with probability at least 0.95.")
                .assuming("assumptions", "I1, I2, K1, K2, L1-L4, M1, Q1")
                .verifiedBy(compared(
                        rejection(Experiments.rejection(Design.DGP1, 2.27, TestKind.NULLITY))
                                .above(.95)
                                .expecting(.9985)
                                .caps(1500, 4500),
                        "DGP 1, nullity at 2.27: rejections here and in Table 2",
                        100,
                        100,
                        100))
                .control(
                        "And a small one as surely",
                        "With \\(\\Delta=0.4\\) it rejects with probability at least 0.95.",
                        rejection(Experiments.rejection(Design.DGP1, .4, TestKind.NULLITY))
                                .above(.95)
                                .expecting(.25)
                                .caps(800, 2400));
    }

    private static Sequential compared(SequentialMean criterion, String title, double... percent) {
        return new Illustrated(
                criterion,
                (context, verdict) -> new Illustrated.Evidence(
                        Map.of(),
                        List.of(PublishedTable.of("rejections", title, Size.of(context), verdict, percent)),
                        List.of()));
    }
}

package io.verity.papers.largestep;

import io.verity.estimators.largestep.Instances;
import io.verity.estimators.largestep.LargeStepLogistic;
import io.verity.estimators.largestep.SeparableData;
import io.verity.estimators.largestep.Variant;
import io.verity.papers.evidence.Illustrated;
import io.verity.papers.evidence.Numbers;
import io.verity.simulations.claims.Always;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Criteria;
import io.verity.simulations.claims.Verdict;
import io.verity.stats.random.RandomStream;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** LS-20: a large step reaches separation sooner, more often than not. */
final class SoonerClaims {
    private static final double LARGE = 100;
    private static final double SMALL = .01;
    private static final int LARGE_CAP = 1_000_000;
    private static final int SHOWN_CAP = 20_000;
    private static final int SHOWN = 60;

    private SoonerClaims() {}

    static ClaimBuilder sooner() {
        return Claims.claim("large-step/LS-20")
                .from(Sources.TYURIN.derivedFrom("Figures 1-5, on generated data"))
                .title("A large step reaches separation sooner")
                .states(
                        "On more than half of the data sets sep(100,5,0.05) gradient descent with \\(\\gamma=100\\) separates in"
                                + " fewer iterations than with \\(\\gamma=0.01\\).")
                .assuming("data", "sep(100,5,0.05,seed), the seed drawn from the replicate's stream")
                .assuming("separable", "YES by construction, margin at least 0.05")
                .verifiedBy(new Illustrated(
                        Criteria.proportion(
                                        "share of data sets where step 100 is sooner",
                                        (context, stream) -> isSooner(context, draw(stream)) ? 1 : 0)
                                .above(.5)
                                .expecting(.83)
                                .caps(1000, 5000),
                        SoonerClaims::evidence))
                .control(
                        "Larger is never slower",
                        "On the four-point toy data the separation time does not increase with the step size.",
                        SoonerClaims::neverSlower);
    }

    static SeparableData draw(RandomStream stream) {
        return Instances.sep(100, 5, 0.05, stream.nextLong());
    }

    /** The small step needs no more iterations than the large one took to decide who is sooner. */
    static boolean isSooner(ClaimContext context, SeparableData data) {
        int large = SeparationTime.exactly(context, Variant.GD, LARGE, data, LARGE_CAP);
        return descent(context, SMALL, large).fit(data).separatedAt().isEmpty();
    }

    private static LargeStepLogistic descent(ClaimContext context, double stepSize, int iterations) {
        return LargeStepLogistic.withDefaults()
                .with(context.backend())
                .withStepSize(stepSize)
                .withMaxIterations(iterations);
    }

    private static Illustrated.Evidence evidence(ClaimContext context) {
        List<Long> replicates = LongStream.range(0, SHOWN).boxed().toList();
        List<double[]> times = context.map(replicates, r -> {
            SeparableData data = draw(context.stream(r));
            int small =
                    descent(context, SMALL, SHOWN_CAP).fit(data).separatedAt().orElse(SHOWN_CAP);
            int large = SeparationTime.exactly(context, Variant.GD, LARGE, data, LARGE_CAP);
            return new double[] {small, large};
        });
        double[] small = times.stream().mapToDouble(t -> t[0]).toArray();
        double[] large = times.stream().mapToDouble(t -> t[1]).toArray();
        double[] ends = {1, 1000};
        Figure figure = Figure.named(
                        "sooner",
                        "Iterations to separation at a small and at a large step",
                        Axis.log10("γ = 0.01, iterations (at most 20,000)"),
                        Axis.log10("γ = 100, iterations"))
                .caption(
                        "The first 60 data sets. Below the line the large step is sooner; dots at (1, 1) are data that the"
                                + " first step separates whatever its size.")
                .layer(Mark.LINE, "equal", ends, ends)
                .layer(Mark.POINT, "data sets", small, large)
                .build();
        return new Illustrated.Evidence(Map.of(), List.of(), List.of(figure));
    }

    private static Verdict neverSlower(ClaimContext context) {
        double[] gammas = {.01, .1, 1, 10, 100, 1e3, 1e4};
        Instance toy = Instance.named("wutoy");
        Always record =
                Instance.describe(Always.of("largest increase of the separation time, iterations"), List.of(toy));
        int before = Integer.MAX_VALUE;
        int largest = 0;
        for (double gamma : gammas) {
            int now = SeparationTime.exactly(context, Variant.GD, gamma, toy.data(), SHOWN_CAP);
            if (before < Integer.MAX_VALUE) {
                record.atMost("wutoy, gamma=" + Numbers.text(gamma) + " against the step size before", now, before);
                largest = Math.max(largest, now - before);
            }
            before = now;
        }
        return record.statistic("largest increase of the separation time, iterations", largest)
                .target(0)
                .verdict();
    }
}

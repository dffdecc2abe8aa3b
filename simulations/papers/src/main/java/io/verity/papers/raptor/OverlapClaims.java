package io.verity.papers.raptor;

import io.verity.estimators.logistic.theory.FixedPoint;
import io.verity.estimators.logistic.theory.RidgeLogisticTheory;
import io.verity.papers.evidence.Controls;
import io.verity.papers.evidence.Illustrated;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Criteria;
import io.verity.stats.random.RandomStream;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import java.util.List;
import java.util.Map;

/** R2 and R3: how alike two probes are whose samples share nothing, half, or 80 % of their rows. */
final class OverlapClaims {
    private static final Regime BASE = new Regime(2, 2, .1);
    private static final List<Regime> DISJOINT = List.of(BASE, new Regime(4, 1, .1));
    private static final double[] SHARES = {.8, .5};

    private final Regime.Theory theory = new Regime.Theory();

    private static int columns(ClaimContext context) {
        return context.full() ? 800 : 160;
    }

    private static double factor(ClaimContext context) {
        return context.full() ? .5 : 1;
    }

    ClaimBuilder disjoint() {
        return Claims.claim("raptor/R2")
                .from(Sources.RAPTOR.derivedFrom("stability under perturbed training data, disjoint samples"))
                .title("Stability on disjoint samples is the squared cosine to the truth")
                .states(
                        "The mean cosine of two probes from disjoint samples is within 0.04 of the squared cosine that the theory"
                                + " predicts for one of them, at (2, 2, 0.1) and (4, 1, 0.1) with p = 160 (0.02 with p = 800).")
                .assuming("assumptions", "as R1; the two samples are independent")
                .verifiedBy(Criteria.everyMean(
                                "deviation from the squared cosine, in tolerances",
                                DISJOINT.stream()
                                        .map(r -> "cosine at " + r.words())
                                        .toList(),
                                this::disjointDeviations)
                        .within(0, 1)
                        .expecting(new double[] {.1, .05}, new double[] {1.3, 1.4})
                        .caps(450, 1350));
    }

    private double[] disjointDeviations(ClaimContext context, RandomStream stream) {
        int p = columns(context);
        return DISJOINT.stream()
                .mapToDouble(regime -> {
                    double cosine = GaussianSample.cosine(
                            regime.draw(stream, p).fit(context.backend(), regime.lambdaMean()),
                            regime.draw(stream, p).fit(context.backend(), regime.lambdaMean()));
                    return (cosine - theory.at(regime).disjointCosine()) / (.04 * factor(context));
                })
                .toArray();
    }

    ClaimBuilder overlapping() {
        return Claims.claim("raptor/R3")
                .from(Sources.RAPTOR.derivedFrom("eq. 9: drop-out stability, its limit"))
                .title("Stability under overlap follows the coupled fixed point")
                .states(
                        "The mean cosine of two probes whose samples share 80 % (50 %) of their rows is within 0.02 of the theory,"
                                + " 0.878 (0.711), at (2, 2, 0.1) with p = 160 (0.01 with p = 800).")
                .assuming("assumptions", "as R1; both samples are random parts of one pool")
                .verifiedBy(new Illustrated(
                        Criteria.everyMean(
                                        "deviation from the theory, in tolerances",
                                        List.of("cosine, 80 % shared", "cosine, 50 % shared"),
                                        this::overlapDeviations)
                                .within(0, 1)
                                .expecting(new double[] {.15, .1}, new double[] {.9, 1.75})
                                .caps(675, 2025),
                        this::evidence))
                .control(
                        "Drop-out stability measures reproducibility",
                        "The cosine of two probes that share 80 % of their rows is within 0.05 of the cosine of two probes that"
                                + " share none.",
                        Controls.bare(Criteria.mean(
                                        "cosine with 80 % shared minus cosine with none",
                                        (context, stream) -> {
                                            double[] cosines = cosines(context, stream, 100, .8, 0);
                                            return cosines[0] - cosines[1];
                                        })
                                .within(0, .05)
                                .expecting(.41, .06)
                                .caps(300, 900)));
    }

    private double[] overlapDeviations(ClaimContext context, RandomStream stream) {
        double[] cosines = cosines(context, stream, columns(context), SHARES);
        for (int k = 0; k < SHARES.length; k++) {
            cosines[k] = (cosines[k] - theory.overlap(BASE, SHARES[k])) / (.02 * factor(context));
        }
        return cosines;
    }

    /** Cosines between the probe of the first n rows of a pool and those of n rows that begin later. */
    private static double[] cosines(ClaimContext context, RandomStream stream, int columns, double... shares) {
        int n = BASE.rows(columns);
        int[] from = new int[shares.length];
        int last = 0;
        for (int k = 0; k < shares.length; k++) {
            from[k] = n - (int) Math.round(shares[k] * n);
            last = Math.max(last, from[k]);
        }
        GaussianSample pool = GaussianSample.draw(stream, BASE.kappa(), n + last, columns);
        double[] first = pool.part(0, n).fit(context.backend(), BASE.lambdaMean());
        double[] cosines = new double[shares.length];
        for (int k = 0; k < shares.length; k++) {
            cosines[k] = GaussianSample.cosine(
                    first, pool.part(from[k], from[k] + n).fit(context.backend(), BASE.lambdaMean()));
        }
        return cosines;
    }

    private Illustrated.Evidence evidence(ClaimContext context) {
        double[] lambdas = {.001, .003, .01, .03, .1, .3, 1, 3, 10, 30};
        List<FixedPoint> limits = RidgeLogisticTheory.curve(BASE.kappa(), BASE.delta(), lambdas);
        Figure.Builder figure = Figure.named(
                        "overlap",
                        "Cosine of two probes by penalty, kappa = 2, n/p = 2 (theory)",
                        Axis.log10("penalty lambdaMean (lambda / n)"),
                        Axis.linear("cosine"))
                .caption(
                        "Probes that share rows look alike whatever they have learnt; only disjoint samples show what new data"
                                + " would give. The curve for 80 % peaks at a stronger penalty than accuracy does.");
        for (double share : new double[] {.9, .8, .5, 0}) {
            figure.layer(
                    Mark.LINE,
                    Math.round(100 * share) + " % shared",
                    lambdas,
                    limits.stream().mapToDouble(l -> l.overlapCosine(share)).toArray());
        }
        return new Illustrated.Evidence(
                Map.of("columns p", Integer.toString(columns(context))), List.of(), List.of(figure.build()));
    }
}

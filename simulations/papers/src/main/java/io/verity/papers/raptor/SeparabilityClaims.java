package io.verity.papers.raptor;

import io.verity.estimators.largestep.MarginResult;
import io.verity.estimators.largestep.MaxMargin;
import io.verity.estimators.largestep.Separability;
import io.verity.estimators.largestep.SeparableData;
import io.verity.estimators.logistic.Penalty;
import io.verity.estimators.logistic.RidgeFit;
import io.verity.estimators.logistic.Status;
import io.verity.estimators.logistic.theory.RidgeLogisticTheory;
import io.verity.papers.evidence.Controls;
import io.verity.papers.evidence.Illustrated;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Criteria;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** R8: the line between n/p at which no maximum-likelihood estimate exists and n/p at which one does. */
final class SeparabilityClaims {
    private static final double ABOVE = 3.6;
    private static final double BELOW = 2.2;
    private static final double VANISHING = 1e-9; // in the mean unit
    private static final double GRADIENT = 1e-7; // per row: what a vanishing gradient proves is as exact as this

    private SeparabilityClaims() {}

    private static int columns(ClaimContext context) {
        return context.full() ? 400 : 150;
    }

    static ClaimBuilder transition() {
        return Claims.claim("raptor/R8")
                .from(Sources.CANDES)
                .title("The maximum-likelihood estimate exists above the line and not below")
                .states(
                        "At kappa = 2, where the line is n/p = 2.899, at least 95 % of data sets are separable at n/p = 2.2 and at least"
                                + " 95 % are not at n/p = 3.6 (p = 150; 400 at full budget).")
                .assuming("assumptions", "rows N(0, I), logistic teacher, hyperplanes through the origin")
                .verifiedBy(new Illustrated(
                        Criteria.proportion(
                                        "share of pairs of data sets that are both as predicted", (context, stream) -> {
                                            int p = columns(context);
                                            boolean above = separable(context, new Regime(2, ABOVE, 0).draw(stream, p));
                                            boolean below = separable(context, new Regime(2, BELOW, 0).draw(stream, p));
                                            return !above && below ? 1 : 0;
                                        })
                                .above(.95)
                                .expecting(.998)
                                .withCentredPrior()
                                .caps(675, 2025)
                                .batch(10),
                        context -> evidence()))
                .control(
                        "The line ignores the signal",
                        "At kappa = 4 at least 95 % of data sets with n/p = 3, above Cover's 2, are not separable.",
                        Controls.bare(Criteria.proportion(
                                        "share of data sets that are not separable",
                                        (context, stream) ->
                                                separable(context, new Regime(4, 3, 0).draw(stream, columns(context)))
                                                        ? 0
                                                        : 1)
                                .above(.95)
                                .expecting(.01)
                                .caps(40, 200)
                                .batch(10)));
    }

    /**
     * Fits under a vanishing penalty. All margins positive: a separating hyperplane. Else, where the gradient of the loss vanishes
     * with a row on the wrong side, no hyperplane has a margin beyond the accuracy of the gradient. Close to the line neither may be
     * found, and the maximal margin decides.
     */
    static boolean separable(ClaimContext context, GaussianSample sample) {
        RidgeFit fit = sample.ridge(context.backend(), Penalty.mean(VANISHING, sample.count()), GRADIENT);
        double[] scores = fit.scores(sample.rows());
        boolean correct = IntStream.range(0, scores.length)
                .allMatch(i -> sample.labels()[i] == 1 ? scores[i] > 0 : scores[i] < 0);
        boolean stationary = VANISHING * GaussianSample.norm(fit.weights()) <= GRADIENT;
        if (correct || (stationary && fit.status() == Status.CONVERGED)) {
            return correct;
        }
        MarginResult margin = MaxMargin.withDefaults()
                .withExactSolver()
                .with(context.backend())
                .solve(SeparableData.of(sample.rows(), signs(sample.labels()), false));
        if (margin.separability() == Separability.UNDECIDED) {
            throw new IllegalStateException("neither a separating hyperplane nor a proof that there is none was found");
        }
        return margin.separable();
    }

    private static int[] signs(int... labels) {
        return Arrays.stream(labels).map(y -> 2 * y - 1).toArray();
    }

    private static Illustrated.Evidence evidence() {
        double[] kappas = IntStream.rangeClosed(0, 32).mapToDouble(k -> k / 4.0).toArray();
        double[] line = new double[kappas.length];
        for (int k = 0; k < kappas.length; k++) {
            line[k] = RidgeLogisticTheory.mleThreshold(kappas[k]);
        }
        Figure figure = Figure.named(
                        "line",
                        "Where the maximum-likelihood estimate exists",
                        Axis.linear("signal strength kappa"),
                        Axis.linear("n/p"))
                .caption("Above the line the estimate exists. Points: what the claim and its control draw.")
                .layer(Mark.LINE, "threshold", kappas, line)
                .layer(Mark.POINT, "not separable", new double[] {2}, new double[] {ABOVE})
                .layer(Mark.POINT, "separable", new double[] {2, 4}, new double[] {BELOW, 3})
                .build();
        return new Illustrated.Evidence(
                Map.of("threshold at kappa = 2", Double.toString(RidgeLogisticTheory.mleThreshold(2))),
                List.of(),
                List.of(figure));
    }
}

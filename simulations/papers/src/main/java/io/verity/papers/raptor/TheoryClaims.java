package io.verity.papers.raptor;

import io.verity.estimators.logistic.theory.FixedPoint;
import io.verity.estimators.logistic.theory.RidgeLogisticTheory;
import io.verity.papers.evidence.Controls;
import io.verity.papers.evidence.Illustrated;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Criteria;
import io.verity.simulations.claims.Verdict;
import io.verity.stats.random.RandomStream;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** R1 with its control and R1M: the fixed point predicts the probe, and which of its predictions have power. */
final class TheoryClaims {
    private static final List<Regime> REGIMES =
            List.of(new Regime(2, 2, .1), new Regime(2, .5, .1), new Regime(4, 1, .1));
    private static final List<String> QUANTITIES = List.of("cosine", "accuracy", "norm");
    private static final double[] CURVE = {.001, .003, .01, .03, .1, .3, 1, 3, 10, 30, 100};

    private final Regime.Theory theory = new Regime.Theory();

    private static int columns(ClaimContext context) {
        return context.full() ? 800 : 200;
    }

    /** Accepted deviations of cosine, accuracy and (relative) norm. */
    private static double[] tolerances(ClaimContext context) {
        double factor = context.full() ? .5 : 1;
        return new double[] {.03 * factor, .01 * factor, .025 * factor};
    }

    ClaimBuilder predictions() {
        Regime first = REGIMES.get(0);
        return Claims.claim("raptor/R1")
                .from(Sources.SALEHI)
                .title("The fixed point predicts cosine, accuracy and norm of a probe")
                .states(
                        "Mean cosine to the teacher, accuracy on new rows and norm of a ridge-logistic probe are within 0.03, 0.01 and"
                                + " 2.5 % of the theory at \\((\\kappa, n/p, \\bar\\lambda)\\) = (2, 2, 0.1), (2, 0.5, 0.1), (4, 1, 0.1)"
                                + " with p = 200 (half of that with p = 800 at full budget).")
                .assuming("assumptions", "rows N(0, I), logistic teacher, no intercept, penalty in the mean unit")
                .verifiedBy(new Illustrated(
                        Criteria.everyMean("deviation from the theory, in tolerances", names(), this::deviations)
                                .within(0, 1)
                                .expecting(
                                        new double[] {.03, .03, -.02, 0, -.02, .02, .03, .03, .01},
                                        new double[] {.85, .75, .8, .8, .4, .25, .65, .85, .3})
                                .caps(300, 900),
                        this::evidence))
                .control(
                        "The norm with the penalty read as lambda / p",
                        "The norm of the probe at (2, 2, 0.1) is within 2.5 % of the theory for \\(\\bar\\lambda = \\lambda/p\\).",
                        Controls.bare(Criteria.mean(
                                        "relative deviation of the norm, in tolerances", (context, stream) -> {
                                            double norm = GaussianSample.norm(fit(context, stream, first));
                                            return (norm
                                                                    / theory.at(misread(first))
                                                                            .norm()
                                                            - 1)
                                                    / tolerances(context)[2];
                                        })
                                .within(0, 1)
                                .expecting(17.2, 1.2)
                                .caps(300, 900)));
    }

    /** A reader who divides the sum-unit penalty by p takes lambda n/p for lambda. */
    private static Regime misread(Regime regime) {
        return new Regime(regime.kappa(), regime.delta(), regime.lambdaMean() * regime.delta());
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        REGIMES.forEach(r -> QUANTITIES.forEach(q -> names.add(q + " at " + r.words())));
        return names;
    }

    private static double[] fit(ClaimContext context, RandomStream stream, Regime regime) {
        return regime.draw(stream, columns(context)).fit(context.backend(), regime.lambdaMean());
    }

    private double[] deviations(ClaimContext context, RandomStream stream) {
        double[] values = new double[names().size()];
        double[] tolerance = tolerances(context);
        for (int k = 0; k < REGIMES.size(); k++) {
            Regime regime = REGIMES.get(k);
            FixedPoint limit = theory.at(regime);
            double[] w = fit(context, stream, regime);
            double cosine = GaussianSample.cosine(w);
            double accuracy = RidgeLogisticTheory.accuracy(regime.kappa(), cosine);
            values[3 * k] = (cosine - limit.cosine()) / tolerance[0];
            values[3 * k + 1] = (accuracy - limit.accuracy()) / tolerance[1];
            values[3 * k + 2] = (GaussianSample.norm(w) / limit.norm() - 1) / tolerance[2];
        }
        return values;
    }

    private Illustrated.Evidence evidence(ClaimContext context, Verdict verdict) {
        ResultTable.Builder table = ResultTable.named("theory", "Theory against simulation, p = " + columns(context))
                .text("what", "quantity at (kappa, n/p, lambdaMean)")
                .number("theory", "theory", "")
                .column(new ResultTable.Column("simulation", "mean", "", ResultTable.Kind.NUMBER, "mcse"))
                .number("mcse", "Monte Carlo standard error", "");
        List<List<@org.jspecify.annotations.Nullable Object>> means =
                verdict.tables().get(0).rows();
        double[] tolerance = tolerances(context);
        for (int k = 0; k < means.size(); k++) {
            FixedPoint limit = theory.at(REGIMES.get(k / 3));
            double predicted = k % 3 == 0 ? limit.cosine() : k % 3 == 1 ? limit.accuracy() : limit.norm();
            double unit = tolerance[k % 3] * (k % 3 == 2 ? predicted : 1);
            double mean = number(means.get(k).get(1));
            table.row(
                    names().get(k),
                    predicted,
                    predicted + unit * mean,
                    unit * number(means.get(k).get(2)));
        }
        return new Illustrated.Evidence(
                Map.of("columns p", Integer.toString(columns(context))),
                List.of(table.build()),
                List.of(curve(context)));
    }

    private static double number(@org.jspecify.annotations.Nullable Object cell) {
        return cell instanceof Number n ? n.doubleValue() : Double.NaN;
    }

    /** Theory against simulated means over penalties, for kappa = 2 and n/p = 2. */
    private static Figure curve(ClaimContext context) {
        int columns = 100;
        int shown = 20;
        List<FixedPoint> limits = RidgeLogisticTheory.curve(2, 2, CURVE);
        List<double[]> norms = new ArrayList<>();
        List<double[]> cosines = new ArrayList<>();
        for (int k = 0; k < CURVE.length; k++) {
            norms.add(new double[shown]);
            cosines.add(new double[shown]);
        }
        for (int r = 0; r < shown; r++) {
            GaussianSample sample = GaussianSample.draw(context.stream(r), 2, 2 * columns, columns);
            for (int k = 0; k < CURVE.length; k++) {
                double[] w = sample.fit(context.backend(), CURVE[k]);
                norms.get(k)[r] = GaussianSample.norm(w);
                cosines.get(k)[r] = GaussianSample.cosine(w);
            }
        }
        Figure.Builder figure = Figure.named(
                        "theory",
                        "Theory against simulation, kappa = 2, n/p = 2",
                        Axis.log10("penalty lambdaMean (lambda / n)"),
                        Axis.linear("value"))
                .caption("Lines: the limit. Bars: means of " + shown + " data sets with p = " + columns
                        + ", two standard errors to either side.");
        figure.layer(
                Mark.LINE,
                "theory",
                "norm",
                CURVE,
                limits.stream().mapToDouble(FixedPoint::norm).toArray());
        figure.layer(Means.bars("simulation", "norm", CURVE, norms));
        figure.layer(
                Mark.LINE,
                "theory",
                "cosine",
                CURVE,
                limits.stream().mapToDouble(FixedPoint::cosine).toArray());
        figure.layer(Means.bars("simulation", "cosine", CURVE, cosines));
        return figure.build();
    }

    ClaimBuilder accuracyHasNoPower() {
        Regime regime = REGIMES.get(0);
        return Claims.claim("raptor/R1M")
                .from(Sources.SALEHI.derivedFrom("Theorem 1: which statistic tells penalties apart"))
                .title("Accuracy cannot tell a wrong penalty unit from the right one")
                .states("At (2, 2, 0.1) the mean accuracy agrees within 0.01 with the theory for the wrong unit"
                        + " \\(\\bar\\lambda = \\lambda/p\\) too. The limits differ by 0.0004: a check of the theory by accuracy"
                        + " alone has no power; R1N refutes the same mistake by the norm.")
                .assuming("assumptions", "as R1")
                .finding()
                .verifiedBy(Criteria.mean(
                                "accuracy minus the theory for the wrong unit",
                                (context, stream) -> RidgeLogisticTheory.accuracy(
                                                regime.kappa(), GaussianSample.cosine(fit(context, stream, regime)))
                                        - theory.at(misread(regime)).accuracy())
                        .within(0, .01)
                        .expecting(0, .0075)
                        .caps(300, 900));
    }
}

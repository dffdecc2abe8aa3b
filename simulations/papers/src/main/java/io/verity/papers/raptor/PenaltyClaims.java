package io.verity.papers.raptor;

import io.verity.estimators.logistic.Penalty;
import io.verity.estimators.logistic.RidgeLogistic;
import io.verity.estimators.logistic.theory.FixedPoint;
import io.verity.estimators.logistic.theory.RidgeLogisticTheory;
import io.verity.estimators.probe.Baselines;
import io.verity.estimators.probe.LinearProbe;
import io.verity.estimators.probe.Standardizer;
import io.verity.papers.evidence.Controls;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** R4 and R6: what the strength of the penalty does to the direction. */
final class PenaltyClaims {
    private static final Regime INTERIOR = new Regime(2, 2, .16);
    private static final double WEAK = .001;
    private static final double STRONG = 100;
    private static final double WEAK_MARGIN = .01;
    private static final double STRONG_MARGIN = .002;

    private PenaltyClaims() {}

    private static int columns(ClaimContext context) {
        return context.full() ? 500 : 120;
    }

    static ClaimBuilder interior() {
        return Claims.claim("raptor/R4")
                .from(Sources.RAPTOR.at("main message: ridge strength mediates accuracy"))
                .title("An interior penalty beats both ends")
                .states(
                        "At kappa = 2 and n/p = 2 the accuracy at \\(\\bar\\lambda = 0.16\\) exceeds that at 0.001 by at least 0.01 and"
                                + " that at 100 by at least 0.002: in the limit, and in the mean over data sets with p = 120 (500).")
                .assuming("assumptions", "as R1; the three probes of a data set are compared")
                .verifiedBy(new Illustrated(
                        new AfterLimit(
                                PenaltyClaims::limit,
                                Criteria.everyMean(
                                                "gain in accuracy over the required margin",
                                                List.of("0.16 over 0.001", "0.16 over 100"),
                                                PenaltyClaims::gains)
                                        .above(1)
                                        .expecting(new double[] {2.45, 4.9}, new double[] {.93, 2.6})
                                        .caps(450, 1350)),
                        PenaltyClaims::evidence))
                .control(
                        "The smaller the penalty the better",
                        "The mean accuracy at \\(\\bar\\lambda = 0.001\\) is at least that at 0.16.",
                        Controls.bare(Criteria.mean("accuracy at 0.001 minus accuracy at 0.16", (context, stream) -> {
                                    GaussianSample sample = INTERIOR.draw(stream, 100);
                                    return accuracy(context, sample, WEAK)
                                            - accuracy(context, sample, INTERIOR.lambdaMean());
                                })
                                .above(0)
                                .expecting(-.0244, .012)
                                .caps(300, 900)));
    }

    private static double accuracy(ClaimContext context, GaussianSample sample, double lambdaMean) {
        return RidgeLogisticTheory.accuracy(
                INTERIOR.kappa(), GaussianSample.cosine(sample.fit(context.backend(), lambdaMean)));
    }

    private static double[] gains(ClaimContext context, RandomStream stream) {
        GaussianSample sample = INTERIOR.draw(stream, columns(context));
        double best = accuracy(context, sample, INTERIOR.lambdaMean());
        return new double[] {
            (best - accuracy(context, sample, WEAK)) / WEAK_MARGIN,
            (best - accuracy(context, sample, STRONG)) / STRONG_MARGIN
        };
    }

    private static Verdict limit() {
        double best = RidgeLogisticTheory.solve(INTERIOR.kappa(), INTERIOR.delta(), INTERIOR.lambdaMean())
                .accuracy();
        Always limit = Always.of("required margin over the gain in the limit");
        for (double[] end : new double[][] {{WEAK, WEAK_MARGIN}, {STRONG, STRONG_MARGIN}}) {
            double gain = best
                    - RidgeLogisticTheory.solve(INTERIOR.kappa(), INTERIOR.delta(), end[0])
                            .accuracy();
            limit.atLeast("limit, against lambdaMean = " + Numbers.text(end[0]), gain, end[1]);
        }
        return limit.verdict();
    }

    private static Illustrated.Evidence evidence(ClaimContext context) {
        double[] lambdas = IntStream.rangeClosed(-16, 12)
                .mapToDouble(k -> StrictMath.pow(10, k / 4.0))
                .toArray();
        Figure.Builder figure = Figure.named(
                        "accuracy",
                        "Accuracy by penalty in the limit",
                        Axis.log10("penalty lambdaMean (lambda / n)"),
                        Axis.linear("accuracy on new rows"))
                .caption("The peak is flat: a factor of 8 to 100 in the penalty costs 0.002.");
        for (double[] line : new double[][] {{2, .5}, {2, 2}, {4, 1}, {3, 4}}) {
            String series = "kappa = " + Numbers.text(line[0]) + ", n/p = " + Numbers.text(line[1]);
            double[] accuracies = RidgeLogisticTheory.curve(line[0], line[1], lambdas).stream()
                    .mapToDouble(FixedPoint::accuracy)
                    .toArray();
            FixedPoint best = RidgeLogisticTheory.bestPenalty(line[0], line[1]);
            figure.layer(Mark.LINE, series, lambdas, accuracies)
                    .layer(Mark.POINT, series, new double[] {best.lambdaMean()}, new double[] {best.accuracy()});
        }
        return new Illustrated.Evidence(
                Map.of("columns p", Integer.toString(columns(context))), List.of(), List.of(figure.build()));
    }

    static ClaimBuilder meanDifference() {
        return Claims.claim("raptor/R6")
                .from(Sources.RAPTOR.derivedFrom("Section 2: probes and differences of means"))
                .title("Under a strong penalty the direction is the difference of means")
                .states(
                        "On balanced standardised data the direction of the probe at \\(\\bar\\lambda = 1000\\) has a cosine of at least"
                                + " 0.999 to the difference of the class means.")
                .assuming("assumptions", "balanced classes, standardised columns, intercept fitted")
                .verifiedBy(context -> meanDifference(context, 1000))
                .control(
                        "Under a weak penalty too",
                        "The same at \\(\\bar\\lambda = 0.01\\).",
                        Controls.bare(context -> meanDifference(context, .01)));
    }

    private static Verdict meanDifference(ClaimContext context, double lambdaMean) {
        Always always = Always.of("required cosine over cosine to the difference of means");
        int sets = context.full() ? 20 : 1;
        for (int r = 0; r < sets; r++) {
            GaussianSample sample = balanced(GaussianSample.draw(context.stream(r), 2, 400, 200));
            int[] all = IntStream.range(0, sample.count()).toArray();
            DMatrixRMaj z = Standardizer.of(sample.rows(), all).transform(sample.rows(), all);
            LinearProbe means = Baselines.differenceOfMeans(z, sample.labels(), all);
            double[] w = RidgeLogistic.withDefaults()
                    .with(context.backend())
                    .fit(z, sample.labels(), Penalty.mean(lambdaMean, sample.count()))
                    .weights();
            always.atLeast(
                    "data set " + r + " (400 x 200, kappa = 2)", GaussianSample.cosine(w, means.weights()), .999);
        }
        return always.verdict();
    }

    /** A row and its label may be turned around without changing the law, so that half of the labels are 1. */
    private static GaussianSample balanced(GaussianSample sample) {
        int[] y = sample.labels().clone();
        DMatrixRMaj x = sample.rows().copy();
        int ones = Arrays.stream(y).sum();
        int wanted = y.length / 2;
        for (int i = 0; i < y.length && ones != wanted; i++) {
            boolean tooMany = ones > wanted;
            if (y[i] == (tooMany ? 1 : 0)) {
                y[i] = 1 - y[i];
                ones += tooMany ? -1 : 1;
                for (int j = 0; j < x.numCols; j++) {
                    x.data[i * x.numCols + j] *= -1;
                }
            }
        }
        return new GaussianSample(x, y);
    }
}

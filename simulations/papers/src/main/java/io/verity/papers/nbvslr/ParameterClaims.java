package io.verity.papers.nbvslr;

import io.verity.papers.evidence.Illustrated;
import io.verity.simulations.claims.Always;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Criteria;
import io.verity.simulations.claims.Verdict;
import io.verity.stats.inference.Line;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.ResultTable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** NBLR-PARAM: rows with which the estimated means of all features are accurate at once. */
final class ParameterClaims {
    private static final UniformAccuracy ACCURACY = new UniformAccuracy(.5, .1);
    private static final int[] QUICK = {10, 30, 100, 300, 1000};
    private static final int[] FULL = {10, 30, 100, 300, 1000, 3000, 10_000};
    private static final double STRAIGHT = .99;

    private ParameterClaims() {}

    private static int[] features(ClaimContext context) {
        return context.full() ? FULL : QUICK;
    }

    static ClaimBuilder logarithmic() {
        return Claims.claim("nb-vs-lr/NBLR-PARAM")
                .from(Sources.ZHENG.at("uniform convergence of the parameters, as in Ng and Jordan, NIPS 14, 2001"))
                .title("Rows for accurate parameters grow like log d")
                .states(
                        "With \\(m = \\lceil (z/\\epsilon)^2 \\rceil\\) rows of a class, \\(z = \\Phi^{-1}((1+(1-\\delta)^{1/d})/2)\\), all d means are"
                                + " within \\(\\epsilon = 0.5\\) with the probability \\((2\\Phi(\\epsilon\\sqrt m)-1)^d \\ge 1-\\delta = 0.9\\) (simulated"
                                + " within 0.02), and m is a straight line in \\(\\log d\\) with \\(R^2 > 0.99\\).")
                .assuming("assumptions", "Gaussian features of variance 1, independent of each other")
                .verifiedBy(context -> verify(context, d -> StrictMath.log(d), "ln d"))
                .control(
                        "They grow like the square root of d",
                        "The same m is a straight line in \\(\\sqrt d\\) with \\(R^2 > 0.99\\).",
                        context -> straight(Math::sqrt, "sqrt(d)", features(context))
                                .verdict());
    }

    private static Verdict verify(ClaimContext context, DoubleUnaryOperator scale, String axis) {
        int[] features = features(context);
        Verdict line = straight(scale, axis, features).verdict();
        if (line.kind() != Verdict.Kind.SUPPORTED) {
            return line;
        }
        int k = features.length;
        Verdict coverage = Criteria.everyMean(
                        "share of draws in which all means are accurate, minus its formula",
                        Arrays.stream(features)
                                .mapToObj(d -> "share at d = " + d)
                                .toList(),
                        (c, stream) -> Arrays.stream(features)
                                .mapToDouble(d -> {
                                    int m = ACCURACY.rows(d);
                                    double accurate = ACCURACY.drawn(stream, d, m) ? 1 : 0;
                                    return accurate - ACCURACY.probability(d, m);
                                })
                                .toArray())
                .within(0, .02)
                .expecting(
                        new double[k],
                        IntStream.range(0, k).mapToDouble(i -> .3).toArray())
                .caps(30_000, 90_000)
                .verify(context);
        return Illustrated.with(coverage, evidence(scale, axis, features));
    }

    private static Always straight(DoubleUnaryOperator scale, String axis, int... features) {
        double r2 = rSquared(scale, features);
        return Always.of("R^2 of the rows on " + axis)
                .above("d = " + features[0] + " to " + features[features.length - 1], r2, STRAIGHT)
                .statistic("R^2 of the rows on " + axis, r2)
                .target(STRAIGHT);
    }

    /** Share of the variance of the rows that a line in the scaled number of features explains. */
    static double rSquared(DoubleUnaryOperator scale, int... features) {
        double[] x = Arrays.stream(features).asDoubleStream().map(scale).toArray();
        double[] y = Arrays.stream(features).mapToDouble(ACCURACY::rows).toArray();
        Line line = Line.through(x, y, new double[x.length]);
        double mean = Arrays.stream(y).average().orElseThrow();
        double residual = 0;
        double total = 0;
        for (int i = 0; i < x.length; i++) {
            double r = y[i] - line.intercept() - line.slope() * x[i];
            residual += r * r;
            total += (y[i] - mean) * (y[i] - mean);
        }
        return 1 - residual / total;
    }

    private static Illustrated.Evidence evidence(DoubleUnaryOperator scale, String axis, int... features) {
        ResultTable.Builder table = ResultTable.named(
                        "rows", "Rows per class for means within 0.5 with probability 0.9")
                .integer("d", "features d", "")
                .integer("rows", "rows m", "")
                .number("probability", "probability that all means are accurate", "");
        double[] d = Arrays.stream(features).asDoubleStream().toArray();
        double[] rows = new double[d.length];
        for (int i = 0; i < d.length; i++) {
            int m = ACCURACY.rows(features[i]);
            rows[i] = m;
            table.row(features[i], m, ACCURACY.probability(features[i], m));
        }
        Line line = Line.through(Arrays.stream(d).map(scale).toArray(), rows, new double[d.length]);
        double[] fitted = Arrays.stream(d)
                .map(v -> line.intercept() + line.slope() * scale.applyAsDouble(v))
                .toArray();
        String formula = String.format(Locale.ROOT, "%.2f + %.2f %s", line.intercept(), line.slope(), axis);
        Figure figure = Figure.named(
                        "parameter-rows",
                        "Rows per class for uniformly accurate means",
                        Axis.log10("features d"),
                        Axis.linear("rows m"))
                .caption("A straight line on a logarithmic axis: here, for the parameters, log d growth is exact.")
                .layer(Mark.LINE, formula, d, fitted)
                .layer(Mark.POINT, "rows m", d, rows)
                .build();
        return new Illustrated.Evidence(
                Map.of("R^2 of the rows on " + axis, String.format(Locale.ROOT, "%.5f", rSquared(scale, features))),
                List.of(table.build()),
                List.of(figure));
    }
}

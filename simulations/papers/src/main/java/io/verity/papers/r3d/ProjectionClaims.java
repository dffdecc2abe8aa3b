package io.verity.papers.r3d;

import io.verity.estimators.r3d.Bandwidths;
import io.verity.estimators.r3d.R3dFit;
import io.verity.papers.evidence.Illustrated;
import io.verity.simulations.claims.Always;
import io.verity.simulations.claims.Check;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Criteria;
import io.verity.simulations.claims.SequentialMean;
import io.verity.simulations.claims.Verdict;
import io.verity.stats.inference.Moments;
import io.verity.stats.inference.MonteCarlo;
import io.verity.stats.random.RandomStream;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.ResultTable;
import io.verity.stats.smoothing.Isotonic;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** R3D-6 and R3D-7: what the projection on nondecreasing curves does. */
final class ProjectionClaims {
    private static final double BANDWIDTH = .5;
    private static final int FEW = 250;
    private static final int MANY = 16_000;
    private static final int[] UNITS = {250, 1000, 4000, 16_000};
    private static final long SHOWN = 30;
    private static final int POINTS = 19;
    private static final int[] NORMS = {1, 2, 4, Integer.MAX_VALUE};

    private ProjectionClaims() {}

    static ClaimBuilder agreement() {
        return Claims.claim("r3d/R3D-6")
                .from(Sources.VAN_DIJCKE.at("Theorem 4, Lemma A-9"))
                .title("The projection vanishes when average quantile functions rise")
                .states(
                        "Let \\(d(n)=\\sqrt{nh}\\,\\sup_q|\\hat\\tau_{Fréchet}-\\hat\\tau_{unprojected}|\\). Where unit quantiles"
                                + " cross but their average rises, \\(d(16000)<d(250)/4\\) in more than half of the replicates.")
                .assuming("assumptions", "I1, I2, K1, L1-L4")
                .assuming(
                        "data", "Q_ij = X_i + mu_i + e_ij/2 + z_q at q = 0.05, ..., 0.95; h = 0.5, order 2, triangular")
                .verifiedBy(new Illustrated(shrinks(false), ProjectionClaims::evidence))
                .control(
                        "Also where the average is flat",
                        "Without the term \\(z_q\\), so that Assumption L4 fails, \\(d(16000)<d(250)/4\\) in more than half of the"
                                + " replicates.",
                        shrinks(true));
    }

    private static SequentialMean shrinks(boolean flat) {
        return Criteria.proportion(
                        "share of replicates with d(16000) < d(250)/4",
                        (context, stream) -> distance(stream, MANY, flat) < distance(stream, FEW, flat) / 4 ? 1 : 0)
                .above(.5)
                .expecting(flat ? .01 : .98)
                .caps(200, 600)
                .batch(5);
    }

    static double distance(RandomStream stream, int units, boolean flat) {
        double[] grid = DoubleStream.iterate(1, k -> k + 1)
                .limit(POINTS)
                .map(k -> k / (POINTS + 1))
                .toArray();
        R3dFit fit = Experiments.estimator(1, stream)
                .with(Bandwidths.fixed(BANDWIDTH))
                .fit(Design.crossing(stream, units, flat, grid));
        double largest = 0;
        for (int j = 0; j < POINTS; j++) {
            largest = Math.max(largest, Math.abs(fit.tau()[j] - (fit.rawPlus()[j] - fit.rawMinus()[j])));
        }
        return largest * Math.sqrt(units * BANDWIDTH);
    }

    private static Illustrated.Evidence evidence(ClaimContext context) {
        ResultTable.Builder table = ResultTable.named("distance", "Mean of d(n) over " + SHOWN + " replicates")
                .integer("units", "n", "")
                .column(new ResultTable.Column("rising", "average rises", "", ResultTable.Kind.NUMBER, "mcse"))
                .number("mcse", "Monte Carlo standard error", "")
                .column(new ResultTable.Column("flat", "average flat", "", ResultTable.Kind.NUMBER, "flatMcse"))
                .number("flatMcse", "Monte Carlo standard error", "");
        double[][] means = new double[2][UNITS.length];
        for (int k = 0; k < UNITS.length; k++) {
            Moments rising = distances(context, UNITS[k], false);
            Moments flat = distances(context, UNITS[k], true);
            means[0][k] = rising.mean();
            means[1][k] = flat.mean();
            table.row(
                    UNITS[k], rising.mean(), MonteCarlo.errorOfMean(rising), flat.mean(), MonteCarlo.errorOfMean(flat));
        }
        double[] n = Arrays.stream(UNITS).asDoubleStream().toArray();
        Figure figure = Figure.named(
                        "distance",
                        "Fréchet against unprojected estimate",
                        Axis.log10("units n"),
                        Axis.linear("mean of d(n)"))
                .caption("Largest difference of the two estimates, times √(nh).")
                .layer(Mark.LINE, "average rises", n, means[0])
                .layer(Mark.POINT, "average rises", n, means[0])
                .layer(Mark.LINE, "average flat", n, means[1])
                .layer(Mark.POINT, "average flat", n, means[1])
                .build();
        return new Illustrated.Evidence(Map.of(), List.of(table.build()), List.of(figure));
    }

    private static Moments distances(ClaimContext context, int units, boolean flat) {
        return Moments.of(context
                .map(
                        LongStream.range(0, SHOWN).boxed().toList(),
                        r -> distance(context.stream(r).forPurpose(units), units, flat))
                .stream()
                .mapToDouble(Double::doubleValue)
                .toArray());
    }

    static ClaimBuilder improvement() {
        return Claims.claim("r3d/R3D-7")
                .from(Sources.VAN_DIJCKE.at("Lemma 2"))
                .title("The projection never hurts a nondecreasing truth")
                .states(
                        "For every nondecreasing truth and every estimate, the projection of the estimate on nondecreasing curves"
                                + " has no larger error in \\(L_1, L_2, L_4, L_\\infty\\).")
                .assuming("assumptions", "none: a finite-sample fact")
                .assuming(
                        "instances",
                        "19 grid points; truth normal numbers (sorted where it is monotone), estimate truth plus normal noise")
                .verifiedBy(context -> verifyImprovement(context, true))
                .control(
                        "Whatever the truth",
                        "The same for a truth that need not be monotone.",
                        context -> verifyImprovement(context, false));
    }

    /** A truth, an estimate of it, and the estimate's projection. */
    @SuppressWarnings("ArrayRecordComponent") // curves of one trial, never compared
    private record Trial(long number, double[] truth, double[] estimate, double[] projection) {
        static Trial draw(long number, RandomStream stream, boolean monotone) {
            double[] truth = new double[POINTS];
            for (int j = 0; j < POINTS; j++) {
                truth[j] = stream.nextGaussian();
            }
            if (monotone) {
                Arrays.sort(truth);
            }
            double noise = .1 + 2 * stream.nextDouble();
            double[] estimate = new double[POINTS];
            for (int j = 0; j < POINTS; j++) {
                estimate[j] = truth[j] + noise * stream.nextGaussian();
            }
            double[] projection = estimate.clone();
            new Isotonic(POINTS).project(projection, 0);
            return new Trial(number, truth, estimate, projection);
        }

        double error(double[] curve, int norm) {
            double sum = 0;
            double largest = 0;
            for (int j = 0; j < POINTS; j++) {
                double e = Math.abs(curve[j] - truth[j]);
                sum += norm == 1 ? e : norm == 2 ? e * e : e * e * e * e;
                largest = Math.max(largest, e);
            }
            return norm == Integer.MAX_VALUE ? largest : sum / POINTS;
        }
    }

    private static Verdict verifyImprovement(ClaimContext context, boolean monotone) {
        long trials = context.full() ? 40_000 : 4000;
        List<Trial> drawn = context.map(
                LongStream.range(0, trials).boxed().toList(), r -> Trial.draw(r, context.stream(r), monotone));
        Always record = Always.of("violations");
        ResultTable.Builder table = ResultTable.named("norms", "Effect of the projection on the error, by norm")
                .text("norm", "norm")
                .integer("better", "better", "trials")
                .integer("equal", "unchanged", "trials")
                .integer("worse", "worse", "trials");
        long violations = 0;
        for (int norm : NORMS) {
            String name = norm == Integer.MAX_VALUE ? "L_inf" : "L_" + norm;
            long better = 0;
            long worse = 0;
            for (Trial trial : drawn) {
                double before = trial.error(trial.estimate(), norm);
                double after = trial.error(trial.projection(), norm);
                // Sums of 19 terms: the slack is their rounding, far below any true change.
                boolean holds = after <= before * (1 + 1e-12);
                better += after < before * (1 - 1e-12) ? 1 : 0;
                worse += holds ? 0 : 1;
                record.add(Check.holds(
                        "trial " + trial.number(),
                        holds,
                        String.format(
                                Locale.ROOT,
                                "error in %s %.6g before and %.6g after the projection",
                                name,
                                before,
                                after)));
            }
            violations += worse;
            table.row(name, better, drawn.size() - better - worse, worse);
        }
        return record.statistic("violations in 4 norms", (double) violations)
                .target(0)
                .examined(trials)
                .assumption("monotone truth", monotone ? "yes" : "no")
                .table(table.build())
                .verdict();
    }
}

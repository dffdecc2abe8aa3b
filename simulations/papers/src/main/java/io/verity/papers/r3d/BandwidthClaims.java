package io.verity.papers.r3d;

import io.verity.papers.evidence.Illustrated;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Criteria;
import io.verity.simulations.claims.Exponent;
import io.verity.stats.inference.Moments;
import io.verity.stats.inference.MonteCarlo;
import io.verity.stats.random.RandomStream;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.ResultTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** R3D-13: how the plug-in bandwidth shrinks with the number of units. */
final class BandwidthClaims {
    /** The ends only: at small n the slope is flatter, so that points between do not lie on a line. */
    private static final double[] ENDS = {500, 8000};

    private static final int[] UNITS = {500, 1000, 2000, 4000, 8000};
    private static final long SHOWN = 40;

    private BandwidthClaims() {}

    static ClaimBuilder rate() {
        return Claims.claim("r3d/R3D-13")
                .from(Sources.VAN_DIJCKE.at("Appendix A-4.2, eqs. A-8 and A-9"))
                .title("The bandwidth shrinks like the fifth root")
                .states(
                        "Where the means bend (dgp3), the plug-in bandwidth falls like \\(n^{-1/5}\\): the slope of \\(\\log\\)"
                                + " mean \\(h\\) against \\(\\log n\\) between n = 500 and n = 8000 lies between -0.30 and -0.10.")
                .assuming("assumptions", "I1, I2, K1, L1-L3")
                .assuming(
                        "data",
                        "the units' own quantile functions instead of samples, triangular kernel, pilot order 1")
                .verifiedBy(
                        context -> Illustrated.with(slope().between(-.30, -.10).verify(context), evidence(context)))
                .control("It does not shrink", "The slope lies between -0.08 and 0.08.", slope().between(-.08, .08));
    }

    private static Exponent slope() {
        return Criteria.exponent(
                        "slope of log mean bandwidth on log n",
                        ENDS,
                        (c, stream, n) -> bandwidth(stream, Design.DGP3, (int) n))
                .caps(400, 1200)
                .batch(5);
    }

    static double bandwidth(RandomStream stream, Design design, int units) {
        return Experiments.estimator(1, stream)
                .fit(design.exactQuantiles(stream, units, 0, Targets.deciles()))
                .bandwidths()[0];
    }

    private static Illustrated.Evidence evidence(ClaimContext context) {
        ResultTable.Builder table = ResultTable.named("bandwidths", "Mean bandwidth over " + SHOWN + " replicates")
                .integer("units", "n", "")
                .column(new ResultTable.Column("bent", "dgp3", "", ResultTable.Kind.NUMBER, "mcse"))
                .number("mcse", "Monte Carlo standard error", "")
                .column(new ResultTable.Column("straight", "dgp1", "", ResultTable.Kind.NUMBER, "straightMcse"))
                .number("straightMcse", "Monte Carlo standard error", "");
        double[] n = Arrays.stream(UNITS).asDoubleStream().toArray();
        double[] bent = new double[n.length];
        double[] straight = new double[n.length];
        double[] power = new double[n.length];
        for (int k = 0; k < n.length; k++) {
            Moments first = bandwidths(context, Design.DGP3, UNITS[k]);
            Moments second = bandwidths(context, Design.DGP1, UNITS[k]);
            bent[k] = first.mean();
            straight[k] = second.mean();
            power[k] = bent[0] * StrictMath.pow(n[k] / n[0], -.2);
            table.row(UNITS[k], bent[k], MonteCarlo.errorOfMean(first), straight[k], MonteCarlo.errorOfMean(second));
        }
        Figure figure = Figure.named(
                        "bandwidths", "Plug-in bandwidth", Axis.log10("units n"), Axis.log10("mean bandwidth"))
                .caption(
                        "Where means bend (dgp3) the bandwidth falls like the fifth root. Where both sides bend alike (dgp1)"
                                + " their biases cancel, and it stays wide.")
                .layer(Mark.LINE, "n to the power -1/5", n, power)
                .layer(Mark.POINT, "dgp3", n, bent)
                .layer(Mark.POINT, "dgp1", n, straight)
                .build();
        return new Illustrated.Evidence(Map.of(), List.of(table.build()), List.of(figure));
    }

    private static Moments bandwidths(ClaimContext context, Design design, int units) {
        return Moments.of(context
                .map(
                        LongStream.range(0, SHOWN).boxed().toList(),
                        r -> bandwidth(context.stream(r).forPurpose(units), design, units))
                .stream()
                .mapToDouble(Double::doubleValue)
                .toArray());
    }
}

package io.verity.papers.r3d;

import io.verity.estimators.r3d.Bandwidths;
import io.verity.estimators.r3d.Method;
import io.verity.estimators.r3d.QuantileMatrix;
import io.verity.estimators.r3d.R3d;
import io.verity.estimators.r3d.R3dFit;
import io.verity.estimators.r3d.UnitSamples;
import io.verity.estimators.rd.ScalarRd;
import io.verity.simulations.claims.Always;
import io.verity.simulations.claims.Check;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Verdict;
import io.verity.stats.quantiles.QuantileType;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** R3D-12: the link to scalar regression discontinuity. */
final class IdentityClaims {
    private static final double TOLERANCE = 1e-10;
    private static final int UNITS = 200;
    private static final int PER_UNIT = 25;

    private IdentityClaims() {}

    /** What is compared with the mean of the average quantile effects. */
    private enum Variant {
        /** Means of the units' decile quantiles, one bandwidth. */
        QUANTILE_MEANS,
        /** Means of the units' outcomes. */
        OUTCOME_MEANS,
        /** Means of decile quantiles, but a bandwidth per quantile in the average quantile effects. */
        OWN_BANDWIDTHS
    }

    /** One comparison: data, kernel, order, bandwidth. */
    private record Instance(long number, Design design, SmoothingKernel kernel, int order, double h) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "data set %d of %s, %s, order %d, h = %.2f", number, design, kernel, order, h);
        }
    }

    /** Mean of the average quantile effects, and the scalar estimate. */
    private record Pair(Instance instance, double average, double scalar) {}

    static ClaimBuilder averageEffect() {
        return Claims.claim("r3d/R3D-12")
                .from(Sources.VAN_DIJCKE.derivedFrom("Section 2.3: average effects and scalar discontinuity"))
                .title("The mean effect is scalar RD of the unit means")
                .states("With one bandwidth, the mean over the grid of the Fréchet estimate equals the local polynomial"
                        + " discontinuity of the units' mean quantiles, to \\(10^{-10}\\).")
                .assuming("assumptions", "none: a finite-sample identity, because the projection keeps the mean")
                .verifiedBy(context -> verify(context, Variant.QUANTILE_MEANS))
                .control(
                        "Also of the mean outcomes",
                        "It equals the discontinuity of the units' mean outcomes, to \\(10^{-10}\\).",
                        context -> verify(context, Variant.OUTCOME_MEANS))
                .control(
                        "Also with a bandwidth per quantile",
                        "The local polynomial estimate with bandwidths from h to 1.5 h has the mean of the scalar one at h.",
                        context -> verify(context, Variant.OWN_BANDWIDTHS));
    }

    private static List<Instance> instances(boolean full) {
        List<Instance> all = new ArrayList<>();
        Design[] designs = {Design.DGP1, Design.DGP2, Design.DGP3, Design.SCALE};
        long number = 0;
        for (int repeat = 0; repeat < (full ? 25 : 5); repeat++) {
            for (Design design : designs) {
                for (SmoothingKernel kernel : SmoothingKernel.values()) {
                    for (int order = 1; order <= 2; order++) {
                        all.add(new Instance(number, design, kernel, order, .4 + .1 * (number % 6)));
                        number++;
                    }
                }
            }
        }
        return all;
    }

    private static Verdict verify(ClaimContext context, Variant variant) {
        List<Pair> pairs = context.map(instances(context.full()), i -> pair(context, i, variant));
        Always record = Always.of("largest difference");
        double largest = 0;
        for (Pair p : pairs) {
            record.add(Check.near(p.instance().toString(), p.average(), p.scalar(), TOLERANCE));
            largest = Math.max(largest, Math.abs(p.average() - p.scalar()));
        }
        double[] scalar = pairs.stream().mapToDouble(Pair::scalar).toArray();
        double[] average = pairs.stream().mapToDouble(Pair::average).toArray();
        double[] ends = {
            Arrays.stream(scalar).min().orElseThrow(),
            Arrays.stream(scalar).max().orElseThrow()
        };
        return record.statistic("largest difference", largest)
                .target(0)
                .assumption("data", pairs.size() + " data sets, 200 units with 25 outcomes each")
                .note("tolerance 1e-10: two least squares solvers on weights of size 1, outcomes of size 10")
                .figure(Figure.named(
                                "identity",
                                "Mean quantile effect and scalar discontinuity",
                                Axis.linear("scalar estimate"),
                                Axis.linear("mean of the quantile effects"))
                        .caption("One dot per data set.")
                        .layer(Mark.LINE, "equal", ends, ends)
                        .layer(Mark.POINT, "data sets", scalar, average)
                        .build())
                .verdict();
    }

    private static Pair pair(ClaimContext context, Instance i, Variant variant) {
        UnitSamples samples = i.design().samples(context.stream(i.number()), UNITS, PER_UNIT, 1);
        QuantileMatrix quantiles = samples.quantiles(QuantileType.TYPE7, Targets.deciles());
        R3d r3d = R3d.withDefaults()
                .withDraws(1)
                .withTests()
                .with(i.kernel())
                .withPilotOrder(1)
                .withOrder(i.order());
        R3dFit fit = variant == Variant.OWN_BANDWIDTHS
                ? r3d.with(Method.SIMPLE)
                        .with(Bandwidths.fixed(widening(i.h())))
                        .fit(quantiles)
                : r3d.with(Bandwidths.fixed(i.h())).fit(quantiles);
        double[] means = IntStream.range(0, UNITS)
                .mapToDouble(u -> mean(variant == Variant.OUTCOME_MEANS ? samples.sample(u) : quantiles.row(u)))
                .toArray();
        double scalar = ScalarRd.withDefaults()
                .withOrder(i.order())
                .with(i.kernel())
                .withBandwidth(i.h())
                .fit(means, samples.runningVariable())
                .conventional()
                .estimate();
        return new Pair(i, fit.averageEffect(), scalar);
    }

    private static double[] widening(double h) {
        int m = Targets.deciles().length;
        return IntStream.range(0, m)
                .mapToDouble(j -> h * (1 + .5 * j / (m - 1)))
                .toArray();
    }

    private static double mean(double... values) {
        return Arrays.stream(values).sum() / values.length;
    }
}

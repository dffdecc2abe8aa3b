package io.verity.papers.r3d;

import io.verity.estimators.rd.RdEstimate;
import io.verity.estimators.rd.ScalarRd;
import io.verity.estimators.rd.ScalarRdFit;
import io.verity.papers.evidence.Illustrated;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Criteria;
import io.verity.stats.inference.Moments;
import io.verity.stats.inference.MonteCarlo;
import io.verity.stats.random.RandomStream;
import io.verity.stats.result.ResultTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/** RD-1: intervals of scalar regression discontinuity on a bent design. */
final class ScalarClaims {
    private static final long SHOWN = 400;

    private ScalarClaims() {}

    static ClaimBuilder robust() {
        return Claims.claim("r3d/RD-1")
                .from(Sources.CALONICO.at("Theorem 1, Section 4 (Lee's design)"))
                .title("Scalar RD: the robust interval covers at the selected bandwidth")
                .states(
                        "On the bent design fitted to U.S. House elections the robust 95 % interval covers the jump 0.04 with"
                                + " probability between 0.85 and 0.97 at the MSERD bandwidth (n = 500).")
                .assuming("assumptions", "Assumptions 1 and 2 of the paper; nearest-neighbour variances")
                .verifiedBy(new Illustrated(
                        Criteria.proportion(
                                        "coverage of the robust 95 % interval",
                                        (context, stream) ->
                                                covers(selected(stream).robust()))
                                .between(.85, .97)
                                .expecting(.9135)
                                .caps(2500, 7500),
                        ScalarClaims::evidence))
                .control(
                        "The conventional interval covers at twice that bandwidth",
                        "The conventional 95 % interval at twice the MSERD bandwidth covers at least 90 % of the time.",
                        Criteria.proportion(
                                        "coverage of the conventional 95 % interval",
                                        (context, stream) ->
                                                covers(doubled(stream).conventional()))
                                .above(.90)
                                .expecting(.802)
                                .caps(1200, 3600));
    }

    private static double covers(RdEstimate estimate) {
        return estimate.lower() <= CurvedRd.EFFECT && CurvedRd.EFFECT <= estimate.upper() ? 1 : 0;
    }

    private static CurvedRd data(RandomStream stream) {
        return CurvedRd.draw(stream, 500);
    }

    private static ScalarRdFit selected(RandomStream stream) {
        CurvedRd data = data(stream);
        return ScalarRd.withDefaults().fit(data.y(), data.x());
    }

    private static ScalarRdFit doubled(RandomStream stream) {
        CurvedRd data = data(stream);
        double h = ScalarRd.withDefaults().fit(data.y(), data.x()).bandwidths().left();
        return ScalarRd.withDefaults().withBandwidth(2 * h).fit(data.y(), data.x());
    }

    /** A fit at the selected bandwidth and one at twice that, on the same data. */
    private record Pair(ScalarRdFit selected, ScalarRdFit doubled) {}

    private static Illustrated.Evidence evidence(ClaimContext context) {
        List<Pair> fits = context.map(
                LongStream.range(0, SHOWN).boxed().toList(),
                r -> new Pair(selected(context.stream(r)), doubled(context.stream(r))));
        ResultTable.Builder table = ResultTable.named("intervals", "The first " + SHOWN + " replicates")
                .text("interval", "interval")
                .column(new ResultTable.Column("coverage", "coverage", "", ResultTable.Kind.NUMBER, "mcse"))
                .number("mcse", "Monte Carlo standard error", "")
                .number("width", "mean width", "")
                .number("bias", "mean error of its centre", "");
        add(table, "conventional, h", fits, p -> p.selected().conventional());
        add(table, "robust, h", fits, p -> p.selected().robust());
        add(table, "conventional, 2h", fits, p -> p.doubled().conventional());
        add(table, "robust, 2h", fits, p -> p.doubled().robust());
        double h = mean(fits, p -> p.selected().bandwidths().left());
        return new Illustrated.Evidence(
                Map.of("mean MSERD bandwidth", String.format(Locale.ROOT, "%.4f", h)),
                List.of(table.build()),
                List.of());
    }

    private interface Interval {
        RdEstimate of(Pair fits);
    }

    private static void add(ResultTable.Builder table, String name, List<Pair> fits, Interval interval) {
        double coverage = mean(fits, p -> covers(interval.of(p)));
        table.row(
                name,
                coverage,
                MonteCarlo.errorOfProportion(coverage, fits.size()),
                mean(fits, p -> interval.of(p).upper() - interval.of(p).lower()),
                mean(fits, p -> interval.of(p).estimate() - CurvedRd.EFFECT));
    }

    private static double mean(List<Pair> fits, ToDoubleFunction<Pair> value) {
        return Moments.of(fits.stream().mapToDouble(value).toArray()).mean();
    }
}

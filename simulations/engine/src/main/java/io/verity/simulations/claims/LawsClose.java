package io.verity.simulations.claims;

import io.verity.simulations.claims.Verdict.Statistic;
import io.verity.stats.Arguments;
import io.verity.stats.inference.Distributions;
import io.verity.stats.inference.MonteCarlo;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The criterion {@code lawsClose}: two laws differ by at most a tolerance in Kolmogorov's distance, looked at once, at the
 * cap. With n replicates of each, \( D = \sup|F_n - G_n| \) and \( \epsilon = \sqrt{\log(4/\alpha)/(2n)} \) (the band of
 * Dvoretzky, Kiefer, Wolfowitz and Massart at \( \alpha/2 \) for each law), the distance of the laws lies in
 * \( [D - 2\epsilon, D + 2\epsilon] \). Made by {@link Criteria}; immutable.
 */
public final class LawsClose implements Verification {
    private static final int DEFAULT_BATCH = 50;

    private final String statistic;
    private final Replicate first;
    private final Replicate second;
    private final double tolerance;
    private final int quickCap;
    private final int fullCap;
    private final int batch;

    LawsClose(String statistic, Replicate first, Replicate second) {
        this(statistic, first, second, 0, 0, 0, DEFAULT_BATCH);
    }

    private LawsClose(
            String statistic,
            Replicate first,
            Replicate second,
            double tolerance,
            int quickCap,
            int fullCap,
            int batch) {
        this.statistic = statistic;
        this.first = first;
        this.second = second;
        this.tolerance = tolerance;
        this.quickCap = quickCap;
        this.fullCap = fullCap;
        this.batch = batch;
    }

    /**
     * @param distance largest accepted distance, in (0, 1)
     * @return the changed criterion
     */
    public LawsClose within(double distance) {
        return new LawsClose(
                statistic, first, second, Arguments.fraction("distance", distance), quickCap, fullCap, batch);
    }

    /**
     * @param quick replicates of each law at quick budget, at least 2
     * @param full replicates of each law at full budget, at least 2
     * @return the changed criterion
     */
    public LawsClose caps(int quick, int full) {
        Arguments.atLeast("quick cap", quick, 2);
        Arguments.atLeast("full cap", full, 2);
        return new LawsClose(statistic, first, second, tolerance, quick, full, batch);
    }

    /**
     * @param replicates that one thread takes at a time (50 unless changed): fewer for slow ones
     * @return the changed criterion
     */
    public LawsClose batch(int replicates) {
        return new LawsClose(
                statistic, first, second, tolerance, quickCap, fullCap, Arguments.atLeast("batch", replicates, 1));
    }

    @Override
    public Verdict verify(ClaimContext context) {
        int cap = context.full() ? fullCap : quickCap;
        if (tolerance == 0 || cap == 0) {
            throw new IllegalStateException(statistic + ": no tolerance or no caps were stated");
        }
        double alpha = context.errorProbability();
        double[] x = context.replicates(0, 0, cap, batch, first);
        context.progress(1, 2);
        double[] y = context.replicates(1, 0, cap, batch, second);
        context.progress(2, 2);
        double distance = Distributions.distance(x, y);
        double bands = 2 * Distributions.bandHalfWidth(cap, alpha / 2);
        double lower = Math.max(0, distance - bands);
        double upper = Math.min(1, distance + bands);
        Verdict.Kind kind = upper <= tolerance
                ? Verdict.Kind.SUPPORTED
                : lower > tolerance ? Verdict.Kind.REFUTED : Verdict.Kind.INCONCLUSIVE;
        return new Verdict(
                kind,
                "lawsClose",
                String.format(
                        Locale.ROOT,
                        "distance %s of %d replicates of each law; the laws' distance lies in %s, accepted up to %s",
                        ReasonText.number(distance),
                        cap,
                        ReasonText.range(lower, upper),
                        ReasonText.number(tolerance)),
                new Statistic(statistic, distance, lower, upper),
                0.0,
                tolerance,
                alpha,
                2L * cap,
                null,
                Map.of(),
                List.of(),
                List.of(),
                List.of(figure(x, y)));
    }

    private Figure figure(double[] x, double[] y) {
        double[] share = IntStream.rangeClosed(1, x.length)
                .mapToDouble(i -> i / (double) x.length)
                .toArray();
        return Figure.named("laws", statistic, Axis.linear("value"), Axis.linear("share of replicates up to it"))
                .caption("The two empirical distribution functions.")
                .layer(Mark.STEP, "first law", MonteCarlo.sorted(x), share)
                .layer(Mark.STEP, "second law", MonteCarlo.sorted(y), share)
                .build();
    }
}

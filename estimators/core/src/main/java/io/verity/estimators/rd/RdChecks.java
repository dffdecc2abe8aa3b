package io.verity.estimators.rd;

import io.verity.stats.Arguments;
import io.verity.stats.EstimationException;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks that belong to every regression discontinuity: other bandwidths, cutoffs where nothing happens, the rows nearest the
 * cutoff left out. Each is a series of fits of the same design.
 */
public final class RdChecks {
    private RdChecks() {}

    /** One fit of a series. */
    @FunctionalInterface
    private interface Attempt {
        ScalarRdFit fit(double at);
    }

    private static RdSeries series(
            String name, String title, String varied, String note, double[] values, Attempt attempt) {
        Arguments.require(values.length > 0, "%s needs at least one value", name);
        Arguments.allFinite(varied, values);
        List<RdSeries.Point> points = new ArrayList<>();
        for (double at : values) {
            try {
                points.add(new RdSeries.Point(at, attempt.fit(at), ""));
            } catch (EstimationException e) {
                points.add(new RdSeries.Point(at, null, String.valueOf(e.getMessage())));
            }
        }
        return new RdSeries(name, title, varied, note, points);
    }

    /**
     * The effect at other bandwidths; the pilot bandwidth keeps its ratio to the main one.
     *
     * @param rd the design
     * @param sample the data
     * @param bandwidths main bandwidths h, the same on both sides
     * @return one fit per bandwidth
     * @throws IllegalArgumentException if a bandwidth is not positive, or as {@link ScalarRd#fit(RdSample)}
     * @throws EstimationException if the design itself has no fit
     */
    public static RdSeries bandwidths(ScalarRd rd, RdSample sample, double... bandwidths) {
        for (double h : bandwidths) {
            Arguments.positive("the bandwidth h", h);
        }
        RdBandwidths chosen = rd.fit(sample).bandwidths();
        double left = chosen.pilotLeft() / chosen.left();
        double right = chosen.pilotRight() / chosen.right();
        return series(
                "bandwidths",
                "The effect at other bandwidths",
                "bandwidth h",
                "Large bandwidths lower the variance and raise the bias: a conclusion should not hang on one of them.",
                bandwidths,
                h -> rd.withBandwidth(h)
                        .withPilotBandwidths(left * h, right * h)
                        .fit(sample));
    }

    /**
     * Jumps of the outcome at cutoffs where treatment does not change, from the rows of one side of the true cutoff alone. A
     * fuzzy design is tested by its outcome (there is no first stage elsewhere).
     *
     * @param rd the design
     * @param sample the data
     * @param cutoffs where jumps are looked for; the true cutoff itself may be among them
     * @return one fit per cutoff
     * @throws IllegalArgumentException if a cutoff is not finite, or outside the rows of its side
     */
    public static RdSeries placeboCutoffs(ScalarRd rd, RdSample sample, double... cutoffs) {
        double c = rd.cutoff();
        RdSample sharp = sample.withOutcome(sample.outcome());
        RdSample below = sharp.keep(x -> x < c);
        RdSample above = sharp.keep(x -> x >= c);
        return series(
                "placebo",
                "Jumps at placebo cutoffs",
                "cutoff",
                "Where treatment does not change the outcome should not jump; each fit uses rows from one side of the true"
                        + " cutoff.",
                cutoffs,
                at -> rd.withCutoff(at).fit(at == c ? sharp : at < c ? below : above));
    }

    /**
     * The effect without the rows nearest to the cutoff, who could most easily have crossed it.
     *
     * @param rd the design
     * @param sample the data
     * @param radii rows closer to the cutoff than this are left out; 0 leaves out none
     * @return one fit per radius
     * @throws IllegalArgumentException if a radius is negative, or leaves no row on a side
     */
    public static RdSeries donut(ScalarRd rd, RdSample sample, double... radii) {
        double c = rd.cutoff();
        for (double radius : radii) {
            Arguments.nonNegative("the radius", radius);
        }
        return series(
                "donut",
                "The effect without the rows nearest to the cutoff",
                "radius left out",
                "If rows at the cutoff were manipulated, leaving them out changes the effect; the standard error grows"
                        + " anyway.",
                radii,
                radius -> rd.fit(radius == 0 ? sample : sample.keep(x -> Math.abs(x - c) >= radius)));
    }
}

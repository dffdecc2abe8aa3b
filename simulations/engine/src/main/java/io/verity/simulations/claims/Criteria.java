package io.verity.simulations.claims;

import java.util.List;

/**
 * The criteria by which statistical claims are decided. Deterministic claims use {@link Always}.
 *
 * <pre>{@code
 * .verifiedBy(Criteria.proportion("share of data sets that separate sooner", (context, stream) -> sooner(stream) ? 1 : 0)
 *         .above(0.5)
 *         .expecting(0.85)
 *         .caps(1_000, 5_000))
 * }</pre>
 */
public final class Criteria {
    private Criteria() {}

    /**
     * A success probability, by the beta-binomial mixture martingale (exact): criterion {@code meanWithin}, {@code meanAbove}
     * or {@code meanBelow}.
     *
     * @param statistic name of the proportion
     * @param event 1 when the event happens in the replicate, 0 when not
     * @return a criterion that still needs its acceptance set, expected value and caps
     */
    public static SequentialMean proportion(String statistic, Replicate event) {
        return new SequentialMean(statistic, new MeanMethod.Trials(null), event);
    }

    /**
     * How often an interval covers what it should: criterion {@code coverage}, by the beta-binomial mixture martingale.
     *
     * @param statistic name of the coverage
     * @param nominal stated coverage
     * @param tolerance how far off it may be
     * @param covered 1 when the replicate's interval covers the truth, 0 when not
     * @return a criterion that still needs its expected value and caps
     */
    public static SequentialMean coverage(String statistic, double nominal, double tolerance, Replicate covered) {
        return proportion(statistic, covered).within(nominal, tolerance).as("coverage");
    }

    /**
     * The mean of a quantity with a known range, by hedged betting (exact).
     *
     * @param statistic name of the mean
     * @param low smallest possible value
     * @param high largest possible value
     * @param quantity its value in the replicate
     * @return a criterion that still needs its acceptance set, expected mean and deviation, and caps
     */
    public static SequentialMean boundedMean(String statistic, double low, double high, Replicate quantity) {
        return new SequentialMean(statistic, new MeanMethod.Bounded(low, high), quantity);
    }

    /**
     * The mean of a quantity without known range, by an asymptotic confidence sequence; the record says so.
     *
     * @param statistic name of the mean
     * @param quantity its value in the replicate, or a difference of two quantities from the same stream
     * @return a criterion that still needs its acceptance set, expected mean and deviation, and caps
     */
    public static SequentialMean mean(String statistic, Replicate quantity) {
        return new SequentialMean(statistic, new MeanMethod.Unbounded(), quantity);
    }

    /**
     * Several means of quantities without known range, measured by the same replicates and decided together: SUPPORTED when all
     * are accepted, REFUTED when one is not.
     *
     * @param statistic name of what is averaged
     * @param names of the means, in the order of the replicate's values
     * @param quantities their values in the replicate
     * @return a criterion that still needs its acceptance set, expected means and deviations, and caps
     * @throws IllegalArgumentException if there are no names
     */
    public static EveryMean everyMean(String statistic, List<String> names, VectorReplicate quantities) {
        return new EveryMean(statistic, names, quantities);
    }

    /**
     * The exponent of a rate: the slope of log(mean) against log(size), looked at once.
     *
     * @param statistic name of the exponent
     * @param sizes at least two positive sizes
     * @param quantity its value in a replicate at a size
     * @return a criterion that still needs its acceptance set and caps
     * @throws IllegalArgumentException if there are fewer than two sizes or one is not positive
     */
    public static Exponent exponent(String statistic, double[] sizes, SizedReplicate quantity) {
        return new Exponent(statistic, sizes, quantity);
    }

    /**
     * Whether two laws are close in Kolmogorov's distance, looked at once.
     *
     * @param statistic name of the distance
     * @param first a draw from the first law
     * @param second a draw from the second law
     * @return a criterion that still needs its tolerance and caps
     */
    public static LawsClose lawsClose(String statistic, Replicate first, Replicate second) {
        return new LawsClose(statistic, first, second);
    }
}

package io.verity.estimators.rd;

/**
 * Which bandwidths are chosen. {@code MSE} minimises the estimated mean squared error of the point estimate; {@code CER} shrinks
 * that bandwidth to the rate that minimises the coverage error of the robust interval (Calonico, Cattaneo and Farrell 2020,
 * Econometrics Journal, doi:10.1093/ectj/utz022).
 */
public enum BandwidthSelector {
    /** One bandwidth for the difference of the two sides. */
    MSERD(Chains.DIFFERENCE, false),
    /** One bandwidth for each side. */
    MSETWO(Chains.EACH, false),
    /** One bandwidth for the sum of the two sides. */
    MSESUM(Chains.SUM, false),
    /** The smaller of {@link #MSERD} and {@link #MSESUM}. */
    MSECOMB1(Chains.SMALLER, false),
    /** On each side the median of {@link #MSERD}, {@link #MSETWO} and {@link #MSESUM}. */
    MSECOMB2(Chains.MEDIAN, false),
    /** {@link #MSERD} at the coverage rate. */
    CERRD(Chains.DIFFERENCE, true),
    /** {@link #MSETWO} at the coverage rate. */
    CERTWO(Chains.EACH, true),
    /** {@link #MSESUM} at the coverage rate. */
    CERSUM(Chains.SUM, true),
    /** {@link #MSECOMB1} at the coverage rate. */
    CERCOMB1(Chains.SMALLER, true),
    /** {@link #MSECOMB2} at the coverage rate. */
    CERCOMB2(Chains.MEDIAN, true);

    /** What the three stages of a selector aim at, and how selectors are combined. */
    enum Chains {
        DIFFERENCE,
        SUM,
        EACH,
        SMALLER,
        MEDIAN
    }

    final Chains chains;
    final boolean coverage;

    BandwidthSelector(Chains chains, boolean coverage) {
        this.chains = chains;
        this.coverage = coverage;
    }
}

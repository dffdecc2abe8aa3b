package io.verity.stats.quantiles;

/** Definitions of a sample quantile, by the numbers of Hyndman and Fan (1996, The American Statistician). */
public enum QuantileType {
    /** The inverse of the empirical distribution function: \( \inf\{z : F_N(z) \ge q\} = z_{(\lceil Nq\rceil)} \). */
    TYPE1,
    /** As {@link #TYPE1}, but where the distribution function is flat at q, the mean of the two order statistics. */
    TYPE2,
    /** Linear interpolation: with \( h = 1 + (N-1)q \), \( z_{(\lfloor h\rfloor)} \) plus the fraction of the step above. */
    TYPE7
}

package io.verity.estimators.rd;

/**
 * How the number of bins of an {@link RdPlot} is chosen (S. Calonico, M. Cattaneo, R. Titiunik, "Optimal data-driven regression
 * discontinuity plots", JASA 2015, doi:10.1080/01621459.2015.1017578), and where the bins end.
 */
public enum BinRule {
    /** Bins of equal length, so many that the bin means vary about as much as the data do. */
    EVEN_MIMICKING(false, true),
    /** Bins of equal length that trade bias against variance of the bin means. */
    EVEN_IMSE(false, false),
    /** Bins of equal numbers of rows that mimic the data's variability. */
    QUANTILE_MIMICKING(true, true),
    /** Bins of equal numbers of rows that trade bias against variance. */
    QUANTILE_IMSE(true, false);

    final boolean quantiles;
    final boolean mimicking;

    BinRule(boolean quantiles, boolean mimicking) {
        this.quantiles = quantiles;
        this.mimicking = mimicking;
    }
}

package io.verity.simulations.studies;

/**
 * Summary of one metric over the successful replicates of a condition. NaN where a figure is not defined: spread for fewer
 * than two replicates, moments when a value is infinite of both signs, errors of quantiles too close to an end.
 *
 * <p>Quantiles interpolate linearly between order statistics: \( x_{(\lfloor h \rfloor)} + (h - \lfloor h \rfloor)
 * (x_{(\lfloor h \rfloor + 1)} - x_{(\lfloor h \rfloor)}) \), \( h = (n - 1) q + 1 \) (type 7 of Hyndman &amp; Fan,
 * American Statistician 1996).
 *
 * @param name metric, {@code name} or {@code name@at}
 * @param n number of values
 * @param infinite how many of them are infinite (censored)
 * @param mean arithmetic mean
 * @param mcse its Monte Carlo standard error, \( s / \sqrt n \)
 * @param sd standard deviation (divisor n - 1)
 * @param sdMcse its Monte Carlo standard error
 * @param min smallest value
 * @param q05 5 % quantile
 * @param q05Mcse its Monte Carlo standard error
 * @param median 50 % quantile
 * @param medianMcse its Monte Carlo standard error
 * @param q95 95 % quantile
 * @param q95Mcse its Monte Carlo standard error
 * @param max largest value
 */
public record MetricSummary(
        String name,
        long n,
        long infinite,
        double mean,
        double mcse,
        double sd,
        double sdMcse,
        double min,
        double q05,
        double q05Mcse,
        double median,
        double medianMcse,
        double q95,
        double q95Mcse,
        double max) {}

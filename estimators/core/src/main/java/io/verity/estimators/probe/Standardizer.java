package io.verity.estimators.probe;

import io.verity.stats.Arguments;
import io.verity.stats.quantiles.QuantileType;
import io.verity.stats.quantiles.Quantiles;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Location and scale of every column, from training rows alone: \( z_j = (x_j - \mu_j)/s_j \) with the mean and the
 * population standard deviation (divisor n), both in two passes. Immutable.
 *
 * <p>A column is <em>excluded</em>, its weight fixed at 0, when \( s_j \le 10^{-5}\,\mathrm{median}(s) \), \( s_j \le
 * 10^{-6}|\mu_j| \), or \( s_j \) is 0 or not finite. Transformers have such dead coordinates, of standard deviation 1e-32
 * and the like; standardised they look like all others, and folded back they become the whole direction. The median is over
 * columns of positive deviation.
 */
public final class Standardizer {
    /** Columns below this multiple of the median deviation are excluded. */
    public static final double SCALE_FLOOR = 1e-5;

    /** A deviation below this multiple of the mean is rounding error of single precision. */
    private static final double RELATIVE_FLOOR = 1e-6;

    private final double[] mean;
    private final double[] deviation;
    private final int[] kept;

    private Standardizer(double[] mean, double[] deviation, int[] kept) {
        this.mean = mean;
        this.deviation = deviation;
        this.kept = kept;
    }

    /**
     * @param x the data
     * @param rows the training rows, at least one
     * @return their standardisation, with the floor {@value #SCALE_FLOOR}
     * @throws IllegalArgumentException if there is no training row
     */
    public static Standardizer of(DMatrixRMaj x, int[] rows) {
        return of(x, rows, SCALE_FLOOR);
    }

    /**
     * @param x the data
     * @param rows the training rows, at least one; a row may occur more than once
     * @param scaleFloor columns whose deviation is at most this multiple of the median are excluded, at least 0
     * @return their standardisation
     * @throws IllegalArgumentException if there is no training row or the floor is negative
     */
    public static Standardizer of(DMatrixRMaj x, int[] rows, double scaleFloor) {
        Arguments.require(rows.length > 0, "there are no training rows to standardise by");
        Arguments.nonNegative("scale floor", scaleFloor);
        int p = x.numCols;
        double[] mean = new double[p];
        for (int i : rows) {
            for (int j = 0, at = i * p; j < p; j++, at++) {
                mean[j] += x.data[at];
            }
        }
        for (int j = 0; j < p; j++) {
            mean[j] /= rows.length;
        }
        double[] deviation = new double[p];
        for (int i : rows) {
            for (int j = 0, at = i * p; j < p; j++, at++) {
                double d = x.data[at] - mean[j];
                deviation[j] = Math.fma(d, d, deviation[j]);
            }
        }
        for (int j = 0; j < p; j++) {
            deviation[j] = Math.sqrt(deviation[j] / rows.length);
        }
        double[] positive = Arrays.stream(deviation)
                .filter(s -> s > 0 && Double.isFinite(s))
                .sorted()
                .toArray();
        double median = positive.length == 0 ? 0 : Quantiles.ofSorted(positive, 0.5, QuantileType.TYPE7);
        int[] kept = IntStream.range(0, p)
                .filter(j -> Double.isFinite(deviation[j])
                        && deviation[j] > scaleFloor * median
                        && deviation[j] > RELATIVE_FLOOR * Math.abs(mean[j]))
                .toArray();
        return new Standardizer(mean, deviation, kept);
    }

    /** What a file holds. */
    static Standardizer of(double[] mean, double[] deviation, int[] kept) {
        return new Standardizer(mean, deviation, kept);
    }

    /** @return number of columns, excluded ones included */
    public int columns() {
        return mean.length;
    }

    /** @return mean of every column */
    public double[] mean() {
        return mean.clone();
    }

    /** @return population standard deviation of every column, excluded ones as they are */
    public double[] deviation() {
        return deviation.clone();
    }

    /** @return columns in use, ascending, from 0 */
    public int[] kept() {
        return kept.clone();
    }

    /** @return columns left out because they do not vary, ascending, from 0 */
    public int[] excluded() {
        return Rows.without(Rows.all(mean.length), kept);
    }

    /**
     * @param x data with the same columns
     * @param rows which rows
     * @return standardised rows, in the order given; columns are {@link #kept()} alone
     * @throws IllegalArgumentException if the number of columns differs
     */
    public DMatrixRMaj transform(DMatrixRMaj x, int[] rows) {
        Arguments.require(
                x.numCols == mean.length, "X has %d columns, but the training data had %d", x.numCols, mean.length);
        DMatrixRMaj z = new DMatrixRMaj(rows.length, kept.length);
        int at = 0;
        for (int i : rows) {
            int row = i * x.numCols;
            for (int j : kept) {
                z.data[at++] = (x.data[row + j] - mean[j]) / deviation[j];
            }
        }
        return z;
    }

    /**
     * The same rule in terms of raw columns: \( w^{raw}_j = w_j/s_j \), \( b^{raw} = b - \sum_j w^{raw}_j\mu_j \).
     *
     * @param weights one per kept column, of standardised columns
     * @param intercept of the standardised rule
     * @return the probe on raw columns; excluded columns have weight 0
     * @throws IllegalArgumentException if the number of weights differs
     */
    public LinearProbe foldBack(double[] weights, double intercept) {
        Arguments.require(weights.length == kept.length, "%d weights for %d kept columns", weights.length, kept.length);
        double[] raw = new double[mean.length];
        double shift = 0;
        for (int k = 0; k < kept.length; k++) {
            int j = kept[k];
            raw[j] = weights[k] / deviation[j];
            shift = Math.fma(raw[j], mean[j], shift);
        }
        return LinearProbe.of(raw, intercept - shift);
    }
}

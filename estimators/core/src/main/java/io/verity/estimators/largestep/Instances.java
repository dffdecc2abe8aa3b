package io.verity.estimators.largestep;

import io.verity.stats.Arguments;
import io.verity.stats.Names;
import io.verity.stats.random.SplitMix64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The deterministic data of the large-step theory, reproducible in any language: closed forms, SplitMix64 generators, and
 * public data files.
 */
public final class Instances {
    private static final int UNIFORMS_PER_NORMAL = 12;

    private static final Map<String, Supplier<SeparableData>> NAMED = new LinkedHashMap<>();

    static {
        NAMED.put("two", Instances::two);
        NAMED.put("wutoy", Instances::wuToy);
        NAMED.put("worst20", () -> worst(20));
        NAMED.put("worst200", () -> worst(200));
        NAMED.put("worst1000", () -> worst(1000));
        NAMED.put("tie1", Instances::tie1);
        NAMED.put("sepA", () -> sep(200, 20, 0.05, 1));
        NAMED.put("sepB", () -> sep(500, 10, 0.01, 7));
        NAMED.put("gmix", () -> gmix(60, 120, 1, 3));
        NAMED.put("iris01", RealData::iris);
        NAMED.put("digits01", () -> digitsPair(0, 1));
        NAMED.put("digits38", () -> digitsPair(3, 8));
        NAMED.put("digits49", () -> digitsPair(4, 9));
        NAMED.put("wdbc", RealData::wdbc);
    }

    private Instances() {}

    /** @return the names that {@link #named} knows */
    public static List<String> names() {
        return List.copyOf(NAMED.keySet());
    }

    /**
     * @param name one of {@link #names()}
     * @return the data
     * @throws IllegalArgumentException if the name is unknown; the nearest one is suggested
     */
    public static SeparableData named(String name) {
        Supplier<SeparableData> supplier = NAMED.get(name);
        if (supplier == null) {
            throw new IllegalArgumentException("unknown instance " + name + Names.suggestion(name, NAMED.keySet(), "")
                    + " (known: " + String.join(", ", NAMED.keySet()) + ")");
        }
        return supplier.get();
    }

    /** @return z = (1,-1), (1,4): the loss after one large step is huge, after two it is nothing */
    public static SeparableData two() {
        return SeparableData.ofSignedRows(new double[][] {{1, -1}, {1, 4}});
    }

    /** @return z = (1,.2), (-2,.2), twice: the toy data of Wu, Bartlett, Telgarsky, Yu, arXiv 2402.15926; margin .2 */
    public static SeparableData wuToy() {
        return SeparableData.ofSignedRows(new double[][] {{1, .2}, {-2, .2}, {1, .2}, {-2, .2}});
    }

    /** @return z = (2,1), (0,-1), (1,3): the batch perceptron meets an exact tie at t = 3 */
    public static SeparableData tie1() {
        return SeparableData.ofSignedRows(new double[][] {{2, 1}, {0, -1}, {1, 3}});
    }

    /**
     * @param n samples, at least 2
     * @return {@link #worst(int, double)} with margin one half
     */
    public static SeparableData worst(int n) {
        return worst(n, 0.5);
    }

    /**
     * The data on which the batch perceptron is slow (arXiv 2412.08424, Theorem 5.1, generalised): \( z_1 = (\mu,-1) \), all
     * others \( (\mu,1) \).
     *
     * @param n samples, at least 2
     * @param margin mu
     * @return the data
     */
    public static SeparableData worst(int n, double margin) {
        Arguments.atLeast("n", n, 2);
        Arguments.positive("margin", margin);
        double[][] z = new double[n][];
        for (int i = 0; i < n; i++) {
            z[i] = new double[] {margin, i == 0 ? -1 : 1};
        }
        return SeparableData.ofSignedRows(z);
    }

    /**
     * Uniform points of the cube with a gap around a hyperplane, then reflected (Householder) so that no axis is special.
     * Row i has label +1 for even i (0-based), else -1; its coordinates are uniform on (-1,1) from one SplitMix64 stream, the
     * first pushed to the label's side of the gap.
     *
     * @param n samples
     * @param d dimension
     * @param delta half width of the gap: the margin is at least this
     * @param seed of the stream
     * @return the data
     */
    public static SeparableData sep(int n, int d, double delta, long seed) {
        Arguments.atLeast("n", n, 1);
        Arguments.atLeast("d", d, 1);
        SplitMix64 stream = new SplitMix64(seed);
        double[][] z = new double[n][d];
        for (int i = 0; i < n; i++) {
            double y = i % 2 == 0 ? 1 : -1;
            double[] x = z[i];
            for (int j = 0; j < d; j++) {
                x[j] = 2 * stream.nextDouble() - 1;
            }
            x[0] = y * (delta + (1 - delta) * Math.abs(x[0]));
            double sum = 0;
            for (double value : x) {
                sum += value;
            }
            double c = 2 * sum / d;
            for (int j = 0; j < d; j++) {
                x[j] = y * (x[j] - c);
            }
        }
        return SeparableData.ofSignedRows(z);
    }

    /**
     * Two Gaussian clouds: coordinates are sums of twelve uniforms minus six (mean 0, variance 1), the first shifted by the
     * label times {@code shift}; labels alternate from +1.
     *
     * @param n samples
     * @param d dimension
     * @param shift half the distance of the clouds
     * @param seed of the SplitMix64 stream
     * @return the data
     */
    public static SeparableData gmix(int n, int d, double shift, long seed) {
        Arguments.atLeast("n", n, 1);
        Arguments.atLeast("d", d, 1);
        SplitMix64 stream = new SplitMix64(seed);
        double[][] z = new double[n][d];
        for (int i = 0; i < n; i++) {
            double y = i % 2 == 0 ? 1 : -1;
            for (int j = 0; j < d; j++) {
                double sum = 0;
                for (int k = 0; k < UNIFORMS_PER_NORMAL; k++) {
                    sum += stream.nextDouble();
                }
                double x = sum - 6;
                z[i][j] = y * (j == 0 ? x + y * shift : x);
            }
        }
        return SeparableData.ofSignedRows(z);
    }

    /**
     * @param values signed scalars
     * @param counts how often each occurs, at least 1
     * @return the one-dimensional data
     */
    public static SeparableData oneD(double[] values, int[] counts) {
        Arguments.require(values.length == counts.length, "%d values, but %d counts", values.length, counts.length);
        int n = 0;
        for (int count : counts) {
            n += Arguments.atLeast("count", count, 1);
        }
        double[][] z = new double[n][];
        int i = 0;
        for (int k = 0; k < values.length; k++) {
            for (int c = 0; c < counts[k]; c++) {
                z[i++] = new double[] {values[k]};
            }
        }
        return SeparableData.ofSignedRows(z);
    }

    /**
     * Images of two digits (UCI optical recognition, 8 x 8 pixels, test part) in file order, pixels divided by 16, intercept
     * appended.
     *
     * @param positive digit with label +1
     * @param negative digit with label -1
     * @return the data, 65 columns
     */
    public static SeparableData digitsPair(int positive, int negative) {
        return RealData.digits(positive, negative, Integer.MAX_VALUE);
    }

    /**
     * As {@link #digitsPair}, with only the first k images of the negative digit.
     *
     * @param positive digit with label +1, all images
     * @param negative digit with label -1
     * @param k images of the negative digit
     * @return the data, 65 columns
     */
    public static SeparableData digitsImbalanced(int positive, int negative, int k) {
        return RealData.digits(positive, negative, Arguments.atLeast("k", k, 1));
    }
}

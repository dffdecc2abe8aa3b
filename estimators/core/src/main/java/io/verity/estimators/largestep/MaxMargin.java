package io.verity.estimators.largestep;

import io.verity.stats.Arguments;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.linalg.DotEnclosure;
import io.verity.stats.linalg.LogisticKernel;
import io.verity.stats.linalg.Nnls;
import io.verity.stats.result.Provenance;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The maximal margin \( \mu = \max_{\|w\|=1}\min_i z_i^\top w \), its direction, and whether it is positive. Immutable.
 *
 * <p>By default solves \( \min\|w\|^2/2 \) subject to \( Zw\ge 1 \) exactly, as least-distance programming through
 * non-negative least squares (Lawson and Hanson, "Solving Least Squares Problems", 1974, chapter 23): minimise
 * \( \|Ea-f\| \) over \( a\ge 0 \) with \( E = [Z^\top;1^\top] \), \( f=(0,\dots,0,1) \); then
 * \( w = -r_{1..d}/r_{d+1} \) with \( r = Ea-f \), and when r vanishes a is a Gordan certificate. Very large data are
 * solved by dual coordinate ascent, which may leave a wider interval. An appended intercept column is part of w and so is
 * penalised.
 */
public final class MaxMargin {
    private static final double UNIT = 0x1.0p-53;
    private static final double DEFAULT_RELATIVE_GAP = 1e-9;
    private static final int DEFAULT_EPOCHS = 2_000;

    /** Above this size of the smaller dimension the active-set solver would take minutes. */
    private static final int LARGEST_EXACT = 4_000;

    /** Relative to the radius, the size of a combination of rows that counts as zero. */
    private static final double ZERO = 1e-10;

    private final double relativeGap;
    private final int maxEpochs;
    private final @Nullable Boolean exact;

    private final @Nullable DenseBackend chosenBackend;

    private MaxMargin(
            double relativeGap, int maxEpochs, @Nullable Boolean exact, @Nullable DenseBackend chosenBackend) {
        this.relativeGap = relativeGap;
        this.maxEpochs = maxEpochs;
        this.exact = exact;
        this.chosenBackend = chosenBackend;
    }

    /** @return the exact solver up to 4,000 columns or rows, coordinate ascent to a relative gap of 1e-9 beyond */
    public static MaxMargin withDefaults() {
        return new MaxMargin(DEFAULT_RELATIVE_GAP, DEFAULT_EPOCHS, null, null);
    }

    /**
     * @param gap \( (\mu_{hi}-\mu_{lo})/\mu_{hi} \) at which coordinate ascent stops
     * @return a copy with that gap
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public MaxMargin withRelativeGap(double gap) {
        return new MaxMargin(Arguments.nonNegative("relative gap (tolerance)", gap), maxEpochs, exact, chosenBackend);
    }

    /**
     * @param epochs passes over the rows after which coordinate ascent gives the interval it has
     * @return a copy that uses coordinate ascent whatever the size
     * @throws IllegalArgumentException if it is less than 1
     */
    public MaxMargin withCoordinateAscent(int epochs) {
        return new MaxMargin(relativeGap, Arguments.atLeast("epochs", epochs, 1), false, chosenBackend);
    }

    /** @return a copy that uses the exact solver whatever the size */
    public MaxMargin withExactSolver() {
        return new MaxMargin(relativeGap, maxEpochs, true, chosenBackend);
    }

    /**
     * @param backend does the products; it stays open
     * @return a copy with that backend
     */
    public MaxMargin with(DenseBackend backend) {
        return new MaxMargin(relativeGap, maxEpochs, exact, backend);
    }

    /**
     * @param data signed rows
     * @return the margin with its certified interval; nothing is thrown when the data are not separable
     */
    public MarginResult solve(SeparableData data) {
        boolean active = exact != null ? exact : Math.min(data.n(), data.d()) <= LARGEST_EXACT;
        return active ? exactly(data) : byCoordinateAscent(data);
    }

    private DenseBackend backend() {
        return chosenBackend != null ? chosenBackend : Backends.shared();
    }

    private LogisticKernel kernel(SeparableData data) {
        DenseBackend backend = backend();
        return backend.logisticKernel(backend.upload(data.flat(), data.n(), data.d()));
    }

    private MarginResult exactly(SeparableData data) {
        int n = data.n();
        int d = data.d();
        double unit = data.radius() > 0 ? data.radius() : 1;
        double[] columns = new double[Math.multiplyExact(n, d + 1)];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                columns[i * (d + 1) + j] = data.get(i, j) / unit;
            }
            columns[i * (d + 1) + d] = 1;
        }
        double[] f = new double[d + 1];
        f[d] = 1;
        Nnls.Solution solution = Nnls.withDefaults().solveByColumn(columns, d + 1, n, f);
        double[] w = Arrays.copyOf(solution.residual(), d); // -r_{1..d}/r_{d+1} is a positive multiple of this
        return result(data, w, solution.x(), "nnls", solution.iterations());
    }

    /** \( \alpha_i\leftarrow\max(0,\alpha_i+(1-z_i^\top w)/\|z_i\|^2) \), \( w=\sum\alpha_iz_i \), cyclically. */
    private MarginResult byCoordinateAscent(SeparableData data) {
        int n = data.n();
        int d = data.d();
        double[] alpha = new double[n];
        double[] w = new double[d];
        for (int i = 0; i < n; i++) {
            if (data.rowNorm(i) == 0) {
                alpha[i] = 1;
                return result(data, w, alpha, "coordinate-ascent", 0);
            }
        }
        int epoch = 0;
        while (epoch < maxEpochs) {
            epoch++;
            for (int i = 0; i < n; i++) {
                double product = 0;
                for (int j = 0; j < d; j++) {
                    product = Math.fma(data.get(i, j), w[j], product);
                }
                double updated = Math.max(0, alpha[i] + (1 - product) / (data.rowNorm(i) * data.rowNorm(i)));
                double change = updated - alpha[i];
                if (change != 0) {
                    alpha[i] = updated;
                    for (int j = 0; j < d; j++) {
                        w[j] = Math.fma(change, data.get(i, j), w[j]);
                    }
                }
            }
            MarginResult now = result(data, w, alpha, "coordinate-ascent", epoch);
            boolean closed = now.marginUpper() - now.marginLower() <= relativeGap * now.marginUpper();
            if (closed || now.separability() == Separability.NO) {
                return now;
            }
        }
        return result(data, w, alpha, "coordinate-ascent", epoch);
    }

    /**
     * The smallest product \( z_i^\top v \), in twice the precision: its lower end is positive only if every product is, which
     * rounding cannot feign.
     */
    private DotEnclosure smallestMargin(SeparableData data, double[] v) {
        double[] margins = new double[data.n()];
        kernel(data).margins(v, margins);
        double doubtful = Margins.smallestOrNaN(margins) + 16 * (data.d() + 2) * UNIT * data.radius();
        DotEnclosure smallest = new DotEnclosure(Double.POSITIVE_INFINITY, 0);
        for (int i = 0; i < margins.length; i++) {
            if (!(margins[i] > doubtful)) {
                DotEnclosure product = DotEnclosure.of(data.flat(), i * data.d(), 1, v);
                smallest = product.lower() < smallest.lower() ? product : smallest;
            }
        }
        return smallest;
    }

    /** \( \|\sum\alpha_iz_i\| \), its cancelling sums in twice the precision. */
    private static double combinationNorm(SeparableData data, double[] dual, int[] support) {
        double[] weights = Arrays.stream(support).mapToDouble(i -> dual[i]).toArray();
        double[] rows = new double[weights.length];
        double[] combination = new double[data.d()];
        for (int j = 0; j < combination.length; j++) {
            for (int k = 0; k < rows.length; k++) {
                rows[k] = data.get(support[k], j);
            }
            combination[j] = DotEnclosure.of(rows, 0, 1, weights).value();
        }
        return RunGeometry.norm(combination);
    }

    /** \( \sum\alpha_i\|z_i\| \): what the combination would measure if nothing cancelled. */
    private static double participating(SeparableData data, double[] dual, int[] support) {
        double sum = 0;
        for (int i : support) {
            sum = Math.fma(dual[i], data.rowNorm(i), sum);
        }
        return sum;
    }

    /** The certified interval of any w and any non-negative alpha, and the verdict that follows from it. */
    private MarginResult result(SeparableData data, double[] w, double[] alpha, String algorithm, int iterations) {
        int n = data.n();
        double norm = RunGeometry.norm(w);
        double[] direction = w.clone();
        for (int j = 0; j < direction.length && norm > 0; j++) {
            direction[j] /= norm;
        }
        DotEnclosure smallest = norm > 0 ? smallestMargin(data, direction) : new DotEnclosure(-data.radius(), 0);
        double total = 0;
        for (double weight : alpha) {
            total += weight;
        }
        double[] dual = alpha.clone();
        for (int i = 0; i < n && total > 0; i++) {
            dual[i] /= total;
        }
        int[] support = IntStream.range(0, n).filter(i -> dual[i] > 0).toArray();
        double upper = total > 0 ? combinationNorm(data, dual, support) : data.radius();
        // lower <= upper in exact arithmetic; where they meet, the last bit may say otherwise
        double lower = Math.min(smallest.lower() > 0 ? smallest.value() : smallest.lower(), upper);
        Separability separability = Separability.UNDECIDED;
        GordanCertificate certificate = null;
        if (lower > 0) {
            separability = Separability.YES;
        } else if (total > 0 && upper <= ZERO * participating(data, dual, support)) {
            separability = Separability.NO;
            double[] weights = Arrays.stream(support).mapToDouble(i -> dual[i]).toArray();
            certificate = new GordanCertificate(support, weights, upper);
        }
        return new MarginResult(
                separability,
                lower,
                upper,
                data.radius(),
                direction,
                support,
                dual,
                certificate,
                algorithm,
                iterations,
                Provenance.here(backend().info().id(), null));
    }
}

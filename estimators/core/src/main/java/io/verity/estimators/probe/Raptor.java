package io.verity.estimators.probe;

import io.verity.estimators.logistic.ClassWeight;
import io.verity.estimators.logistic.RidgeLogistic;
import io.verity.estimators.states.LayerSource;
import io.verity.stats.Arguments;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.result.Rounded;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import org.ejml.data.DMatrixRMaj;

/**
 * Ridge-adaptive logistic probes (Gao et al., "RAPTOR: Ridge-Adaptive Logistic Probes", arXiv 2602.00158).
 *
 * <p>Columns are standardised on the training rows; ridge-penalised logistic regression
 * \( \min_{w,b} \sum_i c_i\log(1+e^{-\tilde y_i(w^\top z_i+b)}) + \frac{1}{2C}|w|^2 \), the intercept unpenalised, is fitted there for
 * every C of a grid; the C that does best on the validation rows, the smallest among equals, is fitted again on training and
 * validation rows together; the weights are folded back to raw columns and their unit vector, towards class 1, is the
 * <em>concept vector</em>. Test rows take no part in any of it. Immutable.
 *
 * <p>Fits are exact (Newton's method to a gradient of 1e-8), so that a selection may differ from that of a solver that stops
 * early by a tie or a validation row.
 */
public final class Raptor {
    private static final Raptor DEFAULT = new Raptor(new RaptorSettings());

    private final RaptorSettings settings;

    private Raptor(RaptorSettings settings) {
        this.settings = settings;
    }

    /**
     * The paper's protocol: 100 values of C from 1e-4 to 100, evenly spaced in the logarithm, validation accuracy, C kept when
     * fitting again; seed 42, and as many threads as processors for sweeps.
     *
     * @return the configuration
     */
    public static Raptor withDefaults() {
        return DEFAULT;
    }

    private Raptor change(Consumer<RaptorSettings> change) {
        RaptorSettings copy = settings.clone();
        change.accept(copy);
        return new Raptor(copy);
    }

    /**
     * @param c inverse penalties, positive, in any order: they are sorted, because the first maximum along ascending C, the strongest
     *     penalty, is chosen
     * @return a copy with that grid
     * @throws IllegalArgumentException if there is none, one is not positive and finite, or one comes twice
     */
    public Raptor withGrid(double... c) {
        double[] sorted = c.clone();
        Arrays.sort(sorted);
        Arguments.require(sorted.length > 0, "the grid of C has no values");
        for (int k = 0; k < sorted.length; k++) {
            Arguments.positive("C", sorted[k]);
            Arguments.require(k == 0 || sorted[k] > sorted[k - 1], "the grid of C holds %s twice", sorted[k]);
        }
        return change(s -> s.grid = sorted);
    }

    /**
     * @param low smallest C
     * @param high largest C
     * @param count how many, evenly spaced in the logarithm
     * @return a copy with that grid
     * @throws IllegalArgumentException if low is not positive, high not above it, the count below 2, or two values so close that
     *     they are the same number
     */
    public Raptor withGrid(double low, double high, int count) {
        return withGrid(grid(low, high, count));
    }

    /** Values evenly spaced in the logarithm. */
    static double[] grid(double low, double high, int count) {
        Arguments.positive("C", low);
        Arguments.positive("C", high);
        Arguments.require(low < high, "the grid of C must run upwards, but goes from %s to %s", low, high);
        Arguments.atLeast("values of C", count, 2);
        double from = StrictMath.log10(low);
        double to = StrictMath.log10(high);
        double[] grid = new double[count];
        for (int k = 0; k < count; k++) {
            grid[k] = StrictMath.pow(10, from + (to - from) * k / (count - 1));
        }
        return grid;
    }

    /**
     * @param criterion by what C is chosen
     * @return a copy that chooses so
     */
    public Raptor with(Selection criterion) {
        return change(s -> s.selection = criterion);
    }

    /**
     * @param unit what stays the same when the probe is fitted again on training and validation rows
     * @return a copy that fits again so
     */
    public Raptor with(RefitUnit unit) {
        return change(s -> s.refitUnit = unit);
    }

    /**
     * @param weight how much the two classes count
     * @return a copy that weighs them so
     */
    public Raptor with(ClassWeight weight) {
        return change(s -> s.classWeight = weight);
    }

    /**
     * @param scheme how more than two classes are told apart
     * @return a copy that does so
     */
    public Raptor with(Multiclass scheme) {
        return change(s -> s.multiclass = scheme);
    }

    /**
     * @param weights one per row of the data, at least 0; they weigh the losses, not the standardisation and not the judging
     * @return a copy with them
     * @throws IllegalArgumentException if one is negative or not finite
     */
    public Raptor withCaseWeights(double... weights) {
        double[] copy = weights.clone();
        for (int i = 0; i < copy.length; i++) {
            Arguments.nonNegative("weight of row " + (i + 1), copy[i]);
        }
        return change(s -> s.caseWeights = copy);
    }

    /**
     * @param count folds of {@link Selection#KFOLD}, at least 2
     * @return a copy with that many
     * @throws IllegalArgumentException if there are fewer than 2
     */
    public Raptor withFolds(int count) {
        Arguments.atLeast("folds", count, 2);
        return change(s -> s.folds = count);
    }

    /**
     * @param floor columns whose standard deviation is at most this multiple of the median one are excluded
     * @return a copy with that floor
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Raptor withScaleFloor(double floor) {
        Arguments.nonNegative("scale floor", floor);
        return change(s -> s.scaleFloor = floor);
    }

    /**
     * @param seed of the folds of {@link Selection#KFOLD}; nothing else is random
     * @return a copy with that seed
     */
    public Raptor withSeed(long seed) {
        return change(s -> s.seed = seed);
    }

    /**
     * @param count layers of a sweep that are fitted at once at most; results do not depend on it
     * @return a copy with that many threads
     * @throws IllegalArgumentException if it is below 1
     */
    public Raptor withThreads(int count) {
        Arguments.atLeast("threads", count, 1);
        return change(s -> s.threads = count);
    }

    /**
     * @param bytes that the layers of a sweep may take at once; fewer are then fitted at a time, but always one. Default: half of
     *     what the virtual machine may have
     * @return a copy with that bound
     * @throws IllegalArgumentException if it is not positive
     */
    public Raptor withMemory(long bytes) {
        Arguments.require(bytes > 0, "memory must be positive, but is %d", bytes);
        return change(s -> s.memory = bytes);
    }

    /**
     * @param logistic solver, tolerance and iterations of the fits; its weights and backend are replaced by this object's
     * @return a copy that fits with it
     */
    public Raptor with(RidgeLogistic logistic) {
        return change(s -> s.solver = logistic);
    }

    /**
     * @param backend does the dense products
     * @return a copy that uses it
     */
    public Raptor with(DenseBackend backend) {
        return change(s -> s.chosenBackend = backend);
    }

    RaptorSettings settings() {
        return settings;
    }

    /** @return the inverse penalties, ascending */
    public double[] grid() {
        return settings.grid.clone();
    }

    /** @return by what C is chosen */
    public Selection selection() {
        return settings.selection;
    }

    /** @return layers fitted at once at most */
    public int threads() {
        return settings.threads;
    }

    /**
     * @param x states, one row per example
     * @param y 0 or 1 per row
     * @param split which rows train, validate and test
     * @return the probe and how it came about
     * @throws IllegalArgumentException if X is empty, ragged or not finite, labels are not 0 and 1, or the numbers of rows differ
     * @throws io.verity.estimators.logistic.SingleClassException if the training rows belong to one class
     */
    public RaptorResult fit(double[][] x, int[] y, Split split) {
        return fit(Rows.of(x), y, split);
    }

    /**
     * @param x states, one row per example
     * @param y 0 or 1 per row
     * @param split which rows train, validate and test
     * @return the probe and how it came about
     * @throws IllegalArgumentException if X is empty or not finite, labels are not 0 and 1, or the numbers of rows differ
     * @throws io.verity.estimators.logistic.SingleClassException if the training rows belong to one class
     */
    public RaptorResult fit(DMatrixRMaj x, int[] y, Split split) {
        return fit(x, y, split, 0);
    }

    RaptorResult fit(DMatrixRMaj x, int[] y, Split split, long layer) {
        Rows.checkTwoClasses(x.numRows, y);
        checkSplit(x.numRows, split);
        TunedFit fit = TunedFit.of(
                settings, Rows.finite(x), y, split.train(), split.validation(), split.groupsOrNull(), layer);
        return RaptorResult.of(settings, fit, x, y, split);
    }

    private void checkSplit(int rows, Split split) {
        Arguments.require(split.rows() == rows, "X has %d rows but the split is of %d", rows, split.rows());
        double[] weights = settings.caseWeights;
        Arguments.require(
                weights == null || weights.length == rows,
                "X has %d rows but there are %d case weights",
                rows,
                weights == null ? 0 : weights.length);
    }

    /**
     * More than two classes: one concept vector per class.
     *
     * @param x states, one row per example
     * @param y class 0, 1, ... per row
     * @param split which rows train, validate and test
     * @return the rule and a direction per class
     * @throws IllegalArgumentException if X is empty or not finite, a class is negative, or the numbers of rows differ
     * @throws io.verity.stats.EstimationException if a class has no training row, or there is only one
     */
    public MulticlassResult fitMulticlass(DMatrixRMaj x, int[] y, Split split) {
        Rows.checkCount(x.numRows, y);
        checkSplit(x.numRows, split);
        return MulticlassFitting.fit(settings, Rows.finite(x), y, split);
    }

    /**
     * Fits every layer, several at once, each with the same split. At most as many layers are in memory as threads and
     * {@link #withMemory} allow.
     *
     * @param layers states of the same texts, layer by layer
     * @param y 0 or 1 per text
     * @param split which texts train, validate and test
     * @return one result per layer; the same for any number of threads
     * @throws IllegalArgumentException as {@link #fit(DMatrixRMaj, int[], Split)}
     * @throws io.verity.estimators.logistic.SingleClassException if the training rows belong to one class
     */
    public LayerSweep sweep(LayerSource layers, int[] y, Split split) {
        Rows.checkTwoClasses(layers.rows(), y);
        checkSplit(layers.rows(), split);
        int threads = Parallel.withinMemory(settings.threads, settings.memory, layers, settings.grid.length);
        return new LayerSweep(
                layers.names(),
                Parallel.map(layers.layers(), threads, layer -> fit(layers.load(layer), y, split, layer)));
    }

    /** @return grid and selection, for a terminal */
    @Override
    public String toString() {
        double[] grid = settings.grid;
        return "Raptor[" + grid.length + (grid.length == 1 ? " value" : " values") + " of C from "
                + Rounded.to(grid[0], 4) + " to " + Rounded.to(grid[grid.length - 1], 4) + ", selection "
                + settings.selection.name().toLowerCase(Locale.ROOT).replace('_', '-') + ", seed " + settings.seed
                + "]";
    }
}

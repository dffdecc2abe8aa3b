package io.verity.estimators.largestep;

import io.verity.stats.Arguments;
import io.verity.stats.linalg.DenseBackend;
import java.util.List;
import java.util.function.Consumer;

/**
 * Logistic regression by gradient descent with any step size, and its normalized and adaptive variants.
 *
 * <p>Minimises \( f(\theta) = \frac1n\sum_i \log(1+e^{-z_i^\top\theta}) \) (the 1/n is part of the definition: a library that
 * uses the sum has step \( \gamma/n \)). With a large step the loss may rise and oscillate, and still the iterate separates
 * separable data: \( \theta_t/\gamma \) tends to the batch perceptron as \( \gamma\to\infty \) (A. Tyurin, arXiv 2412.08424,
 * Theorem 3.2). Runs iterate \( \theta/\gamma \), which neither overflows nor, for \( \gamma \) a power of two, changes a bit.
 * Immutable: every {@code with} returns a changed copy.
 *
 * <pre>{@code
 * LargeStepFit fit = LargeStepLogistic.withDefaults().withStepSize(10).with(Variant.NORMALIZED).fit(data);
 * }</pre>
 *
 * <p>Normalized and softmax steps amplify rounding by \( \gamma \) whenever a margin is near zero: at large step sizes their
 * iteration counts are reproducible on this library's deterministic backends, but mean nothing to the last digit.
 */
public final class LargeStepLogistic {
    private final Settings settings;

    private LargeStepLogistic(Settings settings) {
        this.settings = settings;
    }

    /**
     * @return step size 1, gradient descent from zero, at most 10,000 iterations, stop at separation, nothing recorded,
     *     automatic mode, scaled coordinates, the shared single-thread backend
     */
    public static LargeStepLogistic withDefaults() {
        return new LargeStepLogistic(new Settings());
    }

    private LargeStepLogistic change(Consumer<Settings> change) {
        Settings copy = settings.clone();
        change.accept(copy);
        return new LargeStepLogistic(copy);
    }

    /**
     * @param gamma step size
     * @return a copy with that step size
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public LargeStepLogistic withStepSize(double gamma) {
        Arguments.positive("step size", gamma);
        return change(s -> s.stepSize = gamma);
    }

    /**
     * @param variant how a step follows from the margins
     * @return a copy with that variant
     */
    public LargeStepLogistic with(Variant variant) {
        return change(s -> s.variant = variant);
    }

    /**
     * @param theta0 the starting point, d entries (the intercept last)
     * @return a copy that starts there instead of at zero
     * @throws IllegalArgumentException if an entry is not finite
     */
    public LargeStepLogistic withStart(double... theta0) {
        Arguments.allFinite("theta0", theta0);
        double[] copy = theta0.clone();
        return change(s -> s.start = copy);
    }

    /**
     * @param count largest number of steps
     * @return a copy with that limit
     * @throws IllegalArgumentException if it is negative
     */
    public LargeStepLogistic withMaxIterations(int count) {
        Arguments.atLeast("maxIterations", count, 0);
        return change(s -> s.maxIterations = count);
    }

    /**
     * @param rule when to stop before the iterations are used up
     * @return a copy with that rule
     */
    public LargeStepLogistic with(StopRule rule) {
        return change(s -> s.stop = rule);
    }

    /**
     * @param recorder what to note along the run
     * @return a copy with that recorder
     */
    public LargeStepLogistic with(Recorder recorder) {
        return change(s -> s.recorder = recorder);
    }

    /**
     * @param mode primal, Gram or automatic; the results differ in rounding alone
     * @return a copy with that mode
     */
    public LargeStepLogistic with(Mode mode) {
        return change(s -> s.mode = mode);
    }

    /**
     * @param coordinates the multiple of theta that is iterated; the results differ in rounding alone
     * @return a copy with those coordinates
     */
    public LargeStepLogistic with(Coordinates coordinates) {
        return change(s -> s.coordinates = coordinates);
    }

    /**
     * @param backend does the products; it stays open
     * @return a copy with that backend
     */
    public LargeStepLogistic with(DenseBackend backend) {
        return change(s -> s.chosenBackend = backend);
    }

    /**
     * @param data signed rows
     * @return the run's result; a run that does not separate says so in its status, it does not throw
     * @throws IllegalArgumentException if the start has another length than the data have columns, or the recorder notes
     *     something that needs a maximal margin and has none
     */
    public LargeStepFit fit(SeparableData data) {
        checkStart(data);
        return new GradientRun(settings, data).run();
    }

    /**
     * One run per step size, with everything else as configured. Small runs are spread over the backend's threads and give
     * the bits of {@link #fit}; gradient descent on large data takes all step sizes through the data together, as matrix
     * products, and agrees with {@link #fit} up to rounding.
     *
     * @param data signed rows
     * @param stepSizes gamma of every run
     * @return the results, in the order of the step sizes; the same for any number of threads
     * @throws IllegalArgumentException if a step size is not positive and finite, or as {@link #fit}
     */
    public List<LargeStepFit> fitAll(SeparableData data, double... stepSizes) {
        for (double gamma : stepSizes) {
            Arguments.positive("step size", gamma);
        }
        checkStart(data);
        return BatchRun.suits(settings, data, stepSizes.length)
                ? new BatchRun(settings, data, stepSizes).run()
                : ParallelRuns.run(settings, data, stepSizes);
    }

    private void checkStart(SeparableData data) {
        double[] start = settings.start;
        if (start != null) {
            Arguments.require(
                    start.length == data.d(),
                    "theta0 has %d entries, the data have %d columns",
                    start.length,
                    data.d());
        }
    }
}

package io.verity.estimators.largestep;

import io.verity.stats.Arguments;
import io.verity.stats.result.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Logistic regression by gradient descent with any step size, and its normalized and adaptive variants.
 *
 * <p>Minimises \( f(\theta) = \frac1n\sum_i \log(1+e^{-z_i^\top\theta}) \) (the 1/n is part of the definition: a library that
 * uses the sum has step \( \gamma/n \)). With a large step the loss may rise and oscillate, and still the iterate separates
 * separable data: \( \theta_t/\gamma \) tends to the batch perceptron as \( \gamma\to\infty \) (A. Tyurin, arXiv 2412.08424,
 * Theorem 3.2). Immutable: every {@code with} returns a changed copy.
 *
 * <pre>{@code
 * LargeStepFit fit = LargeStepLogistic.withDefaults().withStepSize(10).with(Variant.NORMALIZED).fit(data);
 * }</pre>
 */
public final class LargeStepLogistic {
    private static final int DEFAULT_ITERATIONS = 10_000;

    /** Above this many rows the Gram matrix (n x n doubles) is not formed unless asked for. */
    private static final int LARGEST_AUTOMATIC_GRAM = 4096;

    private final double stepSize;
    private final Variant variant;
    private final double @Nullable [] start;
    private final int maxIterations;
    private final StopRule stop;
    private final Recorder recorder;
    private final Mode mode;
    private final Coordinates coordinates;

    private LargeStepLogistic(
            double stepSize,
            Variant variant,
            double @Nullable [] start,
            int maxIterations,
            StopRule stop,
            Recorder recorder,
            Mode mode,
            Coordinates coordinates) {
        this.stepSize = stepSize;
        this.variant = variant;
        this.start = start;
        this.maxIterations = maxIterations;
        this.stop = stop;
        this.recorder = recorder;
        this.mode = mode;
        this.coordinates = coordinates;
    }

    /**
     * @return step size 1, gradient descent from zero, at most 10,000 iterations, stop at separation, nothing recorded,
     *     automatic mode, scaled coordinates
     */
    public static LargeStepLogistic withDefaults() {
        return new LargeStepLogistic(
                1,
                Variant.GD,
                null,
                DEFAULT_ITERATIONS,
                StopRule.separated(),
                Recorder.none(),
                Mode.AUTO,
                Coordinates.SCALED);
    }

    /**
     * @param gamma step size
     * @return a copy with that step size
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public LargeStepLogistic withStepSize(double gamma) {
        return new LargeStepLogistic(
                Arguments.positive("step size", gamma),
                variant,
                start,
                maxIterations,
                stop,
                recorder,
                mode,
                coordinates);
    }

    /**
     * @param value how a step follows from the margins
     * @return a copy with that variant
     */
    public LargeStepLogistic with(Variant value) {
        return new LargeStepLogistic(stepSize, value, start, maxIterations, stop, recorder, mode, coordinates);
    }

    /**
     * @param theta0 the starting point, d entries (the intercept last)
     * @return a copy that starts there instead of at zero
     * @throws IllegalArgumentException if an entry is not finite
     */
    public LargeStepLogistic withStart(double... theta0) {
        Arguments.allFinite("theta0", theta0);
        return new LargeStepLogistic(
                stepSize, variant, theta0.clone(), maxIterations, stop, recorder, mode, coordinates);
    }

    /**
     * @param count largest number of steps
     * @return a copy with that limit
     * @throws IllegalArgumentException if it is negative
     */
    public LargeStepLogistic withMaxIterations(int count) {
        return new LargeStepLogistic(
                stepSize,
                variant,
                start,
                Arguments.atLeast("maxIterations", count, 0),
                stop,
                recorder,
                mode,
                coordinates);
    }

    /**
     * @param rule when to stop before the iterations are used up
     * @return a copy with that rule
     */
    public LargeStepLogistic with(StopRule rule) {
        return new LargeStepLogistic(stepSize, variant, start, maxIterations, rule, recorder, mode, coordinates);
    }

    /**
     * @param value what to note along the run
     * @return a copy with that recorder
     */
    public LargeStepLogistic with(Recorder value) {
        return new LargeStepLogistic(stepSize, variant, start, maxIterations, stop, value, mode, coordinates);
    }

    /**
     * @param value primal, Gram or automatic; the results differ in rounding alone
     * @return a copy with that mode
     */
    public LargeStepLogistic with(Mode value) {
        return new LargeStepLogistic(stepSize, variant, start, maxIterations, stop, recorder, value, coordinates);
    }

    /**
     * @param value the multiple of theta that is iterated; the results differ in rounding alone
     * @return a copy with those coordinates
     */
    public LargeStepLogistic with(Coordinates value) {
        return new LargeStepLogistic(stepSize, variant, start, maxIterations, stop, recorder, mode, value);
    }

    /**
     * @param data signed rows
     * @return the run's result; a run that does not separate says so in its status, it does not throw
     * @throws IllegalArgumentException if the start has another length than the data have columns, or the recorder notes
     *     something that needs a maximal margin and has none
     */
    public LargeStepFit fit(SeparableData data) {
        if (start != null) {
            Arguments.require(
                    start.length == data.d(),
                    "theta0 has %d entries, the data have %d columns",
                    start.length,
                    data.d());
        }
        return new Run(data).run();
    }

    /**
     * One run per step size, with everything else as configured. The runs share passes over the data.
     *
     * @param data signed rows
     * @param stepSizes gamma of every run
     * @return the results, in the order of the step sizes, the same as those of {@link #fit}
     * @throws IllegalArgumentException if a step size is not positive and finite, or as {@link #fit}
     */
    public List<LargeStepFit> fitAll(SeparableData data, double... stepSizes) {
        List<LargeStepFit> fits = new ArrayList<>(stepSizes.length);
        for (double gamma : stepSizes) {
            fits.add(withStepSize(gamma).fit(data));
        }
        return fits;
    }

    private Mode modeFor(SeparableData data) {
        if (mode != Mode.AUTO) {
            return mode;
        }
        boolean wide = data.n() <= 2L * data.d() && data.n() <= LARGEST_AUTOMATIC_GRAM;
        boolean marginsSuffice = !recorder.needsIterate() && stop.kind() != StopRule.Kind.GRADIENT_BELOW;
        return wide && marginsSuffice ? Mode.GRAM : Mode.PRIMAL;
    }

    /** One run: mutable, used once. */
    private final class Run implements Observer.View {
        private final SeparableData data;
        private final int n;
        private final Mode used;
        private final Space space;
        private final Observer observer;
        private final boolean averaging;
        private final double unit; // x = unit * theta / gamma
        private final double scale; // m = scale * Zx
        private final double[] margins;
        private final double[] weights;
        private final double[] averaged;
        private int t;
        private int separatedAt = -1;
        private int averagedSeparatedAt = -1;

        Run(SeparableData data) {
            this.data = data;
            n = data.n();
            used = modeFor(data);
            unit = coordinates == Coordinates.SUMMED ? n : 1;
            scale = stepSize / unit;
            double[] x = new double[data.d()];
            if (start != null) {
                for (int j = 0; j < x.length; j++) {
                    x[j] = start[j] / scale;
                }
            }
            space = used == Mode.GRAM ? new Space.Gram(data, x) : new Space.Primal(data, x);
            observer = new Observer(data, recorder, stepSize, stop.kind() == StopRule.Kind.LOSS_BELOW);
            averaging = variant == Variant.SOFTMAX || recorder.needsAverage();
            margins = new double[n];
            weights = new double[n];
            averaged = new double[averaging ? n : 0];
        }

        LargeStepFit run() {
            while (true) {
                boolean inRange = refreshMargins();
                observer.see(t, margins, separatedAt >= 0);
                Status status = inRange ? statusAtIterate() : Status.OVERFLOW;
                observer.record(t, status != null, this);
                if (status != null) {
                    return result(status);
                }
                if (averaging) {
                    space.addToSum();
                }
                double factor = Weights.fill(variant, margins, weights);
                // in summed coordinates n/n cancels before it can round
                space.step(weights, coordinates == Coordinates.SUMMED ? summed(factor) : factor);
                t++;
            }
        }

        private double summed(double factor) {
            boolean mean = variant == Variant.GD || variant == Variant.EXPONENTIAL_LOSS;
            return mean ? 1 : n * factor;
        }

        /** Computes the margins of the present iterate; false when it left the range of double precision. */
        private boolean refreshMargins() {
            double[] products = space.products();
            for (int i = 0; i < n; i++) {
                margins[i] = scale * products[i];
            }
            double smallest = Margins.smallest(margins);
            if (separatedAt < 0 && smallest > 0) {
                separatedAt = t;
            }
            if (averaging && t > 0 && averagedSeparatedAt < 0 && Margins.smallest(space.summedProducts()) > 0) {
                averagedSeparatedAt = t;
            }
            boolean exponentialBlowUp = variant == Variant.EXPONENTIAL_LOSS && smallest < Weights.LOWEST_MARGIN;
            return Margins.finite(products) && !exponentialBlowUp;
        }

        private @Nullable Status statusAtIterate() {
            boolean reached = switch (stop.kind()) {
                case SEPARATED -> separatedAt == t;
                case LOSS_BELOW -> observer.loss() < stop.level();
                case GRADIENT_BELOW -> observer.gradientNorm(margins) < stop.level();
                case MAX_ITERATIONS -> false;
            };
            if (reached) {
                return stop.kind() == StopRule.Kind.SEPARATED ? Status.SEPARATED : Status.TOLERANCE;
            }
            return t == maxIterations ? Status.MAX_ITER : null;
        }

        @Override
        public double[] margins() {
            return margins;
        }

        @Override
        public void scaledTheta(double[] target) {
            space.state(target);
            if (unit != 1) {
                for (int j = 0; j < target.length; j++) {
                    target[j] /= unit;
                }
            }
        }

        @Override
        public double @Nullable [] averagedMargins() {
            if (!averaging || t == 0) {
                return null;
            }
            double[] products = space.summedProducts();
            for (int i = 0; i < n; i++) {
                averaged[i] = scale * (products[i] / t);
            }
            return averaged;
        }

        private LargeStepFit result(Status status) {
            double[] scaledTheta = new double[data.d()];
            scaledTheta(scaledTheta);
            double[] theta = times(scaledTheta, stepSize);
            double[] average = null;
            if (averaging && t > 0) {
                average = new double[data.d()];
                space.sum(average);
                average = times(average, scale / t);
            }
            return new LargeStepFit(
                    variant.id(),
                    stepSize,
                    status,
                    optional(separatedAt),
                    t,
                    theta,
                    scaledTheta,
                    average,
                    optional(averagedSeparatedAt),
                    Snapshot.of(data, margins, theta),
                    observer.history(),
                    null,
                    0,
                    observer.trace(),
                    data.hasIntercept(),
                    used,
                    Provenance.here("java", null));
        }
    }

    private static double[] times(double[] v, double factor) {
        double[] product = v.clone();
        for (int j = 0; j < product.length; j++) {
            product[j] *= factor;
        }
        return product;
    }

    private static OptionalInt optional(int t) {
        return t < 0 ? OptionalInt.empty() : OptionalInt.of(t);
    }
}

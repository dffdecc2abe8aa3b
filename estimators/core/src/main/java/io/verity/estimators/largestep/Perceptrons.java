package io.verity.estimators.largestep;

import io.verity.stats.Arguments;
import io.verity.stats.linalg.DenseBackend;
import org.jspecify.annotations.Nullable;

/**
 * The perceptron family, the limit of {@link LargeStepLogistic} as the step grows. Immutable.
 *
 * <p>A margin is zero when it is so in exact arithmetic, for data that are integers times a power of two; on other data
 * when \( |z_i^\top\theta| \le \epsilon \|z_i\| \|\theta\| \). The number of ties met is reported.
 */
public final class Perceptrons {
    private static final int DEFAULT_ITERATIONS = 10_000;
    private static final double DEFAULT_TIE_TOLERANCE = 1e-13;

    /** Which perceptron. */
    enum Kind {
        BATCH("batch-perceptron"),
        NORMALIZED_BATCH("normalized-batch-perceptron"),
        CLASSIC("perceptron");

        final String id;

        Kind(String id) {
            this.id = id;
        }
    }

    /** The configuration. */
    record Choices(
            Kind kind,
            TieRule tieRule,
            Pick pick,
            int maxIterations,
            double tieTolerance,
            boolean stopAtSeparation,
            Recorder recorder,
            @Nullable DenseBackend backend) {}

    private final Choices choices;

    private Perceptrons(Choices choices) {
        this.choices = choices;
    }

    private static Perceptrons of(Kind kind, TieRule rule, Pick pick) {
        return new Perceptrons(
                new Choices(kind, rule, pick, DEFAULT_ITERATIONS, DEFAULT_TIE_TOLERANCE, true, Recorder.none(), null));
    }

    /**
     * Batch perceptron (arXiv 2412.08424, section 3): \( \theta_1 = \frac1{2n}\sum_i z_i \), then
     * \( \theta_{t+1} = \theta_t + \frac1n\sum_{i: z_i^\top\theta_t\le 0} z_i \). With {@link TieRule#HALF} zero margins
     * count half and the first step needs no exception.
     *
     * @param rule what a zero margin counts
     * @return at most 10,000 iterations, stop at separation, nothing recorded
     */
    public static Perceptrons batch(TieRule rule) {
        return of(Kind.BATCH, rule, Pick.FIRST);
    }

    /**
     * Normalized batch perceptron (arXiv 2412.08424, Theorem 5.3): adds the mean of the misclassified rows.
     *
     * @return at most 10,000 iterations, stop at separation, nothing recorded
     */
    public static Perceptrons normalizedBatch() {
        return of(Kind.NORMALIZED_BATCH, TieRule.MISTAKE, Pick.FIRST);
    }

    /**
     * The perceptron of Rosenblatt: adds one misclassified row.
     *
     * @param pick which one
     * @return at most 10,000 iterations, stop at separation, nothing recorded
     */
    public static Perceptrons classic(Pick pick) {
        return of(Kind.CLASSIC, TieRule.MISTAKE, pick);
    }

    /**
     * @param count largest number of steps
     * @return a copy with that limit
     * @throws IllegalArgumentException if it is negative
     */
    public Perceptrons withMaxIterations(int count) {
        Choices c = choices;
        return new Perceptrons(new Choices(
                c.kind,
                c.tieRule,
                c.pick,
                Arguments.atLeast("maxIterations", count, 0),
                c.tieTolerance,
                c.stopAtSeparation,
                c.recorder,
                c.backend));
    }

    /**
     * @param epsilon relative size below which a margin counts as zero, on data that are not integers times a power of two
     * @return a copy with that tolerance
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Perceptrons withTieTolerance(double epsilon) {
        Choices c = choices;
        return new Perceptrons(new Choices(
                c.kind,
                c.tieRule,
                c.pick,
                c.maxIterations,
                Arguments.nonNegative("tie tolerance", epsilon),
                c.stopAtSeparation,
                c.recorder,
                c.backend));
    }

    /** @return a copy that goes on (without changing) after separation until its iterations are used up */
    public Perceptrons withoutStopping() {
        Choices c = choices;
        return new Perceptrons(
                new Choices(c.kind, c.tieRule, c.pick, c.maxIterations, c.tieTolerance, false, c.recorder, c.backend));
    }

    /**
     * @param recorder what to note along the run
     * @return a copy with that recorder
     */
    public Perceptrons with(Recorder recorder) {
        Choices c = choices;
        return new Perceptrons(new Choices(
                c.kind, c.tieRule, c.pick, c.maxIterations, c.tieTolerance, c.stopAtSeparation, recorder, c.backend));
    }

    /**
     * @param backend does the products; it stays open
     * @return a copy with that backend
     */
    public Perceptrons with(DenseBackend backend) {
        Choices c = choices;
        return new Perceptrons(new Choices(
                c.kind, c.tieRule, c.pick, c.maxIterations, c.tieTolerance, c.stopAtSeparation, c.recorder, backend));
    }

    /**
     * @param data signed rows
     * @return the run's result; a run that does not separate says so in its status, it does not throw
     * @throws IllegalArgumentException if the recorder notes something that needs a maximal margin and has none
     */
    public LargeStepFit fit(SeparableData data) {
        return new PerceptronRun(choices, data).run();
    }
}

package io.verity.estimators.largestep;

import io.verity.stats.Arguments;
import io.verity.stats.result.Provenance;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The perceptron family, the limit of {@link LargeStepLogistic} as the step grows. Immutable.
 *
 * <p>A margin is zero when it is so in exact arithmetic, for data that are integers times a power of two; on other data
 * when \( |z_i^\top\theta| \le \epsilon \|z_i\| \max(1,\|\theta\|) \). The number of ties met is reported.
 */
public final class Perceptrons {
    private static final int DEFAULT_ITERATIONS = 10_000;
    private static final double DEFAULT_TIE_TOLERANCE = 1e-13;

    private enum Kind {
        BATCH("batch-perceptron"),
        NORMALIZED_BATCH("normalized-batch-perceptron"),
        CLASSIC("perceptron");

        private final String id;

        Kind(String id) {
            this.id = id;
        }
    }

    private final Kind kind;
    private final TieRule tieRule;
    private final Pick pick;
    private final int maxIterations;
    private final double tieTolerance;
    private final boolean stopAtSeparation;
    private final Recorder recorder;

    private Perceptrons(
            Kind kind,
            TieRule tieRule,
            Pick pick,
            int maxIterations,
            double tieTolerance,
            boolean stopAtSeparation,
            Recorder recorder) {
        this.kind = kind;
        this.tieRule = tieRule;
        this.pick = pick;
        this.maxIterations = maxIterations;
        this.tieTolerance = tieTolerance;
        this.stopAtSeparation = stopAtSeparation;
        this.recorder = recorder;
    }

    private static Perceptrons of(Kind kind, TieRule rule, Pick pick) {
        return new Perceptrons(kind, rule, pick, DEFAULT_ITERATIONS, DEFAULT_TIE_TOLERANCE, true, Recorder.none());
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
        return new Perceptrons(
                kind,
                tieRule,
                pick,
                Arguments.atLeast("maxIterations", count, 0),
                tieTolerance,
                stopAtSeparation,
                recorder);
    }

    /**
     * @param epsilon relative size below which a margin counts as zero, on data that are not integers times a power of two
     * @return a copy with that tolerance
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Perceptrons withTieTolerance(double epsilon) {
        return new Perceptrons(
                kind,
                tieRule,
                pick,
                maxIterations,
                Arguments.nonNegative("tie tolerance", epsilon),
                stopAtSeparation,
                recorder);
    }

    /** @return a copy that goes on (without changing) after separation until its iterations are used up */
    public Perceptrons withoutStopping() {
        return new Perceptrons(kind, tieRule, pick, maxIterations, tieTolerance, false, recorder);
    }

    /**
     * @param value what to note along the run
     * @return a copy with that recorder
     */
    public Perceptrons with(Recorder value) {
        return new Perceptrons(kind, tieRule, pick, maxIterations, tieTolerance, stopAtSeparation, value);
    }

    /**
     * @param data signed rows
     * @return the run's result; a run that does not separate says so in its status, it does not throw
     * @throws IllegalArgumentException if the recorder notes something that needs a maximal margin and has none
     */
    public LargeStepFit fit(SeparableData data) {
        return new Run(data).run();
    }

    /** One run: mutable, used once. The state is x with theta = x / divisor. */
    private final class Run implements Observer.View {
        private final SeparableData data;
        private final int n;
        private final Products products;
        private final Observer observer;
        private final double divisor;
        private final double[] x;
        private final double[] margins;
        private final double[] weights;
        private final double[] step;
        private final long @Nullable [] doubledCounts;
        private @Nullable ExactRows exact;
        private int t;
        private int separatedAt = -1;
        private long ties;

        Run(SeparableData data) {
            this.data = data;
            n = data.n();
            products = new Products(data);
            observer = new Observer(data, recorder, 1, false);
            divisor = switch (kind) {
                case BATCH -> 2.0 * n;
                case NORMALIZED_BATCH -> 1;
                case CLASSIC -> 2;
            };
            x = new double[data.d()];
            margins = new double[n];
            weights = new double[n];
            step = new double[data.d()];
            doubledCounts = kind == Kind.NORMALIZED_BATCH ? null : new long[n];
            exact = doubledCounts == null ? null : ExactRows.of(data).orElse(null);
        }

        LargeStepFit run() {
            while (true) {
                refreshMargins();
                int mistakes = Margins.misclassified(margins);
                if (mistakes == 0 && separatedAt < 0) {
                    separatedAt = t;
                }
                observer.see(t, margins, separatedAt >= 0);
                Status status = null;
                if (mistakes == 0 && stopAtSeparation) {
                    status = Status.SEPARATED;
                } else if (t == maxIterations) {
                    status = Status.MAX_ITER;
                }
                observer.record(t, status != null, this);
                if (status != null) {
                    return result(status);
                }
                if (mistakes > 0) {
                    step(mistakes);
                }
                t++;
            }
        }

        /** Margins of theta, with those that count as zero set to zero. */
        private void refreshMargins() {
            if (exact != null && !exact.fits()) {
                exact = null; // from here on in double precision, with the tie tolerance
            }
            if (exact != null) {
                exact.state(x);
                exact.products(margins);
            } else {
                products.times(x, margins);
            }
            double size = Math.max(1, RunGeometry.norm(x) / divisor);
            for (int i = 0; i < n; i++) {
                margins[i] /= divisor;
                boolean tie =
                        exact != null ? margins[i] == 0 : Math.abs(margins[i]) <= tieTolerance * data.rowNorm(i) * size;
                if (tie) {
                    margins[i] = 0;
                    ties += t > 0 ? 1 : 0;
                }
            }
        }

        private void step(int mistakes) {
            switch (kind) {
                case BATCH -> batchStep();
                case NORMALIZED_BATCH -> normalizedStep(mistakes);
                case CLASSIC -> add(picked(), 2);
            }
        }

        private void batchStep() {
            boolean half = tieRule == TieRule.HALF || t == 0;
            for (int i = 0; i < n; i++) {
                if (margins[i] <= 0) {
                    add(i, margins[i] == 0 && half ? 1 : 2);
                }
            }
        }

        private void normalizedStep(int mistakes) {
            for (int i = 0; i < n; i++) {
                weights[i] = margins[i] <= 0 ? 1 : 0;
            }
            products.transposedTimes(weights, step);
            for (int j = 0; j < x.length; j++) {
                x[j] += step[j] / mistakes;
            }
        }

        private int picked() {
            int chosen = -1;
            for (int i = 0; i < n; i++) {
                if (margins[i] <= 0) {
                    if (pick == Pick.FIRST) {
                        return i;
                    }
                    if (chosen < 0 || margins[i] < margins[chosen]) {
                        chosen = i;
                    }
                }
            }
            return chosen;
        }

        private void add(int i, int doubled) {
            if (doubledCounts != null) {
                doubledCounts[i] += doubled;
            }
            if (exact != null) {
                exact.add(i, doubled);
            } else {
                for (int j = 0; j < x.length; j++) {
                    x[j] = Math.fma(doubled, data.get(i, j), x[j]);
                }
            }
        }

        @Override
        public double[] margins() {
            return margins;
        }

        @Override
        public void scaledTheta(double[] target) {
            for (int j = 0; j < target.length; j++) {
                target[j] = x[j] / divisor;
            }
        }

        @Override
        public double @Nullable [] averagedMargins() {
            return null;
        }

        private LargeStepFit result(Status status) {
            double[] theta = new double[x.length];
            scaledTheta(theta);
            return new LargeStepFit(
                    kind.id,
                    1,
                    status,
                    separatedAt < 0 ? OptionalInt.empty() : OptionalInt.of(separatedAt),
                    t,
                    theta,
                    theta.clone(),
                    null,
                    OptionalInt.empty(),
                    Snapshot.of(data, margins, theta),
                    observer.history(),
                    doubledCounts,
                    ties,
                    observer.trace(),
                    data.hasIntercept(),
                    Mode.PRIMAL,
                    Provenance.here("java", null));
        }
    }
}

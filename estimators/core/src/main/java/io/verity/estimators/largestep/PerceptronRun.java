package io.verity.estimators.largestep;

import io.verity.estimators.largestep.Perceptrons.Choices;
import io.verity.estimators.largestep.Perceptrons.Kind;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.linalg.LogisticKernel;
import io.verity.stats.linalg.MarginFunctions;
import io.verity.stats.result.Provenance;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One run of a perceptron: mutable, used once. The state is x with theta = x / divisor. */
final class PerceptronRun implements Observer.View {
    private final Choices choices;
    private final SeparableData data;
    private final int n;
    private final DenseBackend backend;
    private final LogisticKernel kernel;
    private final MarginFunctions functions;
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

    PerceptronRun(Choices choices, SeparableData data) {
        this.choices = choices;
        this.data = data;
        n = data.n();
        DenseBackend chosen = choices.backend();
        backend = chosen != null ? chosen : Backends.shared();
        kernel = backend.logisticKernel(backend.upload(data.flat(), n, data.d()));
        functions = backend.functions();
        observer = new Observer(data, backend, choices.recorder(), 1, false);
        divisor = switch (choices.kind()) {
            case BATCH -> 2.0 * n;
            case NORMALIZED_BATCH -> 1;
            case CLASSIC -> 2;
        };
        x = new double[data.d()];
        margins = new double[n];
        weights = new double[n];
        step = new double[data.d()];
        doubledCounts = choices.kind() == Kind.NORMALIZED_BATCH ? null : new long[n];
        exact = doubledCounts == null ? null : ExactRows.of(data).orElse(null);
    }

    LargeStepFit run() {
        while (true) {
            refreshMargins();
            int mistakes = functions.countNonPositive(margins);
            if (mistakes == 0 && separatedAt < 0) {
                separatedAt = t;
            }
            observer.see(t, this, separatedAt >= 0);
            Status status = null;
            if (mistakes == 0 && choices.stopAtSeparation()) {
                status = Status.SEPARATED;
            } else if (t == choices.maxIterations()) {
                status = Status.MAX_ITER;
            }
            if (observer.records(t, status != null)) {
                observer.record(t, this);
            }
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
            kernel.margins(x, margins);
        }
        double size = RunGeometry.norm(x) / divisor; // no floor: the methods do not depend on the unit of the data
        for (int i = 0; i < n; i++) {
            margins[i] /= divisor;
            boolean tie = exact != null
                    ? margins[i] == 0
                    : Math.abs(margins[i]) <= choices.tieTolerance() * data.rowNorm(i) * size;
            if (tie) {
                margins[i] = 0;
                ties += t > 0 ? 1 : 0;
            }
        }
    }

    private void step(int mistakes) {
        switch (choices.kind()) {
            case BATCH -> batchStep();
            case NORMALIZED_BATCH -> normalizedStep(mistakes);
            case CLASSIC -> add(picked(), 2);
        }
    }

    private void batchStep() {
        boolean half = choices.tieRule() == TieRule.HALF || t == 0;
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
        kernel.combine(weights, step);
        for (int j = 0; j < x.length; j++) {
            x[j] += step[j] / mistakes;
        }
    }

    private int picked() {
        int chosen = -1;
        for (int i = 0; i < n; i++) {
            if (margins[i] <= 0) {
                if (choices.pick() == Pick.FIRST) {
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
    public double scale() {
        return 1;
    }

    @Override
    public double[] products() {
        return margins;
    }

    @Override
    public double lossSum() {
        return functions.lossSum(1, margins);
    }

    @Override
    public double smallest() {
        return Margins.smallestOrNaN(margins);
    }

    @Override
    public void scaledTheta(double[] target) {
        for (int j = 0; j < target.length; j++) {
            target[j] = x[j] / divisor;
        }
    }

    @Override
    public double gradientNorm() {
        functions.sigmoidNegative(1, margins, weights);
        kernel.combine(weights, step);
        return RunGeometry.norm(step) / n;
    }

    @Override
    public double @Nullable [] averagedProducts() {
        return null;
    }

    private LargeStepFit result(Status status) {
        double[] theta = new double[x.length];
        scaledTheta(theta);
        return new LargeStepFit(
                choices.kind().id,
                1,
                status,
                separatedAt < 0 ? OptionalInt.empty() : OptionalInt.of(separatedAt),
                t,
                theta,
                theta.clone(),
                null,
                OptionalInt.empty(),
                observer.snapshot(this),
                observer.history(),
                doubledCounts,
                ties,
                observer.trace(),
                data.hasIntercept(),
                Mode.PRIMAL,
                Provenance.here(backend.info().id(), null));
    }
}

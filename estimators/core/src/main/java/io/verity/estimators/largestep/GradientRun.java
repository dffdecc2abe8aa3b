package io.verity.estimators.largestep;

import io.verity.stats.linalg.MarginFunctions;
import org.jspecify.annotations.Nullable;

/** One run of a gradient method: mutable, used once. */
final class GradientRun implements Observer.View {
    private final Settings settings;
    private final int n;
    private final Mode mode;
    private final Space space;
    private final Track track;
    private final MarginFunctions functions;
    private final StepWeights stepWeights;
    private final boolean sigmoids;
    private final double unit;
    private final double scale;
    private final double[] scratch;
    private final double[] gradient;
    private double smallest;
    private int t;

    GradientRun(Settings settings, SeparableData data) {
        this.settings = settings;
        n = data.n();
        mode = settings.modeFor(data);
        unit = settings.unit(data);
        scale = settings.stepSize / unit;
        double[] x = settings.startState(data);
        space = mode == Mode.GRAM
                ? new Space.Gram(settings.backend(), data, x)
                : new Space.Primal(settings.backend(), data, x);
        track = new Track(settings, data);
        functions = settings.backend().functions();
        stepWeights = new StepWeights(settings.variant, functions, n);
        sigmoids = StepWeights.startsFromSigmoids(settings.variant);
        scratch = new double[n];
        gradient = new double[data.d()];
    }

    LargeStepFit run() {
        boolean averaging = settings.averages();
        boolean watchesLoss = track.watchesLoss();
        while (true) {
            space.refresh(sigmoids, watchesLoss, scale);
            smallest = Margins.smallestOrNaN(space.u);
            Status status = track.look(t, smallest, this);
            if (status != null) {
                return track.result(status, t, this, averaging ? scaledAverage() : null, mode);
            }
            if (averaging) {
                space.addToSum();
            }
            double factor = stepWeights.fill(scale, space.u, space.weights);
            space.step(inStateUnits(factor), stepWeights.changed());
            t++;
        }
    }

    /** In summed coordinates a mean becomes a sum: 1/n times n is 1 without rounding. */
    private double inStateUnits(double factor) {
        if (unit == 1) {
            return factor;
        }
        return factor == 1.0 / n ? 1 : unit * factor;
    }

    @Override
    public double scale() {
        return scale;
    }

    @Override
    public double[] products() {
        return space.u;
    }

    @Override
    public double lossSum() {
        return Double.isNaN(space.lossSum) ? functions.lossSum(scale, space.u) : space.lossSum;
    }

    @Override
    public double smallest() {
        return smallest;
    }

    @Override
    public void scaledTheta(double[] target) {
        space.state(target);
        divide(target, unit);
    }

    @Override
    public double gradientNorm() {
        functions.sigmoidNegative(scale, space.u, scratch);
        space.combine(scratch, gradient);
        return RunGeometry.norm(gradient) / n;
    }

    @Override
    public double @Nullable [] averagedProducts() {
        if (t == 0) {
            return null;
        }
        for (int i = 0; i < n; i++) {
            scratch[i] = space.summedProducts[i] / t;
        }
        return scratch;
    }

    private double @Nullable [] scaledAverage() {
        if (t == 0) {
            return null;
        }
        double[] average = new double[gradient.length];
        space.sum(average);
        divide(average, unit * t);
        return average;
    }

    private static void divide(double[] v, double divisor) {
        if (divisor != 1) {
            for (int j = 0; j < v.length; j++) {
                v[j] /= divisor;
            }
        }
    }
}

package io.verity.estimators.largestep;

import io.verity.stats.result.Provenance;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Follows one run: when it separated, whether it must stop, what is noted, and the result at its end. */
final class Track {
    private final Settings settings;
    private final SeparableData data;
    private final Observer observer;
    private int separatedAt = -1;
    private int averagedSeparatedAt = -1;

    Track(Settings settings, SeparableData data) {
        this.settings = settings;
        this.data = data;
        boolean watchLoss = settings.stop.kind() == StopRule.Kind.LOSS_BELOW;
        observer = new Observer(data, settings.backend(), settings.recorder, settings.stepSize, watchLoss);
    }

    /** Whether this iterate must be shown in full, not by its smallest product alone. */
    boolean mustSee(int t) {
        return observer.watchesLoss()
                || observer.records(t, false)
                || settings.stop.kind() == StopRule.Kind.GRADIENT_BELOW
                || settings.averages();
    }

    /** Whether the loss of every iterate is needed. */
    boolean watchesLoss() {
        return observer.watchesLoss();
    }

    /**
     * Looks at iterate t.
     *
     * @param smallest smallest product; NaN when one of them is not finite
     * @return why the run ends here, or null when it goes on
     */
    @Nullable Status look(int t, double smallest, Observer.View view) {
        if (separatedAt < 0 && smallest > 0) {
            separatedAt = t;
        }
        if (settings.averages() && averagedSeparatedAt < 0) {
            double[] averaged = view.averagedProducts();
            if (averaged != null && Margins.smallestOrNaN(averaged) > 0) {
                averagedSeparatedAt = t;
            }
        }
        if (observer.watchesLoss()) {
            observer.see(t, view, separatedAt >= 0);
        }
        Status status = status(t, smallest, view);
        if (observer.records(t, status != null)) {
            observer.record(t, view);
        }
        return status;
    }

    private @Nullable Status status(int t, double smallest, Observer.View view) {
        boolean exponentialBlowUp =
                settings.variant == Variant.EXPONENTIAL_LOSS && view.scale() * smallest < StepWeights.LOWEST_MARGIN;
        if (Double.isNaN(smallest) || exponentialBlowUp) {
            return Status.OVERFLOW;
        }
        StopRule stop = settings.stop;
        boolean reached = switch (stop.kind()) {
            case SEPARATED -> smallest > 0;
            case LOSS_BELOW -> observer.loss() < stop.level();
            case GRADIENT_BELOW -> view.gradientNorm() < stop.level();
            case MAX_ITERATIONS -> false;
        };
        if (reached) {
            return stop.kind() == StopRule.Kind.SEPARATED ? Status.SEPARATED : Status.TOLERANCE;
        }
        return t == settings.maxIterations ? Status.MAX_ITER : null;
    }

    LargeStepFit result(Status status, int t, Observer.View view, double @Nullable [] scaledAverage, Mode mode) {
        double[] scaledTheta = new double[data.d()];
        view.scaledTheta(scaledTheta);
        return new LargeStepFit(
                settings.variant.id(),
                settings.stepSize,
                status,
                optional(separatedAt),
                t,
                times(scaledTheta, settings.stepSize),
                scaledTheta,
                scaledAverage == null ? null : times(scaledAverage, settings.stepSize),
                optional(averagedSeparatedAt),
                observer.snapshot(view),
                observer.history(),
                null,
                0,
                observer.trace(),
                data.hasIntercept(),
                mode,
                Provenance.here(settings.backend().info().id(), null));
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

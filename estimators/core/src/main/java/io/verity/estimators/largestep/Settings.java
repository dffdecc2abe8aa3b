package io.verity.estimators.largestep;

import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import org.jspecify.annotations.Nullable;

/** What a {@link LargeStepLogistic} is set to. Copied before it is changed. */
final class Settings implements Cloneable {
    /** Above this many rows the Gram matrix (n x n doubles) is not formed unless asked for. */
    private static final int LARGEST_AUTOMATIC_GRAM = 2048;

    /** Below this many entries either mode takes microseconds. */
    private static final int SMALL = 1 << 12;

    double stepSize = 1;
    Variant variant = Variant.GD;
    double @Nullable [] start;
    int maxIterations = 10_000;
    StopRule stop = StopRule.separated();
    Recorder recorder = Recorder.none();
    Mode mode = Mode.AUTO;
    Coordinates coordinates = Coordinates.SCALED;

    @Nullable DenseBackend chosenBackend;

    DenseBackend backend() {
        return chosenBackend == null ? Backends.shared() : chosenBackend;
    }

    Settings withStepSize(double gamma) {
        Settings copy = clone();
        copy.stepSize = gamma;
        return copy;
    }

    Mode modeFor(SeparableData data) {
        if (mode != Mode.AUTO) {
            return mode;
        }
        // by shape alone: what is recorded must not change the run
        boolean wide = data.n() <= 2L * data.d() && data.n() <= LARGEST_AUTOMATIC_GRAM;
        return wide && (long) data.n() * data.d() >= SMALL ? Mode.GRAM : Mode.PRIMAL;
    }

    boolean averages() {
        return variant == Variant.SOFTMAX || recorder.needsAverage();
    }

    /** The state of a run is x = unit * theta / gamma. */
    double unit(SeparableData data) {
        return coordinates == Coordinates.SUMMED ? data.n() : 1;
    }

    /** The starting state. */
    double[] startState(SeparableData data) {
        double[] x = new double[data.d()];
        double[] from = start;
        if (from != null) {
            for (int j = 0; j < x.length; j++) {
                x[j] = from[j] / (stepSize / unit(data));
            }
        }
        return x;
    }

    @Override
    public Settings clone() {
        try {
            return (Settings) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}

package io.verity.estimators.largestep;

import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import org.jspecify.annotations.Nullable;

/** The configuration of {@link LargeStepLogistic}, whose {@code with} methods say what each part means. */
@SuppressWarnings("ArrayRecordComponent") // the start is copied in and never handed out
record Settings(
        double stepSize,
        Variant variant,
        double @Nullable [] start,
        int maxIterations,
        StopRule stop,
        Recorder recorder,
        Mode mode,
        Coordinates coordinates,
        @Nullable DenseBackend chosenBackend) {

    /** Above this many rows the Gram matrix (n x n doubles) is not formed unless asked for. */
    private static final int LARGEST_AUTOMATIC_GRAM = 2048;

    /** Below this many entries either mode takes microseconds. */
    private static final int SMALL = 1 << 12;

    DenseBackend backend() {
        return chosenBackend != null ? chosenBackend : Backends.shared();
    }

    Settings withStepSize(double gamma) {
        return new Settings(gamma, variant, start, maxIterations, stop, recorder, mode, coordinates, chosenBackend);
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
        if (start != null) {
            for (int j = 0; j < x.length; j++) {
                x[j] = start[j] / (stepSize / unit(data));
            }
        }
        return x;
    }
}

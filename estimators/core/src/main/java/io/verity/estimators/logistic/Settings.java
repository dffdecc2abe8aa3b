package io.verity.estimators.logistic;

import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import org.jspecify.annotations.Nullable;

/** What a {@link RidgeLogistic} is set to. Copied before it is changed. */
final class Settings implements Cloneable {
    Solver solver = Solver.AUTO;
    double tolerance = 1e-8;
    int maxIterations = 100;
    boolean intercept = true;
    double @Nullable [] caseWeights;
    ClassWeight classWeight = ClassWeight.NONE;

    /** Whether a full step follows the one that met the tolerance; not for fits that are only compared with others. */
    boolean exact = true;

    SeparablePolicy separable = SeparablePolicy.ERROR;

    @Nullable DenseBackend chosenBackend;

    DenseBackend backend() {
        return chosenBackend == null ? Backends.shared() : chosenBackend;
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

package io.verity.estimators.bayes;

import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import org.jspecify.annotations.Nullable;

/** What a {@link GaussianNaiveBayes} is set to. Copied before it is changed. */
final class Settings implements Cloneable {
    private static final double DEFAULT_FLOOR = 1e-9;

    Variance variance = Variance.SHARED;

    @Nullable VarianceFloor chosenFloor;

    double @Nullable [] priors;
    boolean uniformPriors;
    double @Nullable [] caseWeights;

    @Nullable DenseBackend chosenBackend;

    /** Absolute for shared variances, relative for those of a class: as the two models are usually defined. */
    VarianceFloor floor() {
        if (chosenFloor != null) {
            return chosenFloor;
        }
        return new VarianceFloor(variance == Variance.PER_CLASS, DEFAULT_FLOOR);
    }

    DenseBackend backend() {
        return chosenBackend == null ? Backends.shared() : chosenBackend;
    }

    boolean parallel() {
        return backend().info().threads() > 1;
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

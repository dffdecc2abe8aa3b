package io.verity.estimators.probe;

import io.verity.estimators.logistic.ClassWeight;
import io.verity.estimators.logistic.RidgeLogistic;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import org.jspecify.annotations.Nullable;

/** What a {@link Raptor} is set to. Copied before it is changed. */
final class RaptorSettings implements Cloneable {
    double[] grid = Raptor.grid(1e-4, 1e2, 100);
    Selection selection = Selection.ACCURACY;
    RefitUnit refitUnit = RefitUnit.SUM;
    Multiclass multiclass = Multiclass.SOFTMAX;
    ClassWeight classWeight = ClassWeight.NONE;
    double @Nullable [] caseWeights;
    double scaleFloor = Standardizer.SCALE_FLOOR;
    int folds = 5;
    long seed = 42;
    int threads = Runtime.getRuntime().availableProcessors();
    long memory = Runtime.getRuntime().maxMemory() / 2;
    RidgeLogistic solver = RidgeLogistic.withDefaults();

    @Nullable DenseBackend chosenBackend;

    DenseBackend backend() {
        return chosenBackend == null ? Backends.shared() : chosenBackend;
    }

    /** The solver with the weights of these rows. */
    RidgeLogistic solverFor(int[] rows) {
        RidgeLogistic weighted = solver.with(backend()).with(classWeight);
        double[] weights = caseWeights;
        return weights == null ? weighted : weighted.withCaseWeights(Rows.select(weights, rows));
    }

    /** Sum of the weights of these rows; class weights change it little and in the same proportion everywhere. */
    double totalWeight(int[] rows) {
        double total = 0;
        double[] weights = caseWeights;
        for (int i : rows) {
            total += weights == null ? 1 : weights[i];
        }
        return total;
    }

    @Override
    public RaptorSettings clone() {
        try {
            return (RaptorSettings) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}

package io.verity.estimators.logistic;

import io.verity.stats.Arguments;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.losses.LogisticLoss;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** Fits a path without each fold in turn, and weighs the penalties by their held-out log-loss. */
final class FoldedPaths {
    private final Settings settings;

    FoldedPaths(Settings settings) {
        this.settings = settings;
    }

    CrossValidation validate(DMatrixRMaj x, int[] y, int[] folds, double[] lambdas) {
        int count = checked(x, folds);
        double[] weights = Sample.caseWeights(settings.caseWeights, y.length);
        // Task 0 fits all rows, task f + 1 the rows outside fold f; with several threads each task has one of them.
        DenseBackend backend = settings.backend();
        boolean parallel = backend.info().threads() > 1;
        Settings own = settings.clone();
        if (parallel && Backends.shared().info().id().equals(backend.info().id())) {
            own.chosenBackend = Backends.shared();
        }
        PathSolver solver = new PathSolver(own, lambdas);
        IntStream tasks = IntStream.rangeClosed(0, count);
        List<RidgePath> paths = (parallel ? tasks.parallel() : tasks)
                .mapToObj(task -> {
                    int[] inside = rows(folds, f -> f != task - 1);
                    Settings part = own.clone();
                    part.caseWeights =
                            Arrays.stream(inside).mapToDouble(i -> weights[i]).toArray();
                    int[] labels = Arrays.stream(inside).map(i -> y[i]).toArray();
                    return new RidgePath(solver.solve(Sample.of(submatrix(x, inside), labels, part)), backend);
                })
                .toList();
        double[][] losses = new double[count][];
        for (int fold = 0; fold < count; fold++) {
            int held = fold;
            int[] outside = rows(folds, f -> f == held);
            losses[fold] = heldOut(paths.get(fold + 1).scores(submatrix(x, outside)), outside, y, weights);
        }
        return chosen(paths.get(0), losses);
    }

    private static int checked(DMatrixRMaj x, int[] folds) {
        Arguments.require(folds.length == x.numRows, "X has %d rows but there are %d folds", x.numRows, folds.length);
        int count = 0;
        for (int i = 0; i < folds.length; i++) {
            Arguments.require(folds[i] >= 0, "the fold of row %d is %d; folds count from 0", i + 1, folds[i]);
            count = Math.max(count, folds[i] + 1);
        }
        Arguments.require(count >= 2, "cross-validation needs at least two folds, but there is %d", count);
        for (int fold = 0; fold < count; fold++) {
            int wanted = fold;
            Arguments.require(
                    Arrays.stream(folds).anyMatch(f -> f == wanted), "fold %d of %d has no rows", fold, count);
        }
        return count;
    }

    private static int[] rows(int[] folds, IntPredicate chosen) {
        return IntStream.range(0, folds.length)
                .filter(i -> chosen.test(folds[i]))
                .toArray();
    }

    private static DMatrixRMaj submatrix(DMatrixRMaj x, int[] rows) {
        return DMatrixRMaj.wrap(rows.length, x.numCols, Sample.rows(x, rows));
    }

    private static double[] heldOut(DMatrixRMaj scores, int[] rows, int[] y, double[] weights) {
        double[] sums = new double[scores.numCols];
        double total = 0;
        for (int r = 0; r < rows.length; r++) {
            double c = weights[rows[r]];
            total += c;
            for (int k = 0; k < sums.length; k++) {
                double f = scores.data[r * sums.length + k];
                sums[k] += c * LogisticLoss.loss(y[rows[r]] == 1 ? f : -f);
            }
        }
        for (int k = 0; k < sums.length; k++) {
            sums[k] /= total;
        }
        return sums;
    }

    private static CrossValidation chosen(RidgePath whole, double[][] losses) {
        int size = whole.size();
        double[] mean = new double[size];
        double[] errors = new double[size];
        int folds = losses.length;
        for (int k = 0; k < size; k++) {
            for (double[] loss : losses) {
                mean[k] += loss[k] / folds;
            }
            double squares = 0;
            for (double[] loss : losses) {
                squares += (loss[k] - mean[k]) * (loss[k] - mean[k]);
            }
            errors[k] = Math.sqrt(squares / (folds - 1) / folds);
        }
        int best = 0;
        for (int k = 1; k < size; k++) {
            if (mean[k] < mean[best] || (mean[k] == mean[best] && whole.lambda(k) > whole.lambda(best))) {
                best = k;
            }
        }
        return new CrossValidation(whole, mean, errors, best);
    }
}

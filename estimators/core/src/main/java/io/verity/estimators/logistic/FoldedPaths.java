package io.verity.estimators.logistic;

import io.verity.stats.Arguments;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.losses.LogisticLoss;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
        int count = checked(x, folds, Sample.caseWeights(settings.caseWeights, x.numRows));
        PathSolver solver = new PathSolver(settings, lambdas);
        Sample sample = Sample.of(x, y, settings);
        if (solver.foldsTogether(sample)) {
            List<Sample> outside = IntStream.range(0, count)
                    .mapToObj(fold -> sample.without(fold, folds, settings))
                    .toList();
            Optional<PathSolver.Folds> solved = solver.solve(sample, outside);
            if (solved.isPresent()) {
                return together(sample, solved.get(), folds, y);
            }
        }
        return apart(x, y, folds, lambdas, count);
    }

    private CrossValidation together(Sample sample, PathSolver.Folds solved, int[] folds, int[] y) {
        double[] weights = Sample.caseWeights(settings.caseWeights, y.length);
        double[][] losses = new double[solved.outside().size()][];
        int p = sample.columns;
        for (int fold = 0; fold < losses.length; fold++) {
            List<Optimum> optima = solved.outside().get(fold);
            int held = fold;
            int[] inside = IntStream.range(0, sample.rows)
                    .filter(i -> folds[sample.origins[i]] == held)
                    .toArray();
            DMatrixRMaj scores = new DMatrixRMaj(inside.length, optima.size());
            double[] block = new double[p * optima.size()];
            for (int k = 0; k < optima.size(); k++) {
                double[] w = optima.get(k).weights();
                for (int j = 0; j < p; j++) {
                    block[j * optima.size() + k] = w[j];
                }
            }
            double[] rows = Sample.rows(DMatrixRMaj.wrap(sample.rows, p, sample.values), inside);
            DenseBackend backend = sample.backend;
            backend.gemm(
                    backend.upload(rows, inside.length, p),
                    backend.upload(block, p, optima.size()),
                    backend.upload(scores.data, inside.length, optima.size()));
            for (int r = 0; r < inside.length; r++) {
                for (int k = 0; k < optima.size(); k++) {
                    scores.data[r * optima.size() + k] += optima.get(k).intercept();
                }
            }
            int[] outside = Arrays.stream(inside).map(i -> sample.origins[i]).toArray();
            losses[fold] = heldOut(scores, outside, y, weights);
        }
        return chosen(new RidgePath(solved.whole(), sample.backend), losses);
    }

    private CrossValidation apart(DMatrixRMaj x, int[] y, int[] folds, double[] lambdas, int count) {
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

    private static int checked(DMatrixRMaj x, int[] folds, double[] weights) {
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
            Arguments.require(
                    IntStream.range(0, folds.length).anyMatch(i -> folds[i] == wanted && weights[i] > 0),
                    "fold %d of %d has no rows of positive weight",
                    fold,
                    count);
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

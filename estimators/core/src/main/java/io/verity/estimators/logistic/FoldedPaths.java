package io.verity.estimators.logistic;

import io.verity.stats.Arguments;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.losses.LogisticLoss;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
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
            DMatrixRMaj scores = RidgePath.scores(
                    sample.backend,
                    submatrix(DMatrixRMaj.wrap(sample.rows, p, sample.values), inside),
                    optima.stream().map(Optimum::weights).toArray(double[][]::new),
                    optima.stream().mapToDouble(Optimum::intercept).toArray());
            int[] outside = Arrays.stream(inside).map(i -> sample.origins[i]).toArray();
            losses[fold] = heldOut(scores, outside, y, weights);
        }
        return new CrossValidation(new RidgePath(solved.whole(), sample.backend), losses);
    }

    private CrossValidation apart(DMatrixRMaj x, int[] y, int[] folds, double[] lambdas, int count) {
        List<RidgePath> paths = fits(
                x,
                y,
                folds,
                count,
                (rows, labels, part) -> new RidgePath(
                        new PathSolver(part, lambdas).solve(Sample.of(rows, labels, part)), settings.backend()));
        double[] weights = Sample.caseWeights(settings.caseWeights, y.length);
        double[][] losses = new double[count][];
        for (int fold = 0; fold < count; fold++) {
            int[] outside = inside(folds, fold);
            losses[fold] = heldOut(paths.get(fold + 1).scores(submatrix(x, outside)), outside, y, weights);
        }
        return new CrossValidation(paths.get(0), losses);
    }

    SoftmaxCrossValidation validateMultinomial(DMatrixRMaj x, int[] y, int classes, int[] folds, double[] lambdas) {
        int count = checked(x, folds, Sample.caseWeights(settings.caseWeights, x.numRows));
        Sample.checkShape(x, y.length);
        requireClassesOutside(y, classes, folds, count);
        List<List<SoftmaxFit>> paths = fits(
                x,
                y,
                folds,
                count,
                (rows, labels, part) -> new SoftmaxNewton(rows, labels, classes, part).path(lambdas));
        double[] weights = Sample.caseWeights(settings.caseWeights, y.length);
        double[][] losses = new double[count][lambdas.length];
        for (int fold = 0; fold < count; fold++) {
            int[] held = inside(folds, fold);
            DMatrixRMaj rows = submatrix(x, held);
            for (int k = 0; k < lambdas.length; k++) {
                double[] scores = paths.get(fold + 1).get(k).scores(rows).data;
                losses[fold][k] = mean(held, weights, r -> SoftmaxLoss.of(scores, r * classes, classes, y[held[r]]));
            }
        }
        return new SoftmaxCrossValidation(paths.get(0), losses);
    }

    /** Fits a path to rows and their labels. */
    @FunctionalInterface
    private interface PathFitter<T> {
        T fit(DMatrixRMaj x, int[] y, Settings part);
    }

    /** The path of all rows, then those of the rows outside each fold. */
    private <T> List<T> fits(DMatrixRMaj x, int[] y, int[] folds, int count, PathFitter<T> fitter) {
        double[] weights = Sample.caseWeights(settings.caseWeights, y.length);
        // Task 0 fits all rows, task f + 1 the rows outside fold f; with several threads each task has one of them.
        DenseBackend backend = settings.backend();
        boolean parallel = backend.info().threads() > 1;
        Settings own = settings.clone();
        if (parallel && Backends.shared().info().id().equals(backend.info().id())) {
            own.chosenBackend = Backends.shared();
        }
        IntStream tasks = IntStream.rangeClosed(0, count);
        return (parallel ? tasks.parallel() : tasks)
                .mapToObj(task -> {
                    int[] inside = rows(folds, f -> f != task - 1);
                    Settings part = own.clone();
                    part.caseWeights =
                            Arrays.stream(inside).mapToDouble(i -> weights[i]).toArray();
                    int[] labels = Arrays.stream(inside).map(i -> y[i]).toArray();
                    return fitter.fit(submatrix(x, inside), labels, part);
                })
                .toList();
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

    private void requireClassesOutside(int[] y, int classes, int[] folds, int count) {
        int[] kept = Sample.positive(Sample.caseWeights(settings.caseWeights, y.length));
        SoftmaxSample.counts(y, kept, classes);
        for (int fold = 0; fold < count; fold++) {
            boolean[] found = new boolean[classes];
            for (int i : kept) {
                found[y[i]] |= folds[i] != fold;
            }
            for (int k = 0; k < classes; k++) {
                Arguments.require(found[k], "no row outside fold %d of %d belongs to class %d", fold, count, k);
            }
        }
    }

    private static int[] rows(int[] folds, IntPredicate chosen) {
        return IntStream.range(0, folds.length)
                .filter(i -> chosen.test(folds[i]))
                .toArray();
    }

    private static int[] inside(int[] folds, int fold) {
        return rows(folds, f -> f == fold);
    }

    private static DMatrixRMaj submatrix(DMatrixRMaj x, int[] rows) {
        return DMatrixRMaj.wrap(rows.length, x.numCols, Sample.rows(x, rows));
    }

    private static double[] heldOut(DMatrixRMaj scores, int[] rows, int[] y, double[] weights) {
        double[] losses = new double[scores.numCols];
        for (int k = 0; k < losses.length; k++) {
            int path = k;
            losses[k] = mean(rows, weights, r -> {
                double f = scores.data[r * losses.length + path];
                return LogisticLoss.loss(y[rows[r]] == 1 ? f : -f);
            });
        }
        return losses;
    }

    private static double mean(int[] rows, double[] weights, IntToDoubleFunction loss) {
        double sum = 0;
        double total = 0;
        for (int r = 0; r < rows.length; r++) {
            double c = weights[rows[r]];
            total += c;
            sum += c > 0 ? c * loss.applyAsDouble(r) : 0;
        }
        return sum / total;
    }
}

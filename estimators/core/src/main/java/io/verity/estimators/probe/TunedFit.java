package io.verity.estimators.probe;

import io.verity.estimators.logistic.Penalty;
import io.verity.estimators.logistic.RidgeFit;
import io.verity.estimators.logistic.SingleClassException;
import io.verity.estimators.logistic.Status;
import io.verity.stats.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The protocol on given rows: standardise on the training rows, fit the path there, choose C on the validation rows, fit again
 * on both, fold back.
 *
 * @param standardizer of the training rows
 * @param path what the penalties achieved; empty without validation rows
 * @param selected position in the grid, or -1 when C = 1 was taken instead
 * @param c the penalty taken
 * @param lambda of the final fit, in the sum unit
 * @param weights of the final fit, one per kept column, standardised
 * @param intercept of the final fit, standardised
 * @param validationAccuracy of the chosen penalty fitted on the training rows alone; NaN without validation rows
 * @param converged whether the final fit reached its tolerance
 * @param gradient largest entry of the final gradient
 * @param tuning nanoseconds until the penalty was chosen
 * @param refit nanoseconds of the final fit
 */
@SuppressWarnings("ArrayRecordComponent") // internal; two are never compared
record TunedFit(
        Standardizer standardizer,
        PenaltyPath path,
        int selected,
        double c,
        double lambda,
        double[] weights,
        double intercept,
        double validationAccuracy,
        boolean converged,
        double gradient,
        long tuning,
        long refit) {
    private static final double FALLBACK_C = 1;
    private static final String FOLDS = "probe/folds";

    static TunedFit of(
            RaptorSettings settings,
            DMatrixRMaj x,
            int[] y,
            int[] train,
            int[] validation,
            int @Nullable [] groups,
            long layer) {
        long start = System.nanoTime();
        int[] pool = Rows.union(train, validation);
        boolean folds = settings.selection == Selection.KFOLD;
        int[] scaled = folds ? pool : train;
        checkBothClasses(y, scaled);
        Standardizer standardizer = Standardizer.of(x, scaled, settings.scaleFloor);
        if (standardizer.kept().length == 0) {
            double accuracy = accuracyOfConstant(settings, y, train, validation);
            return new TunedFit(
                    standardizer,
                    PenaltyPath.none(),
                    -1,
                    FALLBACK_C,
                    1 / FALLBACK_C,
                    new double[0],
                    logitShare(settings, y, pool),
                    accuracy,
                    true,
                    0,
                    System.nanoTime() - start,
                    0);
        }
        PenaltyPath path = folds
                ? crossValidated(settings, x, y, pool, groups, layer)
                : validation.length == 0
                        ? PenaltyPath.none()
                        : PenaltyPath.of(settings, standardizer, x, y, train, validation);
        boolean tuned = folds || (validation.length > 0 && bothClasses(y, validation));
        int selected = tuned ? path.select(settings.selection) : -1;
        double c = tuned ? settings.grid[selected] : FALLBACK_C;
        double validationAccuracy =
                tuned ? path.accuracy()[selected] : fallbackAccuracy(settings, standardizer, x, y, train, validation);
        long chosen = System.nanoTime();
        double lambda = 1 / c;
        if (settings.refitUnit == RefitUnit.MEAN && !folds) {
            lambda *= settings.totalWeight(pool) / settings.totalWeight(train);
        }
        RidgeFit fit = settings.solverFor(pool)
                .fit(standardizer.transform(x, pool), Rows.select(y, pool), Penalty.sum(lambda));
        return new TunedFit(
                standardizer,
                path,
                selected,
                c,
                lambda,
                fit.weights(),
                fit.intercept(),
                validationAccuracy,
                fit.status() == Status.CONVERGED,
                fit.gradientNorm(),
                chosen - start,
                System.nanoTime() - chosen);
    }

    /** A fit at a given C on given rows, standardised on them. */
    static LinearProbe at(RaptorSettings settings, double c, DMatrixRMaj x, int[] y, int[] rows) {
        checkBothClasses(y, rows);
        Standardizer standardizer = Standardizer.of(x, rows, settings.scaleFloor);
        if (standardizer.kept().length == 0) {
            return standardizer.foldBack(new double[0], logitShare(settings, y, rows));
        }
        RidgeFit fit = settings.solverFor(rows)
                .fit(standardizer.transform(x, rows), Rows.select(y, rows), Penalty.inverseC(c));
        return standardizer.foldBack(fit.weights(), fit.intercept());
    }

    LinearProbe probe() {
        return standardizer.foldBack(weights, intercept);
    }

    private static PenaltyPath crossValidated(
            RaptorSettings settings, DMatrixRMaj x, int[] y, int[] pool, int @Nullable [] groups, long layer) {
        int[][] folds =
                Stratification.folds(pool, y, groups, settings.folds, RandomStream.of(settings.seed, FOLDS, layer, 0));
        List<PenaltyPath> paths = new ArrayList<>();
        for (int[] held : folds) {
            int[] rest = Rows.without(pool, held);
            checkBothClasses(y, rest);
            paths.add(PenaltyPath.of(settings, Standardizer.of(x, rest, settings.scaleFloor), x, y, rest, held));
        }
        return PenaltyPath.mean(paths.toArray(PenaltyPath[]::new));
    }

    private static double fallbackAccuracy(
            RaptorSettings settings, Standardizer standardizer, DMatrixRMaj x, int[] y, int[] train, int[] validation) {
        if (validation.length == 0) {
            return Double.NaN;
        }
        RidgeFit fit = settings.solverFor(train)
                .fit(standardizer.transform(x, train), Rows.select(y, train), Penalty.inverseC(FALLBACK_C));
        return Classification.accuracy(fit.scores(standardizer.transform(x, validation)), Rows.select(y, validation));
    }

    private static double accuracyOfConstant(RaptorSettings settings, int[] y, int[] train, int[] validation) {
        double[] scores = new double[validation.length];
        Arrays.fill(scores, logitShare(settings, y, train));
        return Classification.accuracy(scores, Rows.select(y, validation));
    }

    /** The intercept of a model without columns. */
    private static double logitShare(RaptorSettings settings, int[] y, int[] rows) {
        double ones =
                settings.totalWeight(Arrays.stream(rows).filter(i -> y[i] == 1).toArray());
        double zeros = settings.totalWeight(rows) - ones;
        boolean balanced = settings.classWeight == io.verity.estimators.logistic.ClassWeight.BALANCED;
        int[] counts = Stratification.classCounts(rows, y);
        return StrictMath.log(balanced ? ones * counts[0] / (zeros * counts[1]) : ones / zeros);
    }

    static boolean bothClasses(int[] y, int[] rows) {
        return Arrays.stream(rows).map(i -> y[i]).distinct().count() > 1;
    }

    static void checkBothClasses(int[] y, int[] rows) {
        int ones = (int) Arrays.stream(rows).filter(i -> y[i] == 1).count();
        if (ones == 0 || ones == rows.length) {
            throw new SingleClassException(rows.length - ones, ones);
        }
    }
}

package io.verity.estimators.probe;

import io.verity.estimators.logistic.RidgeFit;
import io.verity.estimators.logistic.RidgePath;
import io.verity.estimators.logistic.Status;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * What fits along ascending C achieve on rows that they have not seen.
 *
 * @param accuracy per C
 * @param logLoss per C
 * @param balanced balanced accuracy per C
 * @param area area under the receiver operating characteristic per C
 * @param iterations of every fit
 * @param gradients largest entry of the gradient at every fit
 * @param failures fits that did not converge
 * @param rows number of rows that were not seen
 */
@SuppressWarnings("ArrayRecordComponent") // columns along the grid; two are never compared
record PenaltyPath(
        double[] accuracy,
        double[] logLoss,
        double[] balanced,
        double[] area,
        int[] iterations,
        double[] gradients,
        int failures,
        int rows) {

    /** A path without rows to judge by. */
    static PenaltyPath none() {
        double[] empty = {};
        return new PenaltyPath(empty, empty, empty, empty, new int[0], empty, 0, 0);
    }

    /**
     * Fits the grid on some rows and judges it on others; one product gives the scores of all fits.
     *
     * @param standardizer of the rows that are fitted
     */
    static PenaltyPath of(
            RaptorSettings settings, Standardizer standardizer, DMatrixRMaj x, int[] y, int[] fitted, int[] judged) {
        DMatrixRMaj z = standardizer.transform(x, fitted);
        double[] lambdas = Arrays.stream(settings.grid).map(c -> 1 / c).toArray();
        RidgePath path = settings.solverFor(fitted).path(z, Rows.select(y, fitted), lambdas);
        DMatrixRMaj scores = path.scores(standardizer.transform(x, judged));
        int[] labels = Rows.select(y, judged);
        int size = lambdas.length;
        double[] accuracy = new double[size];
        double[] logLoss = new double[size];
        double[] balanced = new double[size];
        double[] area = new double[size];
        int[] iterations = new int[size];
        double[] gradients = new double[size];
        int failures = 0;
        double[] f = new double[judged.length];
        for (int k = 0; k < size; k++) {
            for (int i = 0; i < f.length; i++) {
                f[i] = scores.data[i * size + k];
            }
            accuracy[k] = Classification.accuracy(f, labels);
            logLoss[k] = Classification.logLoss(f, labels);
            balanced[k] = Classification.balancedAccuracy(f, labels);
            area[k] = settings.selection == Selection.AUC ? Classification.areaUnderCurve(f, labels) : Double.NaN;
            RidgeFit fit = path.fit(k);
            iterations[k] = fit.iterations();
            gradients[k] = fit.gradientNorm();
            failures += fit.status() == Status.CONVERGED ? 0 : 1;
        }
        return new PenaltyPath(accuracy, logLoss, balanced, area, iterations, gradients, failures, judged.length);
    }

    /** Means over the paths of several folds. */
    static PenaltyPath mean(PenaltyPath[] folds) {
        int size = folds[0].accuracy.length;
        int[] iterations = new int[size];
        double[] gradients = new double[size];
        for (PenaltyPath fold : folds) {
            for (int k = 0; k < size; k++) {
                iterations[k] += fold.iterations[k];
                gradients[k] = Math.max(gradients[k], fold.gradients[k]);
            }
        }
        return new PenaltyPath(
                mean(folds, PenaltyPath::accuracy),
                mean(folds, PenaltyPath::logLoss),
                mean(folds, PenaltyPath::balanced),
                mean(folds, PenaltyPath::area),
                iterations,
                gradients,
                Arrays.stream(folds).mapToInt(PenaltyPath::failures).sum(),
                Arrays.stream(folds).mapToInt(PenaltyPath::rows).sum());
    }

    private static double[] mean(PenaltyPath[] folds, java.util.function.Function<PenaltyPath, double[]> column) {
        double[] sum = new double[column.apply(folds[0]).length];
        for (PenaltyPath fold : folds) {
            double[] values = column.apply(fold);
            for (int k = 0; k < sum.length; k++) {
                sum[k] += values[k] / folds.length;
            }
        }
        return sum;
    }

    /** The position chosen: the first that attains the best value. */
    int select(Selection selection) {
        return switch (selection) {
            case ACCURACY -> firstMaximum(accuracy);
            case BALANCED_ACCURACY -> firstMaximum(balanced);
            case AUC -> firstMaximum(area);
            case LOG_LOSS, KFOLD ->
                firstMaximum(Arrays.stream(logLoss).map(v -> -v).toArray());
            case ONE_SE -> oneStandardError();
        };
    }

    private int oneStandardError() {
        double best = accuracy[firstMaximum(accuracy)];
        double enough = best - Math.sqrt(best * (1 - best) / rows);
        int k = 0;
        while (accuracy[k] < enough) {
            k++;
        }
        return k;
    }

    private static int firstMaximum(double[] values) {
        int best = 0;
        for (int k = 1; k < values.length; k++) {
            if (values[k] > values[best]) {
                best = k;
            }
        }
        return best;
    }

    /** How many positions share the best accuracy. */
    int ties() {
        double best = accuracy[firstMaximum(accuracy)];
        return (int) Arrays.stream(accuracy).filter(v -> v == best).count();
    }
}

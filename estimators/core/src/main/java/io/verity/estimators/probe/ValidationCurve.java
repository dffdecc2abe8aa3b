package io.verity.estimators.probe;

/**
 * What every penalty of the grid achieved on rows that its fit had not seen. The arrays run along ascending C and are empty where
 * there was nothing to validate on.
 *
 * @param gridC inverse penalties, ascending
 * @param accuracy share predicted right
 * @param logLoss mean logistic loss
 * @param rows how many rows judged (over all folds, for {@link Selection#KFOLD})
 * @param selected position of the C taken, or -1 when C = 1 was taken for want of validation rows
 * @param ties how many values of C share the best accuracy
 * @param iterations Newton steps of every fit (over all folds)
 * @param gradients largest entry of the gradient at every fit
 * @param failures how many fits did not reach their tolerance
 */
@SuppressWarnings("ArrayRecordComponent") // columns along the grid; two curves are never compared
public record ValidationCurve(
        double[] gridC,
        double[] accuracy,
        double[] logLoss,
        int rows,
        int selected,
        int ties,
        int[] iterations,
        double[] gradients,
        int failures) {

    static ValidationCurve of(double[] grid, PenaltyPath path, int selected) {
        return new ValidationCurve(
                grid.clone(),
                path.accuracy(),
                path.logLoss(),
                path.rows(),
                selected,
                path.accuracy().length == 0 ? 0 : path.ties(),
                path.iterations(),
                path.gradients(),
                path.failures());
    }
}

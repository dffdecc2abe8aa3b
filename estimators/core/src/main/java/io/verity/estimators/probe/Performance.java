package io.verity.estimators.probe;

/**
 * What a probe achieves on some rows.
 *
 * @param rows how many
 * @param accuracy share predicted right; NaN without rows
 * @param balancedAccuracy mean of the accuracies inside the two classes; NaN unless both are present
 * @param logLoss mean logistic loss; NaN without rows
 * @param areaUnderCurve area under the receiver operating characteristic; NaN unless both classes are present
 */
public record Performance(int rows, double accuracy, double balancedAccuracy, double logLoss, double areaUnderCurve) {

    /**
     * @param scores one per row
     * @param y 0 or 1 per row
     * @return their performance
     * @throws IllegalArgumentException if lengths differ
     */
    public static Performance of(double[] scores, int[] y) {
        return new Performance(
                y.length,
                Classification.accuracy(scores, y),
                Classification.balancedAccuracy(scores, y),
                Classification.logLoss(scores, y),
                Classification.areaUnderCurve(scores, y));
    }

    /** @return \( \sqrt{a(1-a)/n} \), the standard error of the accuracy a; NaN without rows */
    public double accuracyError() {
        return Math.sqrt(accuracy * (1 - accuracy) / rows);
    }
}

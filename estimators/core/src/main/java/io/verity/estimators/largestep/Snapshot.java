package io.verity.estimators.largestep;

/**
 * One iterate, measured.
 *
 * @param loss mean logistic loss
 * @param logLoss its logarithm, finite where the loss underflows
 * @param gradientNorm Euclidean norm of its gradient
 * @param meanSigmoid \( G = \frac1n\sum 1/(1+e^{m_i}) \)
 * @param misclassified number of margins \( \le 0 \)
 * @param minMargin smallest margin
 * @param norm \( \|\theta\|_2 \)
 * @param normalizedMargin smallest margin over the norm; NaN at zero
 */
public record Snapshot(
        double loss,
        double logLoss,
        double gradientNorm,
        double meanSigmoid,
        int misclassified,
        double minMargin,
        double norm,
        double normalizedMargin) {

    static Snapshot of(SeparableData data, double[] margins, double[] theta) {
        double loss = Margins.meanLoss(margins);
        double smallest = Margins.smallest(margins);
        double norm = RunGeometry.norm(theta);
        double[] weights = new double[data.n()];
        Weights.sigmoids(margins, weights);
        double[] gradient = new double[data.d()];
        new Products(data).transposedTimes(weights, gradient);
        return new Snapshot(
                loss,
                Margins.logMeanLoss(margins, loss),
                RunGeometry.norm(gradient) / data.n(),
                Margins.meanSigmoid(margins),
                Margins.misclassified(margins),
                smallest,
                norm,
                norm > 0 ? smallest / norm : Double.NaN);
    }
}

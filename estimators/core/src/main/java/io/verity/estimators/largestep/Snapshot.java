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
        double normalizedMargin) {}

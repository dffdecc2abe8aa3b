package io.verity.stats.losses;

/**
 * The constrained hinge loss of Lee, Lin and Wahba (JASA 2004, doi 10.1198/016214504000000098): \( \sum_{k \ne y} \max(0, 1 +
 * h_k) \) for scores with \( \sum_k h_k = 0 \).
 *
 * <p>Scores that do not sum to 0 are centred first, so that the loss is defined, and invariant to a common shift, for every
 * score vector; the gradient is that of the centred loss and sums to 0.
 */
public final class ConstrainedHinge implements MulticlassLoss {
    /** The loss has no parameter. */
    public ConstrainedHinge() {}

    @Override
    public double value(double[] scores, int y) {
        Scores.check(scores, y);
        double mean = Scores.mean(scores);
        double sum = 0;
        for (int k = 0; k < scores.length; k++) {
            if (k != y) {
                sum += Math.max(0, 1 + (scores[k] - mean));
            }
        }
        return sum;
    }

    @Override
    public void gradient(double[] scores, int y, double[] out) {
        Scores.check(scores, y, out);
        double mean = Scores.mean(scores);
        int active = 0;
        for (int k = 0; k < scores.length; k++) {
            boolean counts = k != y && 1 + (scores[k] - mean) > 0;
            out[k] = counts ? 1 : 0;
            active += counts ? 1 : 0;
        }
        double centre = (double) active / scores.length;
        for (int k = 0; k < scores.length; k++) {
            out[k] -= centre;
        }
    }

    @Override
    public String name() {
        return "constrained-hinge";
    }
}

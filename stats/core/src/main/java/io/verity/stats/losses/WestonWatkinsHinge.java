package io.verity.stats.losses;

/**
 * The multi-class hinge loss of Weston and Watkins (ESANN 1999): \( \sum_{k \ne y} \max(0, 1 + h_k - h_y) \).
 *
 * <p>Not consistent for the 0-1 loss.
 */
public final class WestonWatkinsHinge implements MulticlassLoss {
    /** The loss has no parameter. */
    public WestonWatkinsHinge() {}

    @Override
    public double value(double[] scores, int y) {
        Scores.check(scores, y);
        double sum = 0;
        for (int k = 0; k < scores.length; k++) {
            if (k != y) {
                sum += Math.max(0, 1 + scores[k] - scores[y]);
            }
        }
        return sum;
    }

    @Override
    public void gradient(double[] scores, int y, double[] out) {
        Scores.check(scores, y, out);
        int active = 0;
        for (int k = 0; k < scores.length; k++) {
            boolean counts = k != y && 1 + scores[k] - scores[y] > 0;
            out[k] = counts ? 1 : 0;
            active += counts ? 1 : 0;
        }
        out[y] = -active;
    }

    @Override
    public String name() {
        return "weston-watkins";
    }
}

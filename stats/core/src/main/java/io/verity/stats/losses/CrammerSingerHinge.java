package io.verity.stats.losses;

import java.util.Arrays;

/**
 * The multi-class hinge loss of Crammer and Singer (JMLR 2001): \( \max(0, \max_{k \ne y} (1 + h_k - h_y)) \).
 *
 * <p>Not consistent for the 0-1 loss unless one class has probability above one half.
 */
public final class CrammerSingerHinge implements MulticlassLoss {
    /** The loss has no parameter. */
    public CrammerSingerHinge() {}

    @Override
    public double value(double[] scores, int y) {
        Scores.check(scores, y);
        return Math.max(0, 1 + scores[rival(scores, y)] - scores[y]);
    }

    @Override
    public void gradient(double[] scores, int y, double[] out) {
        Scores.check(scores, y, out);
        Arrays.fill(out, 0);
        int rival = rival(scores, y);
        if (1 + scores[rival] - scores[y] > 0) {
            out[rival] = 1;
            out[y] = -1;
        }
    }

    private static int rival(double[] scores, int y) {
        int best = y == 0 ? 1 : 0;
        for (int k = 0; k < scores.length; k++) {
            if (k != y && scores[k] > scores[best]) {
                best = k;
            }
        }
        return best;
    }

    @Override
    public String name() {
        return "crammer-singer";
    }
}

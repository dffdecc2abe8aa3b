package io.verity.estimators.hconsistency;

import io.verity.stats.Arguments;
import io.verity.stats.losses.ConstrainedHinge;
import io.verity.stats.losses.CrammerSingerHinge;
import io.verity.stats.losses.MulticlassLoss;

/**
 * Multiclass hinges, whose conditional risks are piecewise linear with optima at a few known corners.
 *
 * <ul>
 *   <li>Constrained hinge: \( h = -1 + K q \) with q uniform on a set; \( C^* = K (1 - p_{max}) \), given a prediction \( K (1 -
 *       \max_m P_m / m) \).
 *   <li>Crammer-Singer: all scores equal (risk 1) or one class ahead by 1 (risk \( 2(1 - p_{max}) \)).
 *   <li>Weston-Watkins: ordered partitions, neighbouring blocks of sorted classes 1 apart. The risk is the value of a linear
 *       programme whose matrix is that of a network, so that optimal scores are integers; gaps beyond 1 only cost.
 * </ul>
 */
final class HingeSurrogate implements Surrogate {
    private static final int MOST_CLASSES = 12;

    private final MulticlassLoss loss;

    HingeSurrogate(MulticlassLoss loss) {
        this.loss = loss;
    }

    MulticlassLoss loss() {
        return loss;
    }

    @Override
    public String name() {
        return loss.name();
    }

    @Override
    public double risk(double[] p, double[] scores) {
        return loss.conditionalRisk(p, scores);
    }

    @Override
    public double optimum(double[] p) {
        return risk(p, scoresGivenPrediction(p, Pooling.argmax(p)));
    }

    @Override
    public double regretGivenPrediction(double[] p, int predicted) {
        return Math.max(0, risk(p, scoresGivenPrediction(p, predicted)) - optimum(p));
    }

    @Override
    public double[] scoresGivenPrediction(double[] p, int predicted) {
        if (loss instanceof ConstrainedHinge) {
            int m = Pooling.bestUniform(p, predicted, 1);
            boolean[] in = Pooling.members(p, predicted, m);
            double[] scores = new double[p.length];
            for (int k = 0; k < p.length; k++) {
                scores[k] = in[k] ? (double) p.length / m - 1 : -1;
            }
            return scores;
        }
        if (loss instanceof CrammerSingerHinge) {
            double[] scores = new double[p.length];
            scores[predicted] = 2 * (1 - p[predicted]) < 1 ? 1 : 0;
            return scores;
        }
        return orderedPartition(p, predicted);
    }

    private double[] orderedPartition(double[] p, int predicted) {
        int classes = p.length;
        Arguments.require(
                classes <= MOST_CLASSES,
                "the %s is examined for at most %d classes, but there are %d",
                loss.name(),
                MOST_CLASSES,
                classes);
        int[] order = new int[classes];
        boolean[] placed = new boolean[classes];
        for (int n = 0; n < classes; n++) {
            int next = n == 0 ? predicted : -1;
            for (int k = 0; k < classes && n > 0; k++) {
                if (!placed[k] && (next < 0 || p[k] > p[next])) {
                    next = k;
                }
            }
            order[n] = next;
            placed[next] = true;
        }
        // The predicted class belongs to the first block; bit n of the code starts a new block after place n.
        double[] best = new double[classes];
        double smallest = Double.POSITIVE_INFINITY;
        for (int code = 0; code < 1 << (classes - 1); code++) {
            double[] scores = new double[classes];
            int level = 0;
            for (int n = 0; n < classes; n++) {
                scores[order[n]] = -level;
                level += (code >> n) & 1;
            }
            double value = risk(p, scores);
            if (value < smallest - 1e-14) {
                smallest = value;
                best = scores;
            }
        }
        return best;
    }
}

package io.verity.stats.losses;

import io.verity.stats.Arguments;

/** Checks and small sums that the losses of score vectors share. */
final class Scores {
    private Scores() {}

    static void check(double[] scores, int y) {
        int classes = scores.length;
        Arguments.require(classes >= 2, "a score vector needs at least 2 classes, but has %d", classes);
        Arguments.require(y >= 0 && y < classes, "label %d is outside of the allowed range 0..%d", y, classes - 1);
        for (double score : scores) {
            if (!Double.isFinite(score)) {
                Arguments.allFinite("the score vector", scores);
            }
        }
    }

    static void check(double[] scores, int y, double[] out) {
        check(scores, y);
        Arguments.require(
                out.length == scores.length,
                "the gradient needs room for %d classes, but the array has %d entries",
                scores.length,
                out.length);
    }

    static double max(double[] scores) {
        double max = scores[0];
        for (double score : scores) {
            max = Math.max(max, score);
        }
        return max;
    }

    /** The mean, without overflow for any finite scores. */
    static double mean(double[] scores) {
        double mean = 0;
        for (double score : scores) {
            mean += score / scores.length;
        }
        return mean;
    }
}

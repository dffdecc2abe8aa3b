package io.verity.estimators.logistic;

import io.verity.stats.losses.Exponentials;

/** Minus the log-probability of a class, from a row's scores in an array of many. */
final class SoftmaxLoss {
    private SoftmaxLoss() {}

    /** Of a label, with the scores of the classes from a place on. */
    static double of(double[] scores, int at, int classes, int label) {
        double largest = largest(scores, at, classes);
        double rest = 0;
        for (int k = 0; k < classes; k++) {
            rest += k == label ? 0 : Exponentials.expNonPositive(scores[at + k] - largest);
        }
        return of(scores, at, label, largest, rest);
    }

    /**
     * Without cancellation where the label is nearly certain.
     *
     * @param rest sum of the exponentials of the other classes' scores less the largest
     */
    static double of(double[] scores, int at, int label, double largest, double rest) {
        double gap = scores[at + label] - largest;
        return gap == 0 ? StrictMath.log1p(rest) : StrictMath.log(rest + Exponentials.expNonPositive(gap)) - gap;
    }

    /** The largest score of a row. */
    static double largest(double[] scores, int at, int classes) {
        double largest = scores[at];
        for (int k = at + 1; k < at + classes; k++) {
            largest = Math.max(largest, scores[k]);
        }
        return largest;
    }
}

package io.verity.stats.losses;

import io.verity.stats.Arguments;

/**
 * Classification metrics made differentiable (Han, Moniz and Chawla, "AnyLoss: Transforming Classification Metrics into Loss
 * Functions", arXiv 2405.14745): a predicted probability p becomes \( A(p) = 1/(1+e^{-L(p - 1/2)}) \), close to its 0-1
 * decision for a steep L; sums of A over a batch give a soft confusion matrix, and the loss is 1 minus a metric of it:
 * \( TP = \sum y A \), \( FN = \sum y (1-A) \), \( FP = \sum (1-y) A \), \( TN = \sum (1-y)(1-A) \).
 *
 * <p>A loss of the whole batch, not a mean over rows. With L = 73 a row with \( |p - 1/2| > 0.45 \) has \( A(1-A) \lt 10^{-14}
 * \) and no longer counts in the gradient: start training from p = 1/2.
 */
public final class AnyLoss {
    /** L of the paper's experiments. */
    public static final double DEFAULT_STEEPNESS = 73;

    private enum Metric {
        ACCURACY,
        F_BETA,
        G_MEAN,
        BALANCED_ACCURACY
    }

    private final Metric metric;
    private final double betaSquared;
    private final double steepness;

    private AnyLoss(Metric metric, double betaSquared, double steepness) {
        this.metric = metric;
        this.betaSquared = betaSquared;
        this.steepness = steepness;
    }

    /**
     * 1 minus the soft accuracy \( (TP + TN) / N \).
     *
     * @return the loss with L = 73
     */
    public static AnyLoss accuracy() {
        return new AnyLoss(Metric.ACCURACY, 1, DEFAULT_STEEPNESS);
    }

    /**
     * 1 minus the soft \( F_\beta = (1+\beta^2) TP / ((1+\beta^2) TP + \beta^2 FN + FP) \).
     *
     * @param beta weight of recall against precision, positive
     * @return the loss with L = 73
     * @throws IllegalArgumentException if beta is not positive and finite
     */
    public static AnyLoss fBeta(double beta) {
        return new AnyLoss(Metric.F_BETA, Arguments.positive("beta", beta) * beta, DEFAULT_STEEPNESS);
    }

    /**
     * 1 minus the soft geometric mean \( \sqrt{TPR \cdot TNR} \) of sensitivity and specificity.
     *
     * @return the loss with L = 73
     */
    public static AnyLoss gMean() {
        return new AnyLoss(Metric.G_MEAN, 1, DEFAULT_STEEPNESS);
    }

    /**
     * 1 minus the soft balanced accuracy \( (TPR + TNR) / 2 \).
     *
     * @return the loss with L = 73
     */
    public static AnyLoss balancedAccuracy() {
        return new AnyLoss(Metric.BALANCED_ACCURACY, 1, DEFAULT_STEEPNESS);
    }

    /**
     * The same metric with another L.
     *
     * @param l steepness of the soft decision, positive
     * @return the loss
     * @throws IllegalArgumentException if l is not positive and finite
     */
    public AnyLoss withSteepness(double l) {
        return new AnyLoss(metric, betaSquared, Arguments.positive("L", l));
    }

    /**
     * The loss of a batch.
     *
     * @param p predicted probabilities of class 1, each in [0, 1]
     * @param y labels, 0 or 1
     * @return 1 minus the metric, in [0, 1]; \( F_\beta \) counts as 0 when every term of its denominator underflows
     * @throws IllegalArgumentException if the batch is empty or its sizes differ, a probability is outside of [0, 1] or NaN, a
     *     label is not 0 or 1, or a class is missing from the batch and the metric is the G-mean or the balanced accuracy
     */
    public double value(double[] p, int[] y) {
        Confusion c = confusion(p, y);
        return switch (metric) {
            case ACCURACY -> (c.falseNegatives + c.falsePositives) / p.length;
            case F_BETA -> {
                double errors = betaSquared * c.falseNegatives + c.falsePositives;
                double total = (1 + betaSquared) * c.truePositives + errors;
                yield total > 0 ? errors / total : 1;
            }
            case G_MEAN -> 1 - Math.sqrt(c.sensitivity() * c.specificity());
            case BALANCED_ACCURACY -> 0.5 * (c.falseNegatives / c.positives + c.falsePositives / c.negatives);
        };
    }

    /**
     * The gradient of the batch's loss in the probabilities, with \( dA/dp = L A (1 - A) \).
     *
     * @param p predicted probabilities of class 1, each in [0, 1]
     * @param y labels, 0 or 1
     * @param out receives one partial derivative per row
     * @throws IllegalArgumentException as {@link #value}, or if {@code out} has another length than {@code p}
     */
    public void gradient(double[] p, int[] y, double[] out) {
        Confusion c = confusion(p, y);
        Arguments.require(
                out.length == p.length,
                "the gradient needs room for %d rows, but the array has %d entries",
                p.length,
                out.length);
        // Derivatives of the loss in A of a positive and of a negative row.
        double positive = 0;
        double negative = 0;
        switch (metric) {
            case ACCURACY -> {
                positive = -1.0 / p.length;
                negative = 1.0 / p.length;
            }
            case F_BETA -> {
                double errors = betaSquared * c.falseNegatives + c.falsePositives;
                double total = (1 + betaSquared) * c.truePositives + errors;
                if (total > 0) {
                    // d errors / dA = -b2 or 1, d total / dA = 1 for both kinds of rows.
                    positive = (-betaSquared - errors / total) / total;
                    negative = (1 - errors / total) / total;
                }
            }
            case G_MEAN -> {
                double mean = Math.sqrt(c.sensitivity() * c.specificity());
                if (mean > 0) {
                    positive = -0.5 * mean / c.truePositives;
                    negative = 0.5 * mean / c.trueNegatives;
                }
            }
            case BALANCED_ACCURACY -> {
                positive = -0.5 / c.positives;
                negative = 0.5 / c.negatives;
            }
        }
        for (int i = 0; i < p.length; i++) {
            double e = Exponentials.expNonPositive(-Math.abs(steepness * (p[i] - 0.5)));
            // A (1 - A) = e / (1 + e)^2, without cancellation on either side of 1/2.
            double slope = steepness * e / ((1 + e) * (1 + e));
            out[i] = (y[i] == 1 ? positive : negative) * slope;
        }
    }

    /**
     * The soft decision \( A(p) = 1/(1+e^{-L(p - 1/2)}) \).
     *
     * @param p a probability
     * @return a number in (0, 1)
     */
    public double soft(double p) {
        return LogisticLoss.sigmoidNegative(-steepness * (p - 0.5));
    }

    private Confusion confusion(double[] p, int[] y) {
        Arguments.require(p.length > 0, "the batch is empty");
        Arguments.require(p.length == y.length, "the batch has %d probabilities but %d labels", p.length, y.length);
        Confusion c = new Confusion();
        for (int i = 0; i < p.length; i++) {
            checkRow(p[i], y[i], i);
            double z = steepness * (p[i] - 0.5);
            double e = Exponentials.expNonPositive(-Math.abs(z));
            double likely = 1 / (1 + e);
            double unlikely = e / (1 + e);
            double a = z < 0 ? unlikely : likely;
            double rest = z < 0 ? likely : unlikely;
            if (y[i] == 1) {
                c.positives++;
                c.truePositives += a;
                c.falseNegatives += rest;
            } else {
                c.negatives++;
                c.falsePositives += a;
                c.trueNegatives += rest;
            }
        }
        if (metric == Metric.G_MEAN || metric == Metric.BALANCED_ACCURACY) {
            Arguments.require(
                    c.positives > 0 && c.negatives > 0,
                    "the batch of %d rows has no row of class %d, which %s needs",
                    p.length,
                    c.positives > 0 ? 0 : 1,
                    name());
        }
        return c;
    }

    private static void checkRow(double p, int y, int i) {
        if (!(p >= 0 && p <= 1)) {
            Arguments.require(false, "the probability in row %d must lie in [0, 1], but is %s", i + 1, p);
        }
        if (y != 0 && y != 1) {
            Arguments.require(false, "the label in row %d is %d, outside of the allowed range 0..1", i + 1, y);
        }
    }

    /** Sums over one batch. */
    private static final class Confusion {
        private int positives;
        private int negatives;
        private double truePositives;
        private double falseNegatives;
        private double falsePositives;
        private double trueNegatives;

        double sensitivity() {
            return truePositives / positives;
        }

        double specificity() {
            return trueNegatives / negatives;
        }
    }

    /**
     * The loss's name.
     *
     * @return for example {@code anyloss-f(beta=1.0)}
     */
    public String name() {
        return switch (metric) {
            case ACCURACY -> "anyloss-accuracy";
            case F_BETA -> "anyloss-f(beta=" + Math.sqrt(betaSquared) + ")";
            case G_MEAN -> "anyloss-gmean";
            case BALANCED_ACCURACY -> "anyloss-balanced";
        };
    }
}

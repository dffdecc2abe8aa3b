package io.verity.papers.nbvslr;

import io.verity.stats.losses.AnyLoss;
import io.verity.stats.losses.LogisticLoss;
import io.verity.stats.losses.SelfAdjustingDice;
import io.verity.stats.random.RandomStream;
import java.util.Arrays;
import java.util.Comparator;

/**
 * One in twenty rows is positive, \( x | y \sim N(0.5\, y\, 1, I_{10}) \): 2000 rows to train linear scores on, by full-batch
 * Adam from 0, and 10,000 to test them by their F1.
 */
final class ImbalancedBed {
    static final int FEATURES = 10;
    private static final int TRAINING = 2000;
    private static final int TEST = 10_000;
    private static final double POSITIVE = .05;
    private static final double SHIFT = .5;
    private static final int STEPS = 600;
    private static final double STEP = .05;

    /** By columns: one array per feature. */
    private final double[][] x;

    private final int[] y;
    private final double[][] testX;
    private final int[] testY;

    private ImbalancedBed(double[][] x, int[] y, double[][] testX, int[] testY) {
        this.x = x;
        this.y = y;
        this.testX = testX;
        this.testY = testY;
    }

    static ImbalancedBed drawn(RandomStream stream) {
        double[][] x = new double[FEATURES][TRAINING];
        double[][] testX = new double[FEATURES][TEST];
        return new ImbalancedBed(x, rows(stream, x), testX, rows(stream, testX));
    }

    private static int[] rows(RandomStream stream, double[][] x) {
        int[] y = new int[x[0].length];
        for (int i = 0; i < y.length; i++) {
            y[i] = stream.nextDouble() < POSITIVE ? 1 : 0;
            for (int j = 0; j < FEATURES; j++) {
                x[j][i] = SHIFT * y[i] + stream.nextGaussian();
            }
        }
        return y;
    }

    /** The derivative of a batch's loss in every predicted probability. */
    @FunctionalInterface
    interface Slopes {
        void of(double[] p, int[] y, double[] out);
    }

    /** Minus 1/p or 1/(1-p), over the rows; near certainty p is kept away from the ends by rounding only. */
    static Slopes crossEntropy() {
        return (p, y, out) -> {
            for (int i = 0; i < p.length; i++) {
                out[i] = (y[i] == 1 ? -1 / p[i] : 1 / (1 - p[i])) / p.length;
            }
        };
    }

    static Slopes softF1(double steepness) {
        return AnyLoss.fBeta(1).withSteepness(steepness)::gradient;
    }

    static Slopes dice(double alpha) {
        SelfAdjustingDice loss = SelfAdjustingDice.ofAlpha(alpha);
        return (p, y, out) -> {
            for (int i = 0; i < p.length; i++) {
                out[i] = loss.derivative(p[i], y[i]) / p.length;
            }
        };
    }

    /** Weights, then the intercept. */
    double[] train(Slopes loss) {
        double[] w = new double[FEATURES + 1];
        double[] first = new double[w.length];
        double[] second = new double[w.length];
        double[] p = new double[TRAINING];
        double[] slopes = new double[TRAINING];
        double[] ones = new double[TRAINING];
        Arrays.fill(ones, 1);
        double powerFirst = 1;
        double powerSecond = 1;
        for (int t = 1; t <= STEPS; t++) {
            scores(w, x, p);
            for (int i = 0; i < TRAINING; i++) {
                p[i] = LogisticLoss.sigmoidNegative(-p[i]);
            }
            loss.of(p, y, slopes);
            for (int i = 0; i < TRAINING; i++) {
                slopes[i] *= p[i] * (1 - p[i]);
            }
            powerFirst *= .9;
            powerSecond *= .999;
            for (int j = 0; j < w.length; j++) {
                double gradient = j < FEATURES ? product(slopes, x[j]) : product(slopes, ones);
                first[j] = .9 * first[j] + .1 * gradient;
                second[j] = .999 * second[j] + .001 * gradient * gradient;
                w[j] -= STEP * (first[j] / (1 - powerFirst)) / (Math.sqrt(second[j] / (1 - powerSecond)) + 1e-8);
            }
        }
        return w;
    }

    private static void scores(double[] w, double[][] x, double[] out) {
        Arrays.fill(out, w[FEATURES]);
        for (int j = 0; j < FEATURES; j++) {
            double[] column = x[j];
            double weight = w[j];
            for (int i = 0; i < out.length; i++) {
                out[i] += weight * column[i];
            }
        }
    }

    /** Four sums side by side, because one would wait for every addition; the length is a multiple of four. */
    private static double product(double[] a, double[] b) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        for (int i = 0; i < a.length; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** F1 on the test rows when scores above the threshold are called positive; 0 when none is. */
    double testF1(double[] w, double threshold) {
        double[] scores = new double[TEST];
        scores(w, testX, scores);
        int hits = 0;
        int called = 0;
        int positives = 0;
        for (int i = 0; i < TEST; i++) {
            boolean positive = scores[i] > threshold;
            called += positive ? 1 : 0;
            positives += testY[i];
            hits += positive ? testY[i] : 0;
        }
        return called + positives == 0 ? 0 : 2.0 * hits / (called + positives);
    }

    /** The score threshold with the best F1 on the training rows. */
    double tunedThreshold(double[] w) {
        double[] scores = new double[TRAINING];
        scores(w, x, scores);
        Integer[] order = new Integer[TRAINING];
        int positives = 0;
        for (int i = 0; i < TRAINING; i++) {
            order[i] = i;
            positives += y[i];
        }
        Arrays.sort(order, Comparator.comparingDouble(i -> -scores[i]));
        double best = -1;
        double threshold = 0;
        int hits = 0;
        for (int called = 1; called < TRAINING; called++) {
            hits += y[order[called - 1]];
            double f1 = 2.0 * hits / (called + positives);
            double above = scores[order[called - 1]];
            double below = scores[order[called]];
            if (f1 > best && above > below) {
                best = f1;
                threshold = 0.5 * (above + below);
            }
        }
        return threshold;
    }
}

package io.verity.stats.losses;

import io.verity.stats.Arguments;

/**
 * The Z-loss of de Brébisson and Vincent ("The Z-loss: a shift and scale invariant classification loss belonging to the
 * Spherical Family", arXiv 1604.08859): with the mean \( \mu \) and the population standard deviation \( \sigma \) of the K
 * scores and \( z = (h_y - \mu)/\sigma \), \( \ell = \frac1a \log(1 + e^{a (b - z)}) \).
 *
 * <p>Unchanged by \( h \to c h + e \) with \( c > 0 \); \( |z| \le \sqrt{K-1} \). With two classes z is 1 or -1 and the
 * gradient is 0.
 */
public final class ZLoss implements MulticlassLoss {
    private final double a;
    private final double b;

    private ZLoss(double a, double b) {
        this.a = a;
        this.b = b;
    }

    /**
     * The loss with parameters a and b.
     *
     * @param a steepness, positive
     * @param b the standardised score from which the loss falls towards 0
     * @return the loss
     * @throws IllegalArgumentException if a is not positive and finite, or b is not finite
     */
    public static ZLoss of(double a, double b) {
        return new ZLoss(Arguments.positive("a of the Z-loss", a), Arguments.finite("b of the Z-loss", b));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException also if all scores are equal: their standard deviation is 0
     */
    @Override
    public double value(double[] scores, int y) {
        Scores.check(scores, y);
        double[] z = standardise(scores).z();
        return LogisticLoss.loss(a * (z[y] - b)) / a;
    }

    /**
     * \( -\frac{g}{\sigma} (1\{k=y\} - \frac1K - \frac{z z_k}{K}) \) with \( g = 1 / (1 + e^{-a(b-z)}) \).
     *
     * @throws IllegalArgumentException also if all scores are equal: their standard deviation is 0
     */
    @Override
    public void gradient(double[] scores, int y, double[] out) {
        Scores.check(scores, y, out);
        Standardised s = standardise(scores);
        double[] z = s.z();
        double g = LogisticLoss.sigmoidNegative(a * (z[y] - b));
        int classes = scores.length;
        for (int k = 0; k < classes; k++) {
            double direction = classes == 2 ? 0 : (1 + z[y] * z[k]) / classes - (k == y ? 1 : 0);
            // In this order a scale near the ends of the doubles does no harm before it must.
            out[k] = g * direction / s.relativeDeviation() / s.scale();
        }
    }

    /** The standard scores; sigma is relativeDeviation times scale. */
    private static final class Standardised {
        private final double[] z;
        private final double relativeDeviation;
        private final double scale;

        Standardised(double[] z, double relativeDeviation, double scale) {
            this.z = z;
            this.relativeDeviation = relativeDeviation;
            this.scale = scale;
        }

        double[] z() {
            return z;
        }

        double relativeDeviation() {
            return relativeDeviation;
        }

        double scale() {
            return scale;
        }
    }

    /** Deviations are taken from the mean before squaring, and relative to the largest: no cancellation, no overflow. */
    private static Standardised standardise(double[] scores) {
        double min = scores[0];
        double max = scores[0];
        for (double score : scores) {
            min = Math.min(min, score);
            max = Math.max(max, score);
        }
        // Half the range cannot overflow.
        double scale = 0.5 * max - 0.5 * min;
        Arguments.require(scale > 0, "the Z-loss is undefined: all scores equal %s", min);
        double middle = 0.5 * max + 0.5 * min;
        double[] z = new double[scores.length];
        double mean = 0;
        for (int k = 0; k < z.length; k++) {
            z[k] = (scores[k] - middle) / scale;
            mean += z[k] / z.length;
        }
        double square = 0;
        for (int k = 0; k < z.length; k++) {
            z[k] -= mean;
            square += z[k] * z[k];
        }
        double deviation = Math.sqrt(square / z.length);
        for (int k = 0; k < z.length; k++) {
            z[k] /= deviation;
        }
        return new Standardised(z, deviation, scale);
    }

    @Override
    public String name() {
        return "z-loss(a=" + a + ", b=" + b + ")";
    }
}

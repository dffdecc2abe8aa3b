package io.verity.stats.losses;

import io.verity.stats.Arguments;
import io.verity.stats.random.RandomStream;
import java.util.Arrays;
import java.util.Comparator;

/**
 * EnsLoss (Dai, "EnsLoss: Stochastic Calibrated Loss Ensembles for Preventing Overfitting in Classification", ICML 2025, arXiv
 * 2409.00908): for every batch of margins \( z_i = y_i f(x_i) \) the derivatives of a random convex, calibrated loss are drawn
 * directly.
 *
 * <p>B draws e of the inverse Box-Cox transform of a standard normal n, \( e = \max(1 + \lambda n, 0)^{1/\lambda} \) (\( e^n
 * \) for \( \lambda = 0 \)), give slopes \( -\min(e, 1) \); the steepest goes to the smallest margin, and so on by rank; where
 * z exceeds 1 the slope is divided by z; then 1e-6 is subtracted. The slopes are therefore negative and do not decrease in z:
 * they are derivatives of some convex calibrated loss at these margins. The batch's gradient in the parameters is the mean of
 * slope times \( dz_i \).
 */
public final class EnsLoss {
    private static final double OFFSET = 1e-6;

    private final double lambda;

    private EnsLoss(double lambda) {
        this.lambda = lambda;
    }

    /**
     * Losses drawn with a fixed Box-Cox parameter.
     *
     * @param lambda the parameter, in [-1, 1]; 0 gives log-normal slopes
     * @return the sampler
     * @throws IllegalArgumentException if lambda is not in [-1, 1]
     */
    public static EnsLoss withLambda(double lambda) {
        Arguments.require(lambda >= -1 && lambda <= 1, "lambda of EnsLoss must lie in [-1, 1], but is %s", lambda);
        return new EnsLoss(lambda);
    }

    /**
     * Losses with a Box-Cox parameter drawn uniformly from [-1, 1), as the authors' training loop does anew every few epochs.
     *
     * @param random where the parameter is drawn from
     * @return the sampler
     */
    public static EnsLoss drawn(RandomStream random) {
        return new EnsLoss(2 * random.nextDouble() - 1);
    }

    /**
     * The Box-Cox parameter.
     *
     * @return lambda, in [-1, 1]
     */
    public double lambda() {
        return lambda;
    }

    /**
     * Draws the derivatives \( d\ell/dz_i \) of a random loss at the margins of a batch.
     *
     * @param margins at least one finite margin; equal margins are ranked by position
     * @param random where the loss is drawn from
     * @return one slope per margin, in [-1 - 1e-6, -1e-6], not decreasing in the margin
     * @throws IllegalArgumentException if the batch is empty or a margin is not finite
     */
    public double[] slopes(double[] margins, RandomStream random) {
        Arguments.require(margins.length > 0, "the batch is empty");
        Arguments.allFinite("the margins", margins);
        double[] drawn = new double[margins.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = -Math.min(inverseBoxCox(random.nextGaussian()), 1);
        }
        Arrays.sort(drawn);
        Integer[] order = new Integer[margins.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> margins[i]));
        double[] slopes = new double[margins.length];
        for (int rank = 0; rank < order.length; rank++) {
            int i = order[rank];
            slopes[i] = drawn[rank] / Math.max(margins[i], 1) - OFFSET;
        }
        return slopes;
    }

    private double inverseBoxCox(double n) {
        if (lambda == 0) {
            return Exponentials.exp(n);
        }
        // log1p keeps tiny lambdas exact; at 1 + lambda n <= 0 the power is 0 or, for a negative lambda, infinite.
        double logarithm = StrictMath.log1p(Math.max(lambda * n, -1));
        return Exponentials.exp(logarithm / lambda);
    }
}

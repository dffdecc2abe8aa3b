package io.verity.estimators.largestep;

import io.verity.stats.Arguments;
import java.util.OptionalInt;

/**
 * The bounds of the theory. R is the radius, mu the margin, n the number of samples, gamma the step size, t an iteration.
 *
 * <p>"Derived" marks inequalities with explicit constants that were derived for this project and checked numerically; they
 * are not quoted from a paper.
 */
public final class Bounds {
    /** W(2), where \( W(x) e^{W(x)} = x \). */
    public static final double LAMBERT_W_2 = 0.8526055020137254;
    /** W(1/2). */
    public static final double LAMBERT_W_HALF = 0.35173371124919584;

    private static final double LOG_2 = 0.6931471805599453;

    private Bounds() {}

    private static double ratio(double radius, double margin) {
        double r = Arguments.positive("radius", radius) / Arguments.positive("margin", margin);
        return r * r;
    }

    private static double gamma(double stepSize) {
        return Arguments.positive("step size", stepSize);
    }

    /**
     * \( R^2/\mu^2 \): separation time of the perceptron and of the normalized batch perceptron (Novikoff 1962; arXiv
     * 2412.08424, Theorems 5.2, 5.3).
     *
     * @param radius R
     * @param margin mu
     * @return the bound, iterations
     */
    public static double novikoff(double radius, double margin) {
        return ratio(radius, margin);
    }

    /**
     * \( nR^2/\mu^2 \): separation time of the batch perceptron (arXiv 2412.08424, Theorem 3.3).
     *
     * @param n samples
     * @param radius R
     * @param margin mu
     * @return the bound, iterations
     */
    public static double batchPerceptron(int n, double radius, double margin) {
        return n * ratio(radius, margin);
    }

    /**
     * \( R^2/\mu^2 + 2\log(2n-1)/(\gamma\mu^2) \): separation time of normalized gradient descent (arXiv 2412.08424, Theorem
     * 6.1).
     *
     * @param n samples
     * @param radius R
     * @param margin mu
     * @param stepSize gamma
     * @return the bound, iterations
     */
    public static double normalizedGd(int n, double radius, double margin, double stepSize) {
        return ratio(radius, margin) + 2 * StrictMath.log(2.0 * n - 1) / (gamma(stepSize) * margin * margin);
    }

    /**
     * 2n times {@link #normalizedGd}: separation time of gradient descent at any step size (derived).
     *
     * @param n samples
     * @param radius R
     * @param margin mu
     * @param stepSize gamma
     * @return the bound, iterations
     */
    public static double gdAnyStep(int n, double radius, double margin, double stepSize) {
        return 2.0 * n * normalizedGd(n, radius, margin, stepSize);
    }

    /** Norm of the comparator \( u = (a+b)w^* \): \( a = \max(\log(\mu^2\gamma t),0)/\mu \), \( b = \gamma R^2/(2\mu) \). */
    private static double comparator(double margin, double radius, double stepSize, int t) {
        double a = burnIn(margin, stepSize, t) / margin;
        return a + gamma(stepSize) * radius * radius / (2 * margin);
    }

    private static double burnIn(double margin, double stepSize, int t) {
        Arguments.atLeast("t", t, 1);
        return Math.max(StrictMath.log(margin * margin * gamma(stepSize) * t), 0);
    }

    private static double comparatorLoss(double margin, double stepSize, int t) {
        return StrictMath.log1p(StrictMath.exp(-burnIn(margin, stepSize, t)));
    }

    /**
     * Bound of the average loss \( \frac1t\sum_{j &lt; t} f(\theta_j) \) of gradient descent from zero at any step size (derived;
     * same form as the edge-of-stability bound of Wu, Bartlett, Telgarsky, Yu, arXiv 2402.15926):
     * \( \log(1+e^{-\mu a}) + (a+b)^2/(2\gamma t) \) with \( a = \max(\log(\mu^2\gamma t),0)/\mu \) and
     * \( b = \gamma R^2/(2\mu) \).
     *
     * @param margin mu
     * @param radius R
     * @param stepSize gamma
     * @param t iterations averaged, at least 1
     * @return the bound
     */
    public static double averageLoss(double margin, double radius, double stepSize, int t) {
        double ab = comparator(margin, radius, stepSize, t);
        return comparatorLoss(margin, stepSize, t) + ab * ab / (2 * stepSize * t);
    }

    /**
     * Bound of \( \|\theta_t\| \) for gradient descent from zero at any step size (derived):
     * \( (a+b) + \sqrt{(a+b)^2 + 2\gamma t\log(1+e^{-\mu a})} \), letters as in {@link #averageLoss}.
     *
     * @param margin mu
     * @param radius R
     * @param stepSize gamma
     * @param t iteration, at least 1
     * @return the bound
     */
    public static double iterateNorm(double margin, double radius, double stepSize, int t) {
        double ab = comparator(margin, radius, stepSize, t);
        return ab + Math.sqrt(ab * ab + 2 * stepSize * t * comparatorLoss(margin, stepSize, t));
    }

    /**
     * Bound of the average mean sigmoid \( \frac1t\sum_{j &lt; t} G_j \) (derived): {@link #iterateNorm} over
     * \( \mu\gamma t \).
     *
     * @param margin mu
     * @param radius R
     * @param stepSize gamma
     * @param t iterations averaged, at least 1
     * @return the bound
     */
    public static double averageSigmoid(double margin, double radius, double stepSize, int t) {
        return iterateNorm(margin, radius, stepSize, t) / (margin * stepSize * t);
    }

    /**
     * Loss below which gradient descent never raises the loss again: \( W(2)/(\gamma R^2) \) (derived).
     *
     * @param radius R
     * @param stepSize gamma
     * @return the loss level
     */
    public static double monotoneThreshold(double radius, double stepSize) {
        return LAMBERT_W_2 / (gamma(stepSize) * radius * radius);
    }

    /**
     * Loss below which {@link #stablePhaseLoss} holds: \( \min(W(1/2)/(\gamma R^2), \log 2/n) \) (derived).
     *
     * @param n samples
     * @param radius R
     * @param stepSize gamma
     * @return the loss level
     */
    public static double stablePhaseThreshold(int n, double radius, double stepSize) {
        return Math.min(LAMBERT_W_HALF / (gamma(stepSize) * radius * radius), LOG_2 / n);
    }

    /**
     * \( 16/(3\gamma\mu^2 t) \): loss t iterations after {@link #stablePhaseThreshold} was met (derived).
     *
     * @param margin mu
     * @param stepSize gamma
     * @param t iterations since, at least 1
     * @return the bound
     */
    public static double stablePhaseLoss(double margin, double stepSize, int t) {
        Arguments.atLeast("t", t, 1);
        return 16 / (3 * gamma(stepSize) * margin * margin * t);
    }

    /**
     * \( -\frac\gamma2(\mu^2 t - R^2) \): bound of \( \phi \) at the average iterate of {@link Variant#SOFTMAX}, for
     * \( t \ge R^2/(2\mu^2) \) (derived).
     *
     * @param margin mu
     * @param radius R
     * @param stepSize gamma
     * @param t iterations averaged
     * @return the bound of the logarithm of the exponential (and so of the logistic) risk
     */
    public static double softmaxLogRisk(double margin, double radius, double stepSize, int t) {
        return -gamma(stepSize) / 2 * (margin * margin * t - radius * radius);
    }

    /**
     * \( R^2/\mu^2 + 2\log n/(\gamma\mu^2) \): once t exceeds it, the average iterate of {@link Variant#SOFTMAX} separates
     * (derived).
     *
     * @param n samples
     * @param radius R
     * @param margin mu
     * @param stepSize gamma
     * @return the bound, iterations
     */
    public static double softmaxSeparation(int n, double radius, double margin, double stepSize) {
        return ratio(radius, margin) + 2 * StrictMath.log(n) / (gamma(stepSize) * margin * margin);
    }

    /**
     * Exact separation time of the batch perceptron on {@link Instances#worst(int)}: \( \lfloor(3n+2)/10\rfloor+1 \)
     * (derived; arXiv 2412.08424, Theorem 5.1 states the order).
     *
     * @param n samples
     * @return iterations
     */
    public static int worstCaseIterations(int n) {
        return Math.toIntExact((3L * n + 2) / 10 + 1);
    }

    /**
     * Exact separation time of the batch perceptron on {@link Instances#worst(int, double)}: k+1 with
     * \( k = \lfloor((n-2)-n\mu^2)/(2(1+\mu^2))\rfloor+1 \), provided that the other samples are still right at that k
     * (derived).
     *
     * @param n samples
     * @param margin mu
     * @return iterations, or nothing when the batch perceptron overshoots there and the formula does not hold
     */
    public static OptionalInt worstCaseIterations(int n, double margin) {
        double squared = margin * margin;
        int k = (int) Math.floor((n - 2 - n * squared) / (2 * (1 + squared))) + 1;
        double others = squared * (0.5 + (double) k / n) + (n - 2) / (2.0 * n) - (double) k / n;
        return others > 0 ? OptionalInt.of(k + 1) : OptionalInt.empty();
    }
}

package io.verity.estimators.largestep;

import io.verity.stats.Arguments;

/**
 * When a run ends before its iterations are used up. An intermediate loss says nothing about separation except that
 * \( f &lt; \log 2 / n \) implies it, so {@link #separated()} looks at the margins.
 *
 * @param kind what is watched
 * @param level the level it must fall below; 0 where there is none
 */
public record StopRule(Kind kind, double level) {
    /** What is watched. */
    public enum Kind {
        /** The smallest margin. */
        SEPARATED,
        /** Nothing. */
        MAX_ITERATIONS,
        /** The mean logistic loss. */
        LOSS_BELOW,
        /** The norm of its gradient. */
        GRADIENT_BELOW
    }

    /** Checks the level. */
    public StopRule {
        Arguments.nonNegative("tolerance of the stop rule", level);
    }

    /** @return stop at the first iterate with every margin positive */
    public static StopRule separated() {
        return new StopRule(Kind.SEPARATED, 0);
    }

    /** @return use up the iterations */
    public static StopRule maxIterations() {
        return new StopRule(Kind.MAX_ITERATIONS, 0);
    }

    /**
     * @param level mean loss
     * @return stop when the loss is below the level
     */
    public static StopRule lossBelow(double level) {
        return new StopRule(Kind.LOSS_BELOW, level);
    }

    /**
     * @param level Euclidean norm
     * @return stop when the gradient norm is below the level
     */
    public static StopRule gradientBelow(double level) {
        return new StopRule(Kind.GRADIENT_BELOW, level);
    }
}

package io.verity.estimators.hconsistency;

import io.verity.stats.Arguments;

/** A set of hypotheses over which a risk is minimised. */
public final class Hypotheses {
    /** The kinds of sets. */
    public enum Kind {
        /** Every function of x. */
        ALL,
        /** Linear scores with intercepts, without bounds. */
        LINEAR,
        /** Binary linear scores in a ball. */
        BOUNDED_LINEAR
    }

    private final Kind kind;
    private final double norm;
    private final double intercept;

    private Hypotheses(Kind kind, double norm, double intercept) {
        this.kind = kind;
        this.norm = norm;
        this.intercept = intercept;
    }

    /**
     * All functions of x; needs no features.
     *
     * @return the set
     */
    public static Hypotheses all() {
        return new Hypotheses(Kind.ALL, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /**
     * Linear scores \( h_k(x) = w_k \cdot x + b_k \) without bounds.
     *
     * @return the set
     */
    public static Hypotheses linear() {
        return new Hypotheses(Kind.LINEAR, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /**
     * Binary linear scores \( f(x) = w \cdot x + b \) with \( \|w\|_2 \le W \) and \( |b| \le B \); f is the score of class 1.
     *
     * @param w bound W of the weights' Euclidean norm, at least 0
     * @param b bound B of the intercept, at least 0
     * @return the set
     * @throws IllegalArgumentException if a bound is negative or not finite
     */
    public static Hypotheses boundedLinear(double w, double b) {
        return new Hypotheses(
                Kind.BOUNDED_LINEAR,
                Arguments.nonNegative("the bound W of the weights", w),
                Arguments.nonNegative("the bound B of the intercept", b));
    }

    /**
     * The kind.
     *
     * @return which set this is
     */
    public Kind kind() {
        return kind;
    }

    /**
     * The bound of the weights.
     *
     * @return W; infinite without a bound
     */
    public double normBound() {
        return norm;
    }

    /**
     * The bound of the intercept.
     *
     * @return B; infinite without a bound
     */
    public double interceptBound() {
        return intercept;
    }

    /**
     * The set in words.
     *
     * @return for example {@code linear scores, ||w||_2 <= 1.0, |b| <= 0.5}
     */
    public String describe() {
        return switch (kind) {
            case ALL -> "all functions";
            case LINEAR -> "linear scores with intercepts";
            case BOUNDED_LINEAR -> "linear scores, ||w||_2 <= " + norm + ", |b| <= " + intercept;
        };
    }

    @Override
    public String toString() {
        return describe();
    }
}

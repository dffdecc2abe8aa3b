package io.verity.stats.losses;

import io.verity.stats.Arguments;

/**
 * A loss \( \Phi(u) \) of the margin \( u = y f(x) \), \( y \in \{-1, 1\} \): a non-increasing function with its derivative.
 *
 * <p>The six families are those with H-consistency bounds in Awasthi, Mao, Mohri and Zhong, "H-Consistency Bounds for Surrogate
 * Loss Minimizers", ICML 2022, arXiv 2205.08017; logarithms are natural.
 */
public final class MarginLoss {
    /** The families. */
    public enum Kind {
        /** \( \max(0, 1-u) \). */
        HINGE,
        /** \( \max(0, 1-u)^2 \). */
        SQUARED_HINGE,
        /** \( \log(1 + e^{-u}) \). */
        LOGISTIC,
        /** \( e^{-u} \). */
        EXPONENTIAL,
        /** \( 1 - \tanh(k u) \). */
        SIGMOID,
        /** \( \min(1, \max(0, 1 - u/\rho)) \). */
        RHO_MARGIN
    }

    /** \( \max(0, 1-u) \). */
    public static final MarginLoss HINGE = new MarginLoss(Kind.HINGE, 1);

    /** \( \max(0, 1-u)^2 \). */
    public static final MarginLoss SQUARED_HINGE = new MarginLoss(Kind.SQUARED_HINGE, 1);

    /** \( \log(1 + e^{-u}) \). */
    public static final MarginLoss LOGISTIC = new MarginLoss(Kind.LOGISTIC, 1);

    /** \( e^{-u} \). */
    public static final MarginLoss EXPONENTIAL = new MarginLoss(Kind.EXPONENTIAL, 1);

    private final Kind kind;
    private final double parameter;

    private MarginLoss(Kind kind, double parameter) {
        this.kind = kind;
        this.parameter = parameter;
    }

    /**
     * The sigmoid loss \( 1 - \tanh(k u) \), between 0 and 2.
     *
     * @param k steepness, positive
     * @return the loss
     * @throws IllegalArgumentException if k is not a positive finite number
     */
    public static MarginLoss sigmoid(double k) {
        return new MarginLoss(Kind.SIGMOID, Arguments.positive("k of the sigmoid loss", k));
    }

    /**
     * The rho-margin loss \( \min(1, \max(0, 1 - u/\rho)) \).
     *
     * @param rho the margin from which the loss is 0, positive
     * @return the loss
     * @throws IllegalArgumentException if rho is not a positive finite number
     */
    public static MarginLoss rhoMargin(double rho) {
        return new MarginLoss(Kind.RHO_MARGIN, Arguments.positive("rho of the rho-margin loss", rho));
    }

    /**
     * The family.
     *
     * @return which formula this is
     */
    public Kind kind() {
        return kind;
    }

    /**
     * The family's parameter.
     *
     * @return k of the sigmoid loss, rho of the rho-margin loss, 1 for the others
     */
    public double parameter() {
        return parameter;
    }

    /**
     * Whether the loss is a convex function of the margin.
     *
     * @return false for sigmoid and rho-margin
     */
    public boolean convex() {
        return kind != Kind.SIGMOID && kind != Kind.RHO_MARGIN;
    }

    /**
     * \( \Phi(u) \).
     *
     * @param u the margin
     * @return the loss, at least 0; the exponential loss overflows to Infinity below a margin of about -709.8
     */
    public double value(double u) {
        return switch (kind) {
            case HINGE -> Math.max(0, 1 - u);
            case SQUARED_HINGE -> {
                double slack = Math.max(0, 1 - u);
                yield slack * slack;
            }
            case LOGISTIC -> LogisticLoss.loss(u);
            case EXPONENTIAL -> Exponentials.exp(-u);
            // 1 - tanh(v) = 2 / (1 + e^{2v}): no digits are lost where the loss is small.
            case SIGMOID -> 2 * LogisticLoss.sigmoidNegative(2 * parameter * u);
            case RHO_MARGIN -> Math.min(1, Math.max(0, 1 - u / parameter));
        };
    }

    /**
     * \( \Phi'(u) \); at a kink the derivative on the side of the smaller slope in absolute value where the loss becomes 0, and
     * \( -1/\rho \) where the rho-margin loss leaves 1.
     *
     * @param u the margin
     * @return the derivative, at most 0
     */
    public double derivative(double u) {
        return switch (kind) {
            case HINGE -> u < 1 ? -1 : 0;
            case SQUARED_HINGE -> -2 * Math.max(0, 1 - u);
            case LOGISTIC -> -LogisticLoss.sigmoidNegative(u);
            case EXPONENTIAL -> -Exponentials.exp(-u);
            case SIGMOID ->
                -4
                        * parameter
                        * LogisticLoss.sigmoidNegative(2 * parameter * u)
                        * LogisticLoss.sigmoidNegative(-2 * parameter * u);
            case RHO_MARGIN -> u >= 0 && u < parameter ? -1 / parameter : 0;
        };
    }

    /**
     * The loss's name in commands and tables.
     *
     * @return for example {@code logistic} or {@code rho-margin(rho=2.0)}
     */
    public String name() {
        return switch (kind) {
            case HINGE -> "hinge";
            case SQUARED_HINGE -> "squared-hinge";
            case LOGISTIC -> "logistic";
            case EXPONENTIAL -> "exponential";
            case SIGMOID -> "sigmoid(k=" + parameter + ")";
            case RHO_MARGIN -> "rho-margin(rho=" + parameter + ")";
        };
    }

    @Override
    public String toString() {
        return name();
    }
}

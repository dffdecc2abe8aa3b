package io.verity.estimators.largestep;

/** What a {@link Recorder} can note at an iterate. */
public enum Field {
    /** Mean logistic loss \( f(\theta) = \frac1n\sum\log(1+e^{-m_i}) \). */
    LOSS("loss"),
    /** \( \log f(\theta) \), finite where the loss underflows. */
    LOG_LOSS("logLoss"),
    /** \( \|\nabla f(\theta)\|_2 \). */
    GRADIENT_NORM("gradientNorm"),
    /** Mean sigmoid \( G(\theta) = \frac1n\sum 1/(1+e^{m_i}) \). */
    MEAN_SIGMOID("meanSigmoid"),
    /** Number of margins \( \le 0 \). */
    MISCLASSIFIED("misclassified"),
    /** Smallest margin. */
    MIN_MARGIN("minMargin"),
    /** \( \|\theta\|_2 \). */
    NORM("norm"),
    /** Smallest margin divided by the norm; NaN at zero. */
    NORMALIZED_MARGIN("normalizedMargin"),
    /** Normalized margin divided by the maximal margin. */
    MARGIN_RATIO("marginRatio"),
    /** Angle to the max-margin direction, degrees. */
    ANGLE_DEGREES("angleDegrees"),
    /** Largest eigenvalue of the Hessian of f. */
    SHARPNESS("sharpness"),
    /** Step size times sharpness over two: above 1 at the edge of stability. */
    EDGE_RATIO("edgeRatio"),
    /** Number of steps so far that raised the loss. */
    LOSS_INCREASES("lossIncreases"),
    /** Last t with \( f(\theta_t) > f(\theta_{t-1}) \); -1 when there was none. */
    LAST_INCREASE("lastIncrease"),
    /** Largest loss before the first separating iterate. */
    PEAK_LOSS_BEFORE_SEPARATION("peakLossBeforeSeparation"),
    /** \( \phi(\theta) = \log\frac1n\sum e^{-m_i} \). */
    LOG_EXPONENTIAL_LOSS("logExponentialLoss"),
    /** \( \phi \) at the average \( \bar\theta_t = \frac1t\sum_{j &lt; t}\theta_j \); NaN at t = 0. */
    AVERAGED_LOG_EXPONENTIAL_LOSS("averagedLogExponentialLoss"),
    /** Smallest margin of the average; NaN at t = 0. */
    AVERAGED_MIN_MARGIN("averagedMinMargin");

    private final String id;

    Field(String id) {
        this.id = id;
    }

    /** @return the name used in tables */
    public String id() {
        return id;
    }
}

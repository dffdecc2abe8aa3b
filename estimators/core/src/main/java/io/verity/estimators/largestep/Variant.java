package io.verity.estimators.largestep;

/**
 * How a step follows from the margins \( m_i = z_i^\top\theta \), with \( s_i = 1/(1+e^{m_i}) \) and f the mean logistic
 * loss.
 */
public enum Variant {
    /** Gradient descent: \( \theta \leftarrow \theta + \frac\gamma n \sum_i s_i z_i \) (arXiv 2412.08424, eq. 2-3). */
    GD("gd"),
    /**
     * Gradient descent divided by the mean sigmoid: \( \theta \leftarrow \theta + \gamma \sum_i p_i z_i \),
     * \( p_i = s_i / \sum_j s_j \) (arXiv 2412.08424, section 6).
     */
    NORMALIZED("normalized"),
    /**
     * Gradient descent on the logarithm of the exponential loss: \( \theta \leftarrow \theta + \gamma \sum_i p_i z_i \),
     * \( p = \mathrm{softmax}(-m) \). The only variant with a proved risk bound at any step size.
     */
    SOFTMAX("softmax"),
    /**
     * Risk-adaptive logistic steps: \( \theta \leftarrow \theta - \frac{\gamma}{1-e^{-f}} \nabla f \) (motivated by Zhang,
     * Wu, Lin, Bartlett, arXiv 2504.04105; with the mean loss no guarantee is known).
     */
    ADAPTIVE("adaptive"),
    /**
     * Gradient descent on the exponential loss: \( \theta \leftarrow \theta + \frac\gamma n \sum_i e^{-m_i} z_i \); ends with
     * {@link Status#OVERFLOW} when a margin falls below -700.
     */
    EXPONENTIAL_LOSS("exponential-loss");

    private final String id;

    Variant(String id) {
        this.id = id;
    }

    /** @return the word used on the command line and in tables */
    public String id() {
        return id;
    }

    @Override
    public String toString() {
        return id;
    }
}

package io.verity.stats.losses;

/**
 * A loss \( \ell(h, y) \) of a vector of K class scores h and the true class y, with its (sub)gradient in the scores.
 *
 * <p>Classes are 0..K-1, logarithms natural. For finite scores neither values nor gradients are NaN; where the exact number
 * exceeds the doubles, it is infinite.
 */
public interface MulticlassLoss {
    /**
     * The loss of one row.
     *
     * @param scores K finite scores, K at least 2
     * @param y true class, 0..K-1
     * @return the loss, at least 0
     * @throws IllegalArgumentException if there are fewer than 2 scores, one is not finite, or y is not in 0..K-1
     */
    double value(double[] scores, int y);

    /**
     * The gradient in the scores; where the loss has a kink, one of its subgradients.
     *
     * @param scores K finite scores, K at least 2
     * @param y true class, 0..K-1
     * @param out receives the K partial derivatives
     * @throws IllegalArgumentException as {@link #value}, or if {@code out} has another length than {@code scores}
     */
    void gradient(double[] scores, int y, double[] out);

    /**
     * The conditional risk \( \sum_y p_y \ell(h, y) \).
     *
     * @param p probabilities of the K classes
     * @param scores K finite scores
     * @return the risk; a class without probability costs nothing
     * @throws IllegalArgumentException as {@link #value}
     */
    default double conditionalRisk(double[] p, double[] scores) {
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            sum += p[k] > 0 ? p[k] * value(scores, k) : 0;
        }
        return sum;
    }

    /**
     * The loss's name in commands and tables.
     *
     * @return a word, with its parameter in parentheses where it has one
     */
    String name();
}

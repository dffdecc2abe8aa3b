package io.verity.stats.inference;

/**
 * A sequence of confidence sets for a mean that is valid at every look at once, and the decision that it allows about an
 * acceptance set [low, high] fixed beforehand. Values arrive in index order; the state is of constant size.
 */
public interface ConfidenceSequence {
    /**
     * @param value the next value
     * @throws IllegalArgumentException if the value is not finite or outside the stated range
     */
    void add(double value);

    /** @return number of values so far */
    long count();

    /** @return their mean; NaN before the first */
    double mean();

    /** @return where the confidence set now lies */
    Decision decision();

    /**
     * @param most where to stop searching
     * @return how many values in all the same rule would need for a decision if the present estimates stayed; {@code most}
     *     when that many do not suffice
     */
    long needed(long most);

    /** @return the whole state, as numbers that {@link #restore} takes back */
    double[] state();

    /**
     * @param state what {@link #state} gave for a sequence made with the same parameters
     * @throws IllegalArgumentException if it cannot be the state of such a sequence
     */
    void restore(double... state);
}

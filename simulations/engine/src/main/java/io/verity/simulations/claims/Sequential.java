package io.verity.simulations.claims;

import java.util.OptionalDouble;

/**
 * A statistical verification: replicates are added until an anytime-valid confidence sequence decides, or the cap ends it.
 */
public interface Sequential extends Verification {
    /** @return name of the statistic */
    String statistic();

    /** @return where the statistic must lie for the statement to be accepted */
    Acceptance acceptance();

    /** @return what the specification reports for the statistic, from which caps are judged */
    OptionalDouble truth();

    /**
     * @param budget how much work is allowed
     * @return most replicates
     */
    long cap(Budget budget);

    /**
     * @param budget how much work is allowed
     * @param errorProbability error probability of the record
     * @return the probability with which the cap suffices for a decision, were the truth what the specification reports
     * @throws IllegalStateException if no truth was stated
     */
    double decisionProbability(Budget budget, double errorProbability);
}

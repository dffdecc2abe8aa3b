package io.verity.estimators.hconsistency;

import java.util.Locale;
import java.util.Optional;

/**
 * What a search for a counterexample came to.
 *
 * @param candidate the bound that was attacked
 * @param loss the surrogate
 * @param classes number of classes
 * @param counterexample a confirmed violation, if one was found
 * @param ratio the largest left side over right side that was seen; at most 1 + 1e-6 when nothing was found
 * @param closest where it was seen, in words
 * @param examined number of instances looked at
 */
public record Verification(
        Candidate candidate,
        String loss,
        int classes,
        Optional<Counterexample> counterexample,
        double ratio,
        String closest,
        long examined) {

    /**
     * Whether the candidate withstood the search. That is no proof: it says that none of the examined instances violates it
     * by more than a relative 1e-6.
     *
     * @return true when no counterexample was found
     */
    public boolean survived() {
        return counterexample.isEmpty();
    }

    @Override
    public String toString() {
        return counterexample
                .map(c -> candidate + " is REFUTED for " + loss + ", K = " + classes + ": " + c)
                .orElseGet(() -> String.format(
                        Locale.ROOT,
                        "%s survived %d instances for %s, K = %d (no proof); largest ratio %.9g at %s",
                        candidate,
                        examined,
                        loss,
                        classes,
                        ratio,
                        closest));
    }
}

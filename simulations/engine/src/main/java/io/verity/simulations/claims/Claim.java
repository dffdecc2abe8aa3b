package io.verity.simulations.claims;

import java.util.Optional;

/** A statement of a paper as a program that can fail. */
public interface Claim extends Verification {
    /** @return paper and id in the paper's specification; a control's id is its parent's with an N (LS-05N, LS-05N2) */
    ClaimId id();

    /** @return paper, identifier, theorem / equation / figure */
    Source source();

    /** @return a few words, as a heading */
    String title();

    /** @return one or two sentences; LaTeX between {@code \(} and {@code \)} allowed */
    String statement();

    /** @return {@code SUPPORTED}, or {@code REFUTED} for a negative control or a statement known to be false */
    Verdict.Kind expected();

    /** @return the claim of which this is the negative control, if it is one */
    default Optional<ClaimId> controlOf() {
        return Optional.empty();
    }

    /** @return true when the specification leaves the outcome open: reported, never counted for or against a run */
    default boolean finding() {
        return false;
    }

    /** @return the statistical experiment behind the claim, if it is one: its acceptance set, truth and caps */
    default Optional<Sequential> sequential() {
        return Optional.empty();
    }

    /** @return raised whenever the experiment changes, so that stored results of the old one are not reused */
    default int version() {
        return 1;
    }

    /**
     * Runs the experiment.
     *
     * @param context budget, streams, backend, parallel map
     * @return the verdict, {@code SUPPORTED}, {@code REFUTED} or {@code INCONCLUSIVE}
     */
    @Override
    Verdict verify(ClaimContext context);
}

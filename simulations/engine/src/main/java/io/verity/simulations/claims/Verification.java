package io.verity.simulations.claims;

/** The experiment behind a claim: a function of the context alone, so that the same seed gives the same verdict. */
@FunctionalInterface
public interface Verification {
    /**
     * @param context budget, streams, backend, parallel map
     * @return the verdict, {@code SUPPORTED}, {@code REFUTED} or {@code INCONCLUSIVE}
     */
    Verdict verify(ClaimContext context);
}

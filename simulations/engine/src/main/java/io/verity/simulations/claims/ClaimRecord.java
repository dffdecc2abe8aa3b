package io.verity.simulations.claims;

import org.jspecify.annotations.Nullable;

/**
 * One line of a verification run: a claim with its verdict.
 *
 * @param id claim
 * @param source where the statement comes from
 * @param title heading
 * @param statement the statement
 * @param expected verdict expected
 * @param control whether it is a negative control
 * @param controlOf its parent's id when it is a control, else null
 * @param finding whether its outcome is left open
 * @param verdict what was found (kind {@code VERIFIER_BROKEN} when a control of the claim was not refuted)
 * @param seconds wall time
 */
public record ClaimRecord(
        ClaimId id,
        Source source,
        String title,
        String statement,
        Verdict.Kind expected,
        boolean control,
        @Nullable ClaimId controlOf,
        boolean finding,
        Verdict verdict,
        double seconds) {
    /** @return whether the verdict is the expected one (findings always are) */
    public boolean asExpected() {
        return finding || verdict.kind() == expected;
    }
}

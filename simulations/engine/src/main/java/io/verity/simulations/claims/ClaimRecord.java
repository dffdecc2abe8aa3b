package io.verity.simulations.claims;

import java.util.List;
import java.util.Locale;
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
    /**
     * @return whether the verdict is the expected one. A finding always is, unless its verification failed or its control was
     *     not refuted: those are faults of the program, not outcomes. What was skipped is no surprise
     */
    public boolean asExpected() {
        if (skipped()) {
            return true;
        }
        boolean open = finding && !verdict.hasFailed() && verdict.kind() != Verdict.Kind.VERIFIER_BROKEN;
        return open || verdict.kind() == expected;
    }

    /** @return whether the claim was not examined, because something it needs is not on this machine */
    public boolean skipped() {
        return verdict.kind() == Verdict.Kind.SKIPPED;
    }

    /**
     * @param controls the records of this claim's negative controls
     * @return this record; {@code VERIFIER_BROKEN} when one of them is not REFUTED
     */
    ClaimRecord judgedBy(List<ClaimRecord> controls) {
        if (verdict.kind() == Verdict.Kind.VERIFIER_BROKEN) {
            return this;
        }
        for (ClaimRecord c : controls) {
            if (c.verdict().kind() != Verdict.Kind.REFUTED && !c.skipped()) {
                String why = String.format(
                        Locale.ROOT,
                        "control %s came out %s instead of REFUTED (%s); own verdict %s: %s",
                        c.id(),
                        c.verdict().kind(),
                        c.verdict().reason(),
                        verdict.kind(),
                        verdict.reason());
                return with(verdict.with(Verdict.Kind.VERIFIER_BROKEN, why));
            }
        }
        return this;
    }

    ClaimRecord with(Verdict other) {
        return new ClaimRecord(id, source, title, statement, expected, control, controlOf, finding, other, seconds);
    }

    /**
     * @param claim a claim
     * @param verdict what was found
     * @param seconds wall time
     * @return its record
     */
    static ClaimRecord of(Claim claim, Verdict verdict, double seconds) {
        ClaimId parent = claim.controlOf().orElse(null);
        return new ClaimRecord(
                claim.id(),
                claim.source(),
                claim.title(),
                claim.statement(),
                claim.expected(),
                parent != null,
                parent,
                claim.finding(),
                verdict,
                seconds);
    }

    /** @return verdict, claim and reason in one line */
    @Override
    public String toString() {
        return verdict.kind() + " " + id + " (" + title + "): " + verdict.reason();
    }
}

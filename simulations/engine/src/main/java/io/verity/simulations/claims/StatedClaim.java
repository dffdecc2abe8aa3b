package io.verity.simulations.claims;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A claim as {@link ClaimBuilder} describes it: a negative control when it has a parent. */
record StatedClaim(
        ClaimId id,
        Source source,
        String title,
        String statement,
        @Nullable ClaimId parent,
        Verdict.Kind expected,
        boolean finding,
        int version,
        Map<String, String> assumptions,
        Verification verification)
        implements Claim {
    StatedClaim {
        assumptions = Collections.unmodifiableMap(new LinkedHashMap<>(assumptions));
    }

    @Override
    public Optional<ClaimId> controlOf() {
        return Optional.ofNullable(parent);
    }

    @Override
    public Optional<Sequential> sequential() {
        return verification instanceof Sequential s ? Optional.of(s) : Optional.empty();
    }

    @Override
    public Verdict verify(ClaimContext context) {
        Verdict verdict = verification.verify(context);
        Map<String, String> all = new LinkedHashMap<>(assumptions);
        all.putAll(verdict.assumptions());
        return verdict.withAssumptions(all);
    }

    @Override
    public String toString() {
        return id.toString();
    }
}

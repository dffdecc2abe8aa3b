package io.verity.simulations.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Hands records on in registry order: a claim's once it and all its controls are decided, and everything before them. */
final class Delivery {
    private final List<Claim> claims;
    private final VerificationListener listener;
    private final @Nullable ClaimRecord[] own;
    private final List<ClaimRecord> delivered = new ArrayList<>();

    Delivery(List<Claim> claims, VerificationListener listener) {
        this.claims = claims;
        this.listener = listener;
        this.own = new @Nullable ClaimRecord[claims.size()];
    }

    synchronized void put(int index, ClaimRecord record) {
        own[index] = record;
        while (delivered.size() < claims.size()) {
            ClaimRecord next = judged(delivered.size());
            if (next == null) {
                return;
            }
            delivered.add(next);
            listener.record(next);
        }
    }

    /** @return number of claims without a record of their own */
    synchronized int missing() {
        int missing = 0;
        for (ClaimRecord record : own) {
            missing += record == null ? 1 : 0;
        }
        return missing;
    }

    /** @return all records */
    synchronized List<ClaimRecord> records() {
        return List.copyOf(delivered);
    }

    private @Nullable ClaimRecord judged(int index) {
        ClaimRecord record = own[index];
        List<ClaimRecord> controls = new ArrayList<>();
        for (int i = 0; i < own.length; i++) {
            if (claims.get(i).controlOf().filter(claims.get(index).id()::equals).isPresent()) {
                if (own[i] == null) {
                    return null;
                }
                controls.add(Objects.requireNonNull(own[i]));
            }
        }
        return record == null ? null : record.judgedBy(controls);
    }
}

package io.verity.simulations.claims;

import java.util.List;

/**
 * A finished verification.
 *
 * @param seed master seed
 * @param budget {@code quick} or {@code full}
 * @param threads threads used
 * @param engine {@code local}, ...
 * @param backend id of the matrix backend
 * @param version version of Verity
 * @param java Java version
 * @param os operating system
 * @param started ISO-8601 instant
 * @param seconds wall time
 * @param records in registry order
 */
public record VerificationRun(
        long seed,
        Budget budget,
        int threads,
        String engine,
        String backend,
        String version,
        String java,
        String os,
        String started,
        double seconds,
        List<ClaimRecord> records) {
    /** Copies the records. */
    public VerificationRun {
        records = List.copyOf(records);
    }

    /** @return records whose verdict is not the expected one */
    public List<ClaimRecord> surprises() {
        return records.stream().filter(r -> !r.asExpected()).toList();
    }

    /** @return sum of the records' error probabilities: bounds the chance of any wrong verdict */
    public double totalErrorProbability() {
        return records.stream().mapToDouble(r -> r.verdict().errorProbability()).sum();
    }
}

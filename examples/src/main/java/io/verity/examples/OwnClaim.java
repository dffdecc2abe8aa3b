package io.verity.examples;

import io.verity.simulations.claims.Claim;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Criteria;
import io.verity.simulations.claims.Source;
import io.verity.simulations.claims.VerificationRun;
import io.verity.simulations.claims.Verifier;
import io.verity.stats.inference.Binomial;
import io.verity.stats.inference.Interval;
import io.verity.stats.random.RandomStream;
import java.util.List;

/**
 * A claim of one's own with its negative control: Wilson's interval for a small proportion covers about as often as it
 * says, the textbook (Wald) interval does not.
 */
public final class OwnClaim {
    private static final Source BROWN_CAI_DASGUPTA = new Source(
            "L. D. Brown, T. T. Cai, A. DasGupta",
            "Interval Estimation for a Binomial Proportion",
            "doi:10.1214/ss/1009213286",
            "Sections 2 and 3",
            false);
    private static final int TRIALS = 30;
    private static final double PROBABILITY = 0.1;

    private OwnClaim() {}

    static List<Claim> claims() {
        return Claims.claim("intervals/I-01")
                .from(BROWN_CAI_DASGUPTA)
                .title("Wilson's interval covers a small proportion")
                .states(
                        "After 30 trials with success probability 0.1, Wilson's 95 % interval covers it with probability"
                                + " \\(0.95 \\pm 0.04\\).")
                .assuming("trials", "30 independent ones with success probability 0.1")
                .verifiedBy(Criteria.coverage(
                                "coverage", 0.95, 0.04, (context, stream) -> covers(wilson(successes(stream))))
                        .expecting(0.974)
                        .caps(20_000, 20_000))
                .control(
                        "The textbook interval does, too",
                        "Wald's 95 % interval covers it with probability \\(0.95 \\pm 0.04\\).",
                        Criteria.coverage("coverage", 0.95, 0.04, (context, stream) -> covers(wald(successes(stream))))
                                .expecting(0.809)
                                .caps(20_000, 20_000))
                .build();
    }

    private static int successes(RandomStream stream) {
        int successes = 0;
        for (int i = 0; i < TRIALS; i++) {
            successes += stream.nextDouble() < PROBABILITY ? 1 : 0;
        }
        return successes;
    }

    private static Interval wilson(int successes) {
        return Binomial.wilson(successes, TRIALS, 0.95);
    }

    private static Interval wald(int successes) {
        double p = successes / (double) TRIALS;
        return Interval.around(p, 1.96 * Math.sqrt(p * (1 - p) / TRIALS));
    }

    private static double covers(Interval interval) {
        return interval.contains(PROBABILITY) ? 1 : 0;
    }

    /**
     * Verifies the claim and its control, and prints the records.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        VerificationRun run = Verifier.withDefaults().verify(claims());
        System.out.println(run);
    }
}

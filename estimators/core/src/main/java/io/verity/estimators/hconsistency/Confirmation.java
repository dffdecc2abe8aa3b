package io.verity.estimators.hconsistency;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Evaluates a violation again from the numbers that will be printed: regrets in 48 decimal digits where the loss has a formula
 * for that, else in doubles, with more starts for the conditional optimum and a bound on the rounding added to the regret.
 */
final class Confirmation {
    private static final double VIOLATION = 1 + 1e-6;

    private final Surrogate surrogate;
    private final Candidate candidate;

    Confirmation(Surrogate surrogate, Candidate candidate) {
        this.surrogate = surrogate;
        this.candidate = candidate;
    }

    /** @return the counterexample, or empty if the violation does not stand */
    Optional<Counterexample> of(Instance instance) {
        boolean precise = true;
        double t = 0;
        double r = 0;
        List<double[]> scores = new ArrayList<>();
        int n = instance.points().size();
        double[] weights = new double[n];
        double[][] p = new double[n][];
        for (int i = 0; i < n; i++) {
            Instance.Point point = instance.points().get(i);
            weights[i] = point.weight();
            p[i] = point.p();
            scores.add(point.scores());
            t += point.weight() * ZeroOne.regret(point.p(), point.scores());
            Optional<Decimal> exact = surrogate.preciseRegret(point.p(), point.scores());
            precise &= exact.isPresent();
            double regret = exact.map(d -> Math.max(0, d.toDouble()))
                    .orElseGet(() -> surrogate.confirmedRegret(point.p(), point.scores())
                            + surrogate.noise() * Math.max(1, surrogate.risk(point.p(), point.scores())));
            r += point.weight() * regret;
        }
        double ratio = candidate.ratio(t, r);
        if (!(candidate.cautiousRatio(t, r) > VIOLATION)) {
            return Optional.empty();
        }
        return Optional.of(new Counterexample(
                candidate,
                surrogate.name(),
                FiniteDistribution.of(weights, p, null),
                scores,
                t,
                r,
                candidate.left(t),
                candidate.right(r),
                ratio,
                precise ? "48 decimal digits" : "doubles, the bound of the rounding error added to the regret"));
    }
}

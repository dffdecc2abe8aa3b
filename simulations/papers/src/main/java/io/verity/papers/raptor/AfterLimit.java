package io.verity.papers.raptor;

import io.verity.simulations.claims.Acceptance;
import io.verity.simulations.claims.Budget;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Sequential;
import io.verity.simulations.claims.Verdict;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * A statement about a limit and about simulations: the simulations decide once the limit agrees; otherwise the limit has spoken.
 *
 * @param limit the deterministic part
 * @param simulation the rest
 */
record AfterLimit(Supplier<Verdict> limit, Sequential simulation) implements Sequential {
    @Override
    public Verdict verify(ClaimContext context) {
        Verdict first = limit.get();
        return first.kind() == Verdict.Kind.SUPPORTED ? simulation.verify(context) : first;
    }

    @Override
    public String statistic() {
        return simulation.statistic();
    }

    @Override
    public Acceptance acceptance() {
        return simulation.acceptance();
    }

    @Override
    public OptionalDouble truth() {
        return simulation.truth();
    }

    @Override
    public long cap(Budget budget) {
        return simulation.cap(budget);
    }

    @Override
    public double decisionProbability(Budget budget, double errorProbability) {
        return simulation.decisionProbability(budget, errorProbability);
    }
}

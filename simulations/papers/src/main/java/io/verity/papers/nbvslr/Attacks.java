package io.verity.papers.nbvslr;

import io.verity.estimators.hconsistency.Candidate;
import io.verity.estimators.hconsistency.Counterexample;
import io.verity.estimators.hconsistency.HConsistency;
import io.verity.estimators.hconsistency.RegretPairs;
import io.verity.estimators.hconsistency.Surrogate;
import io.verity.estimators.hconsistency.Transforms;
import io.verity.estimators.hconsistency.Verification;
import io.verity.simulations.claims.Always;
import io.verity.simulations.claims.Check;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Verdict;
import io.verity.stats.result.ResultTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bounds under attack by the search for counterexamples, as checks and verdicts. */
final class Attacks {
    /** A bound of one loss. */
    record Attack(Surrogate surrogate, int classes, Candidate candidate) {}

    private Attacks() {}

    /** Restarts per attack: 2000 random instances and 50 searches at quick budget when spread over several attacks. */
    static Verification run(ClaimContext context, Attack attack) {
        return HConsistency.verify(
                attack.surrogate(), attack.classes(), attack.candidate(), context.full() ? 1000 : 50, context.seed());
    }

    static Verdict verdict(ClaimContext context, List<Attack> attacks, ResultTable... more) {
        List<Verification> found = context.map(attacks, a -> run(context, a));
        Always record = Always.of("largest left side over right side of the bound")
                .examined(found.stream().mapToLong(Verification::examined).sum())
                .note(
                        "a bound that survives a search is not proved; a violation is a relative 1e-6, confirmed in 48 digits where the"
                                + " loss allows it");
        ResultTable.Builder table = ResultTable.named("attacks", "Bounds under attack")
                .text("loss", "loss")
                .integer("classes", "K", "")
                .text("bound", "bound")
                .number("ratio", "largest ratio", "")
                .text("instance", "at");
        double largest = 0;
        for (Verification v : found) {
            record.add(check(v));
            largest = Math.max(largest, v.ratio());
            table.row(
                    v.loss(),
                    v.classes(),
                    v.candidate().toString(),
                    v.ratio(),
                    v.counterexample().map(Counterexample::describe).orElse(v.closest()));
        }
        record.statistic("largest left side over right side of the bound", largest)
                .target(1);
        record.table(table.build());
        for (ResultTable extra : more) {
            record.table(extra);
        }
        Attack drawn = attacks.get(attacks.size() - 1);
        Counterexample shown = found.get(found.size() - 1).counterexample().orElse(null);
        if (shown != null) {
            record.table(shown.toTable());
        }
        return record.figure(RegretPairs.figure(
                        drawn.surrogate(),
                        drawn.classes(),
                        Transforms.of(drawn.surrogate(), drawn.classes()).orElse(null),
                        drawn.candidate(),
                        shown,
                        context.seed()))
                .verdict();
    }

    private static Check check(Verification v) {
        String instance = v.loss() + ", K = " + v.classes() + ", " + v.candidate();
        return v.counterexample()
                .map(c -> Check.holds(instance, false, c.toString()).withWitness(() -> counterexample(c)))
                .orElseGet(() -> Check.holds(instance, true, "ratio " + v.ratio()));
    }

    private static Verdict.Counterexample counterexample(Counterexample c) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("E dC_01", c.zeroOneRegret());
        values.put("E dC_l", c.surrogateRegret());
        values.put("left side", c.left());
        values.put("right side", c.right());
        values.put("ratio", c.ratio());
        return new Verdict.Counterexample(
                c.loss() + ", " + c.candidate() + ": " + c,
                values,
                "verity h-consistency check; confirmed in " + c.precision());
    }
}

package io.verity.simulations.claims;

import io.verity.simulations.claims.Check.Outcome;
import io.verity.simulations.claims.Verdict.Counterexample;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** What the checks of {@link Always} say together. */
final class Judgement {
    private final List<Check> checks;
    private final double tolerance;
    private final Map<Outcome, List<Check>> byOutcome = new EnumMap<>(Outcome.class);

    Judgement(List<Check> checks, double tolerance) {
        this.checks = checks;
        this.tolerance = tolerance;
        for (Outcome outcome : Outcome.values()) {
            byOutcome.put(outcome, new ArrayList<>());
        }
        checks.forEach(check -> with(check.outcome(tolerance)).add(check));
    }

    private List<Check> with(Outcome outcome) {
        return byOutcome.getOrDefault(outcome, List.of());
    }

    private List<Check> violated() {
        return with(Outcome.VIOLATED);
    }

    /** Instances that could not be compared, then comparisons without enough slack either way. */
    private List<Check> open() {
        List<Check> open = new ArrayList<>(with(Outcome.UNDECIDED));
        open.addAll(with(Outcome.CLOSE));
        return open;
    }

    Verdict.Kind kind() {
        if (!violated().isEmpty()) {
            return Verdict.Kind.REFUTED;
        }
        return open().isEmpty() ? Verdict.Kind.SUPPORTED : Verdict.Kind.INCONCLUSIVE;
    }

    String reason() {
        return switch (kind()) {
            case REFUTED ->
                String.format(
                        Locale.ROOT,
                        "violated at %d of %d, worst %s",
                        violated().size(),
                        checks.size(),
                        worst(violated()).describe(true));
            case SUPPORTED ->
                String.format(
                        Locale.ROOT,
                        "holds at all %d, closest %s",
                        checks.size(),
                        worst(orderings().isEmpty() ? checks : orderings()).describe(false));
            default -> {
                Check first = open().get(0);
                String close = first.relation() == Relation.UNDECIDED
                        ? ""
                        : " within the tolerance " + ReasonText.number(tolerance);
                yield String.format(
                        Locale.ROOT,
                        "undecided at %d of %d, first %s%s",
                        open().size(),
                        checks.size(),
                        first.describe(false),
                        close);
            }
        };
    }

    /** @return one line per violation that higher precision does not confirm */
    List<String> roundingFindings() {
        return with(Outcome.ROUNDING).stream()
                .map(c -> "rounding finding: violated in double precision only, " + c.describe(true))
                .toList();
    }

    /** @return the worst ratio or relative excess of the orderings, else the largest distance, else the number of failures */
    double worstValue() {
        List<Check> orderings = orderings();
        if (!orderings.isEmpty()) {
            boolean ratios = orderings.stream().noneMatch(c -> Double.isNaN(c.ratio()));
            DoubleStream values = orderings.stream().mapToDouble(ratios ? Check::ratio : Check::excess);
            return values.max().orElseThrow();
        }
        List<Check> equalities = having(c -> c.relation() == Relation.EQUAL);
        if (!equalities.isEmpty()) {
            return equalities.stream()
                    .mapToDouble(c -> Math.abs(c.left() - c.right()))
                    .max()
                    .orElseThrow();
        }
        return having(c -> c.relation() == Relation.HOLDS && c.left() != c.right())
                .size();
    }

    private List<Check> orderings() {
        return having(c -> c.relation().ordering());
    }

    private List<Check> having(Predicate<Check> property) {
        return checks.stream().filter(property).toList();
    }

    /** The first check with the largest excess. */
    private static Check worst(List<Check> candidates) {
        Check worst = candidates.get(0);
        for (Check check : candidates) {
            if (check.excess() > worst.excess()) {
                worst = check;
            }
        }
        return worst;
    }

    @Nullable Counterexample counterexample() {
        if (violated().isEmpty()) {
            return null;
        }
        Check check = worst(violated());
        if (check.witness() != null) {
            return check.witness().get();
        }
        Map<String, Double> values = new LinkedHashMap<>();
        if (check.relation() != Relation.HOLDS) {
            values.put("found", check.left());
            values.put("claimed", check.right());
        }
        return new Counterexample(check.describe(true), values, "");
    }
}

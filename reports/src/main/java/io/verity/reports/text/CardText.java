package io.verity.reports.text;

import io.verity.simulations.claims.ClaimRecord;
import io.verity.simulations.claims.Verdict;
import io.verity.stats.result.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the cards of claims say in every format. */
public final class CardText {
    private CardText() {}

    /**
     * @param kind a verdict
     * @return in lower-case words
     */
    public static String words(Verdict.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * @param verdict reached
     * @param expected expected
     * @param asExpected whether it counts as expected
     * @param finding whether the outcome is left open
     * @return the verdict in words, with what was expected when it is something else
     */
    public static String outcome(Verdict.Kind verdict, Verdict.Kind expected, boolean asExpected, boolean finding) {
        String words = words(verdict);
        return finding
                ? words + " (finding)"
                : asExpected ? words : words + " (SURPRISE: expected " + words(expected) + ")";
    }

    /**
     * @param statistic what was measured
     * @return its value with its interval
     */
    public static String estimate(Verdict.Statistic statistic) {
        String value = Numbers.inInterval(statistic.value(), statistic.lower(), statistic.upper());
        String interval = Numbers.interval(statistic.lower(), statistic.upper());
        return interval.isEmpty() ? value : value + " " + interval;
    }

    /**
     * @param claim a claim with its verdict
     * @return how the verdict was reached
     */
    public static List<Fact> facts(ClaimRecord claim) {
        Verdict v = claim.verdict();
        List<Fact> facts = new ArrayList<>();
        add(facts, "Target or bound", v.target());
        add(facts, "Tolerance", v.tolerance());
        facts.add(new Fact("Criterion", v.criterion()));
        facts.add(new Fact(
                "Error probability",
                v.errorProbability() == 0 ? "0, deterministic" : Numbers.plain(v.errorProbability())));
        facts.add(new Fact("Replicates or instances", Numbers.count(v.replicates())));
        facts.add(new Fact("Time", Numbers.duration(claim.seconds())));
        return facts;
    }

    private static void add(List<Fact> facts, String key, @Nullable Double value) {
        if (value != null) {
            facts.add(new Fact(key, Numbers.plain(value)));
        }
    }

    /**
     * @param provenance of a report
     * @return its facts
     */
    public static List<Fact> provenance(Provenance provenance) {
        Long seed = provenance.seed();
        return List.of(
                new Fact("Verity", provenance.version()),
                new Fact("Java", provenance.java()),
                new Fact("System", provenance.os()),
                new Fact("Matrix backend", provenance.backend()),
                new Fact("Seed", seed == null ? "none, nothing is random" : seed.toString()));
    }
}

package io.verity.simulations.claims;

import io.verity.stats.inference.Decision;
import io.verity.stats.result.Figure;
import io.verity.stats.result.ResultTable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What verifying one record found.
 *
 * @param kind the verdict
 * @param criterion name of the criterion that reached it ({@code always}, {@code meanWithin}, {@code meanAbove},
 *     {@code coverage}, {@code exponent}, ...)
 * @param reason one line
 * @param statistic what was measured, with its interval
 * @param target the value or bound claimed, or null
 * @param tolerance acceptance half-width or rounding slack, or null
 * @param errorProbability bound on the probability that the verdict is wrong by chance; 0 for deterministic records
 * @param replicates replicates (or instances) examined
 * @param counterexample data that reproduces a refutation, or null
 * @param assumptions measured assumptions (name to value: separable, margin interval, radius, rows, ...)
 * @param notes further remarks: "asymptotic", skewness, rounding findings, replicates still needed
 * @param tables evidence as tables
 * @param figures evidence as figures
 */
public record Verdict(
        Kind kind,
        String criterion,
        String reason,
        Statistic statistic,
        @Nullable Double target,
        @Nullable Double tolerance,
        double errorProbability,
        long replicates,
        @Nullable Counterexample counterexample,
        Map<String, String> assumptions,
        List<String> notes,
        List<ResultTable> tables,
        List<Figure> figures) {
    /** Copies maps and lists, keeping their order. */
    public Verdict {
        assumptions = Collections.unmodifiableMap(new LinkedHashMap<>(assumptions));
        notes = List.copyOf(notes);
        tables = List.copyOf(tables);
        figures = List.copyOf(figures);
    }

    /**
     * @param measured assumptions instead of this verdict's
     * @return the verdict with those assumptions
     */
    public Verdict withAssumptions(Map<String, String> measured) {
        return changed(kind, criterion, reason, counterexample, measured, tables, figures);
    }

    /** Criterion of a record whose verification threw. */
    public static final String FAILED = "failed";

    /**
     * @param reason what went wrong, in one line
     * @return INCONCLUSIVE, by criterion {@value #FAILED}
     */
    public static Verdict failed(String reason) {
        return new Verdict(
                Kind.INCONCLUSIVE,
                FAILED,
                reason,
                new Statistic("none", Double.NaN, null, null),
                null,
                null,
                0,
                0,
                null,
                Map.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** @return whether the verification threw */
    public boolean hasFailed() {
        return criterion.equals(FAILED);
    }

    /**
     * The statement could not be looked at here: a model or a data set that it is about is not on this machine. Says nothing for or
     * against it, and never counts as a surprise.
     *
     * @param reason what is missing, and what the user can do, in one line
     * @return SKIPPED
     */
    public static Verdict skipped(String reason) {
        return failed(reason).with(Kind.SKIPPED, "skipped: " + reason).by("skipped");
    }

    /** With the same numbers. */
    private Verdict changed(
            Kind newKind,
            String newCriterion,
            String newReason,
            @Nullable Counterexample shown,
            Map<String, String> measured,
            List<ResultTable> newTables,
            List<Figure> newFigures) {
        return new Verdict(
                newKind,
                newCriterion,
                newReason,
                statistic,
                target,
                tolerance,
                errorProbability,
                replicates,
                shown,
                measured,
                notes,
                newTables,
                newFigures);
    }

    private Verdict by(String other) {
        return changed(kind, other, reason, counterexample, assumptions, tables, figures);
    }

    /**
     * @param other kind instead of this verdict's
     * @param why reason instead of this verdict's
     * @return the changed verdict
     */
    public Verdict with(Kind other, String why) {
        return changed(other, criterion, why, counterexample, assumptions, tables, figures);
    }

    /**
     * @param shown counterexample instead of this verdict's
     * @return the changed verdict
     */
    public Verdict with(Counterexample shown) {
        return changed(kind, criterion, reason, shown, assumptions, tables, figures);
    }

    /**
     * @param measured assumptions instead of this verdict's
     * @param shownTables tables instead of this verdict's
     * @param shownFigures figures instead of this verdict's
     * @return the changed verdict
     */
    public Verdict with(Map<String, String> measured, List<ResultTable> shownTables, List<Figure> shownFigures) {
        return changed(kind, criterion, reason, counterexample, measured, shownTables, shownFigures);
    }

    /** The possible verdicts. */
    public enum Kind {
        /** The evidence is what the statement says. */
        SUPPORTED,
        /** The evidence contradicts the statement. */
        REFUTED,
        /** The evidence decides neither within the budget. */
        INCONCLUSIVE,
        /** A negative control of the claim was not refuted, so nothing can be concluded from the claim's own verdict. */
        VERIFIER_BROKEN,
        /** Something that the statement is about is not on this machine, so nothing was examined. */
        SKIPPED;

        /** @return what a confidence set's position says about a statement that claims the acceptance set */
        static Kind of(Decision decision) {
            return switch (decision) {
                case INSIDE -> SUPPORTED;
                case OUTSIDE -> REFUTED;
                case OPEN -> INCONCLUSIVE;
            };
        }

        /** @return the same in words */
        String position() {
            return switch (this) {
                case SUPPORTED -> "lies inside";
                case REFUTED -> "lies outside";
                default -> "lies neither inside nor outside";
            };
        }
    }

    /**
     * What was measured.
     *
     * @param name in the field's words
     * @param value the point value
     * @param lower lower end of its interval, or null for deterministic quantities
     * @param upper upper end of its interval, or null for deterministic quantities
     */
    public record Statistic(
            String name,
            double value,
            @Nullable Double lower,
            @Nullable Double upper) {}

    /**
     * An instance that violates the statement.
     *
     * @param description the instance, small enough to check by hand where possible
     * @param values the numbers that violate the statement
     * @param reproduce how to see it again: generator with parameters, seed and replicate
     */
    public record Counterexample(String description, Map<String, Double> values, String reproduce) {
        /** Copies the values, keeping their order. */
        public Counterexample {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }
}

package io.verity.papers.evidence;

import io.verity.simulations.claims.Acceptance;
import io.verity.simulations.claims.Budget;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Sequential;
import io.verity.simulations.claims.Verdict;
import io.verity.stats.result.Figure;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A statistical verification with evidence of its own: measured assumptions, tables and figures come before those of the
 * criterion.
 *
 * @param criterion decides
 * @param evidence made from the context and the criterion's verdict, on which it has no influence
 */
public record Illustrated(Sequential criterion, BiFunction<ClaimContext, Verdict, Evidence> evidence)
        implements Sequential {
    /**
     * @param criterion decides
     * @param evidence drawn from the first replicates' streams
     */
    public Illustrated(Sequential criterion, Function<ClaimContext, Evidence> evidence) {
        this(criterion, (context, verdict) -> evidence.apply(context));
    }

    /**
     * What is added to a verdict.
     *
     * @param assumptions name to value
     * @param tables first tables of the record
     * @param figures first figures of the record
     */
    public record Evidence(Map<String, String> assumptions, List<ResultTable> tables, List<Figure> figures) {
        /** Copies tables and figures. */
        public Evidence {
            tables = List.copyOf(tables);
            figures = List.copyOf(figures);
        }
    }

    @Override
    public Verdict verify(ClaimContext context) {
        Verdict verdict = criterion.verify(context);
        return with(verdict, evidence.apply(context, verdict));
    }

    /**
     * @param v a verdict
     * @param more evidence to put before its own
     * @return the same verdict with both
     */
    public static Verdict with(Verdict v, Evidence more) {
        Map<String, String> assumptions = new LinkedHashMap<>(more.assumptions());
        assumptions.putAll(v.assumptions());
        List<ResultTable> tables = new ArrayList<>(more.tables());
        tables.addAll(v.tables());
        List<Figure> figures = new ArrayList<>(more.figures());
        figures.addAll(v.figures());
        return v.with(assumptions, tables, figures);
    }

    @Override
    public String statistic() {
        return criterion.statistic();
    }

    @Override
    public Acceptance acceptance() {
        return criterion.acceptance();
    }

    @Override
    public OptionalDouble truth() {
        return criterion.truth();
    }

    @Override
    public long cap(Budget budget) {
        return criterion.cap(budget);
    }

    @Override
    public double decisionProbability(Budget budget, double errorProbability) {
        return criterion.decisionProbability(budget, errorProbability);
    }
}

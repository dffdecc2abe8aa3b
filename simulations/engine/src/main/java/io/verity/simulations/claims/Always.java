package io.verity.simulations.claims;

import io.verity.simulations.claims.Verdict.Statistic;
import io.verity.stats.Arguments;
import io.verity.stats.result.Figure;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The criterion for statements that hold at every instance: identities, inequalities, bounds, counts.
 *
 * <p>With relative excess \( e = (l - r) / \max(|l|, |r|) \) of a claimed \( l \le r \) and tolerance \( \delta \) (1e-9
 * unless changed), the verdict is REFUTED when \( e > \delta \) somewhere, SUPPORTED when \( e &lt; -\delta \) everywhere,
 * else INCONCLUSIVE. Exact comparisons (integers, statuses) have no slack. An {@linkplain Check#undecided undecided}
 * instance makes the verdict INCONCLUSIVE unless another one refutes. There is no chance in it: error probability 0.
 *
 * <p>Collects the checks of one verification and is filled by one thread: compute in parallel with
 * {@link ClaimContext#map map}, then add what came back.
 *
 * <pre>{@code
 * return Always.of("T_sep / bound")
 *         .addAll(context.map(instances, x -> Check.atMost(x.name(), separationTime(x), bound(x))))
 *         .verdict();
 * }</pre>
 */
public final class Always {
    /** Relative slack that an inequality between doubles must have. */
    public static final double TOLERANCE = 1e-9;

    private static final String REASON = "relative slack that rounding may use up";

    private String statistic;
    private @Nullable Double value;
    private @Nullable Double target;
    private @Nullable Long examined;
    private double tolerance = TOLERANCE;
    private String toleranceReason = REASON;
    private final List<Check> checks = new ArrayList<>();
    private final Map<String, String> assumptions = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final List<ResultTable> tables = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();

    private Always(String statistic) {
        this.statistic = statistic;
    }

    /**
     * @param statistic name of what the record reports. Its value, unless {@linkplain #statistic(String, double) given}, is
     *     the worst check's: for orderings between positive numbers the largest ratio of the smaller to the larger claimed
     *     side (at most 1 when all hold), for other orderings the largest relative excess, for equalities the largest
     *     distance, for statements the number that fail
     * @return the criterion, without checks
     */
    public static Always of(String statistic) {
        return new Always(statistic);
    }

    /**
     * @param check one comparison
     * @return this criterion
     */
    public Always add(Check check) {
        checks.add(check);
        return this;
    }

    /**
     * @param more comparisons, in the order of their instances
     * @return this criterion
     */
    public Always addAll(Collection<Check> more) {
        checks.addAll(more);
        return this;
    }

    /**
     * @param instance the instance in words
     * @param value left side
     * @param bound right side
     * @return this criterion with the check value &lt;= bound
     * @throws ArithmeticException if a side is NaN
     */
    public Always atMost(String instance, double value, double bound) {
        return add(Check.atMost(instance, value, bound));
    }

    /**
     * @param instance the instance in words
     * @param value left side
     * @param bound right side
     * @return this criterion with the exact check value &lt;= bound
     */
    public Always atMost(String instance, long value, long bound) {
        return add(Check.atMost(instance, value, bound));
    }

    /**
     * @param instance the instance in words
     * @param value left side
     * @param bound right side
     * @return this criterion with the check value &lt; bound
     * @throws ArithmeticException if a side is NaN
     */
    public Always below(String instance, double value, double bound) {
        return add(Check.below(instance, value, bound));
    }

    /**
     * @param instance the instance in words
     * @param value left side
     * @param bound right side
     * @return this criterion with the exact check value &lt; bound
     */
    public Always below(String instance, long value, long bound) {
        return add(Check.below(instance, value, bound));
    }

    /**
     * @param instance the instance in words
     * @param value left side
     * @param bound right side
     * @return this criterion with the check value &gt;= bound
     * @throws ArithmeticException if a side is NaN
     */
    public Always atLeast(String instance, double value, double bound) {
        return add(Check.atLeast(instance, value, bound));
    }

    /**
     * @param instance the instance in words
     * @param value left side
     * @param bound right side
     * @return this criterion with the exact check value &gt;= bound
     */
    public Always atLeast(String instance, long value, long bound) {
        return add(Check.atLeast(instance, value, bound));
    }

    /**
     * @param instance the instance in words
     * @param value left side
     * @param bound right side
     * @return this criterion with the check value &gt; bound
     * @throws ArithmeticException if a side is NaN
     */
    public Always above(String instance, double value, double bound) {
        return add(Check.above(instance, value, bound));
    }

    /**
     * @param instance the instance in words
     * @param value left side
     * @param bound right side
     * @return this criterion with the exact check value &gt; bound
     */
    public Always above(String instance, long value, long bound) {
        return add(Check.above(instance, value, bound));
    }

    /**
     * @param instance the instance in words
     * @param value what was found
     * @param expected what was claimed
     * @return this criterion with the exact check value = expected
     */
    public Always equal(String instance, long value, long expected) {
        return add(Check.equal(instance, value, expected));
    }

    /**
     * @param instance the instance in words
     * @param value what was found
     * @param target what was claimed
     * @param tolerance how far they may be apart
     * @return this criterion with the check |value - target| &lt;= tolerance
     * @throws ArithmeticException if a number is NaN
     */
    public Always near(String instance, double value, double target, double tolerance) {
        return add(Check.near(instance, value, target, tolerance));
    }

    /**
     * @param instance the instance in words
     * @param holds whether the statement is true of it
     * @param detail what was seen
     * @return this criterion with the check that the statement holds
     */
    public Always holds(String instance, boolean holds, String detail) {
        return add(Check.holds(instance, holds, detail));
    }

    /**
     * @param instance the instance in words
     * @param why for example that the run was capped before the claimed bound
     * @return this criterion with a check that decides nothing
     */
    public Always undecided(String instance, String why) {
        return add(Check.undecided(instance, why));
    }

    /**
     * @param relative slack that inequalities between doubles must have; 0 takes the numbers as they are
     * @param reason why this slack: rounding of so many operations, accuracy of a solver
     * @return this criterion
     * @throws IllegalArgumentException if the slack is negative or not finite
     */
    public Always tolerance(double relative, String reason) {
        tolerance = Arguments.nonNegative("tolerance", relative);
        toleranceReason = reason;
        return this;
    }

    /**
     * @param name what the record reports
     * @param number its value, instead of the worst check's
     * @return this criterion
     */
    public Always statistic(String name, double number) {
        statistic = name;
        value = number;
        return this;
    }

    /**
     * @param claimed the claimed value or bound of the statistic
     * @return this criterion
     */
    public Always target(double claimed) {
        target = claimed;
        return this;
    }

    /**
     * @param instances number of instances examined, where it differs from the number of distinct instances checked
     * @return this criterion
     */
    public Always examined(long instances) {
        examined = instances;
        return this;
    }

    /**
     * @param name a measured assumption ({@code margin}, {@code radius}, {@code rows})
     * @param measured its value
     * @return this criterion
     */
    public Always assumption(String name, String measured) {
        assumptions.put(name, measured);
        return this;
    }

    /**
     * @param remark for the reader
     * @return this criterion
     */
    public Always note(String remark) {
        notes.add(remark);
        return this;
    }

    /**
     * @param table evidence
     * @return this criterion
     */
    public Always table(ResultTable table) {
        tables.add(table);
        return this;
    }

    /**
     * @param figure evidence
     * @return this criterion
     */
    public Always figure(Figure figure) {
        figures.add(figure);
        return this;
    }

    /**
     * @return the verdict over all checks
     * @throws IllegalStateException if there is no check: nothing examined supports nothing
     */
    public Verdict verdict() {
        if (checks.isEmpty()) {
            throw new IllegalStateException(statistic + ": no instance was checked");
        }
        Judgement judgement = new Judgement(checks, tolerance);
        Verdict.Kind kind = judgement.kind();
        boolean rounding = checks.stream().anyMatch(c -> !c.exact());
        long instances = checks.stream().map(Check::instance).distinct().count();
        List<String> allNotes = new ArrayList<>(notes);
        if (tolerance != TOLERANCE || !toleranceReason.equals(REASON)) {
            allNotes.add("tolerance " + ReasonText.number(tolerance) + ": " + toleranceReason);
        }
        allNotes.addAll(judgement.roundingFindings());
        return new Verdict(
                kind,
                "always",
                judgement.reason(),
                new Statistic(statistic, value != null ? value : judgement.worstValue(), null, null),
                target,
                rounding ? tolerance : null,
                0,
                examined != null ? examined : instances,
                judgement.counterexample(),
                assumptions,
                allNotes,
                tables,
                figures);
    }
}

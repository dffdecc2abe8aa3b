package io.verity.simulations.claims;

import io.verity.simulations.claims.Verdict.Counterexample;
import io.verity.stats.Arguments;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One comparison at one instance; {@link Always} turns many of them into a verdict. Comparisons of real numbers carry
 * rounding and so need slack; comparisons of integers, and statements, are exact.
 *
 * @param instance the instance in words, with what is needed to make it again ({@code "sep(100,5,.05,17), gamma=10"})
 * @param relation what should hold
 * @param left left side
 * @param right right side
 * @param exact whether both sides are free of rounding
 * @param scale magnitude against which slack is measured, or 0 for the larger of the two sides' magnitudes
 * @param detail a remark for the reader, may be empty
 * @param recheck the excess (left - right for upper bounds, right - left for lower ones) in higher precision, or null
 * @param witness builds the counterexample if this check turns out to be the worst violation, or null
 */
public record Check(
        String instance,
        Relation relation,
        double left,
        double right,
        boolean exact,
        double scale,
        String detail,
        @Nullable DoubleSupplier recheck,
        @Nullable Supplier<Counterexample> witness) {

    /** Checks that both sides are numbers. */
    public Check {
        if (Double.isNaN(left) || Double.isNaN(right)) {
            throw new ArithmeticException(String.format(
                    Locale.ROOT, "instance %s: cannot compare %s %s %s", instance, left, relation.symbol(), right));
        }
        Arguments.nonNegative("scale", scale);
    }

    /**
     * @param instance the instance in words
     * @param value left side
     * @param bound right side
     * @return value &lt;= bound, up to rounding
     * @throws ArithmeticException if a side is NaN
     */
    public static Check atMost(String instance, double value, double bound) {
        return of(instance, Relation.AT_MOST, value, bound, false);
    }

    /**
     * @param instance the instance in words
     * @param value left side
     * @param bound right side
     * @return value &lt;= bound, exactly
     */
    public static Check atMost(String instance, long value, long bound) {
        return exactly(instance, Relation.AT_MOST, value, bound);
    }

    /**
     * @param instance the instance in words
     * @param value left side
     * @param bound right side
     * @return value &lt; bound, up to rounding
     * @throws ArithmeticException if a side is NaN
     */
    public static Check below(String instance, double value, double bound) {
        return of(instance, Relation.BELOW, value, bound, false);
    }

    /**
     * @param instance the instance in words
     * @param value left side
     * @param bound right side
     * @return value &lt; bound, exactly
     */
    public static Check below(String instance, long value, long bound) {
        return exactly(instance, Relation.BELOW, value, bound);
    }

    /**
     * @param instance the instance in words
     * @param value left side
     * @param bound right side
     * @return value &gt;= bound, up to rounding
     * @throws ArithmeticException if a side is NaN
     */
    public static Check atLeast(String instance, double value, double bound) {
        return of(instance, Relation.AT_LEAST, value, bound, false);
    }

    /**
     * @param instance the instance in words
     * @param value left side
     * @param bound right side
     * @return value &gt;= bound, exactly
     */
    public static Check atLeast(String instance, long value, long bound) {
        return exactly(instance, Relation.AT_LEAST, value, bound);
    }

    /**
     * @param instance the instance in words
     * @param value left side
     * @param bound right side
     * @return value &gt; bound, up to rounding
     * @throws ArithmeticException if a side is NaN
     */
    public static Check above(String instance, double value, double bound) {
        return of(instance, Relation.ABOVE, value, bound, false);
    }

    /**
     * @param instance the instance in words
     * @param value left side
     * @param bound right side
     * @return value &gt; bound, exactly
     */
    public static Check above(String instance, long value, long bound) {
        return exactly(instance, Relation.ABOVE, value, bound);
    }

    /**
     * @param instance the instance in words
     * @param value what was found
     * @param expected what was claimed
     * @return value = expected, exactly
     */
    public static Check equal(String instance, long value, long expected) {
        return exactly(instance, Relation.EQUAL, value, expected);
    }

    /**
     * @param instance the instance in words
     * @param value what was found
     * @param target what was claimed
     * @param tolerance how far they may be apart
     * @return |value - target| &lt;= tolerance, with slack like every inequality
     * @throws ArithmeticException if a number is NaN
     */
    public static Check near(String instance, double value, double target, double tolerance) {
        return atMost(instance, Math.abs(value - target), tolerance)
                .withDetail(String.format(Locale.ROOT, "%s against %s", value, target));
    }

    /**
     * @param instance the instance in words
     * @param holds whether the statement is true of it
     * @param detail what was seen
     * @return the statement holds, exactly
     */
    public static Check holds(String instance, boolean holds, String detail) {
        return of(instance, Relation.HOLDS, holds ? 1 : 0, 1, true).withDetail(detail);
    }

    /**
     * @param instance the instance in words
     * @param why for example that the run was capped before the claimed bound
     * @return a check that decides nothing and keeps the verdict from being SUPPORTED
     */
    public static Check undecided(String instance, String why) {
        return of(instance, Relation.UNDECIDED, 0, 0, true).withDetail(why);
    }

    /**
     * @param remark for the reader
     * @return this check with the remark
     */
    public Check withDetail(String remark) {
        return new Check(instance, relation, left, right, exact, scale, remark, recheck, witness);
    }

    /**
     * @param magnitude of the terms from which the sides were computed, where they cancel
     * @return this check with slack measured against the magnitude
     */
    public Check withScale(double magnitude) {
        return new Check(instance, relation, left, right, exact, magnitude, detail, recheck, witness);
    }

    /**
     * @param excess computes left - right (upper bounds) or right - left (lower bounds) in higher precision; called only
     *     when the check is violated in double precision
     * @return this check, which then is a rounding finding when the violation vanishes in higher precision
     */
    public Check withRecheck(DoubleSupplier excess) {
        return new Check(instance, relation, left, right, exact, scale, detail, excess, witness);
    }

    /**
     * @param counterexample builds the counterexample, shrunk where possible (see {@link Shrinking}); called only when this
     *     check is the worst violation
     * @return this check with the witness
     */
    public Check withWitness(Supplier<Counterexample> counterexample) {
        return new Check(instance, relation, left, right, exact, scale, detail, recheck, counterexample);
    }

    /** What a check says, given the slack that rounding demands. */
    enum Outcome {
        SATISFIED,
        ROUNDING,
        CLOSE,
        VIOLATED,
        UNDECIDED
    }

    /** @return relative excess: positive when violated, negative when there is slack */
    double excess() {
        return relative(relation.excess(left, right));
    }

    private double relative(double excess) {
        if (excess == 0 || left == right) {
            return 0;
        }
        double magnitude = scale > 0 ? scale : Math.max(Math.abs(left), Math.abs(right));
        return Double.isInfinite(magnitude) ? Math.signum(excess) : excess / magnitude;
    }

    Outcome outcome(double tolerance) {
        if (relation == Relation.UNDECIDED) {
            return Outcome.UNDECIDED;
        }
        if (exact || tolerance == 0) {
            return relation.between(left, right) ? Outcome.SATISFIED : rechecked(tolerance);
        }
        double excess = excess();
        if (excess > tolerance) {
            return rechecked(tolerance);
        }
        return excess < -tolerance ? Outcome.SATISFIED : Outcome.CLOSE;
    }

    private Outcome rechecked(double tolerance) {
        if (recheck == null) {
            return Outcome.VIOLATED;
        }
        double excess = relative(recheck.getAsDouble());
        if (Double.isNaN(excess)) {
            throw new ArithmeticException("instance " + instance + ": the recheck gave NaN");
        }
        return excess > tolerance ? Outcome.VIOLATED : Outcome.ROUNDING;
    }

    /** @return claimed side over found side, at most 1 when the ordering holds; NaN unless both sides are positive */
    double ratio() {
        if (!relation.ordering() || left <= 0 || right <= 0) {
            return Double.NaN;
        }
        return relation == Relation.AT_MOST || relation == Relation.BELOW ? left / right : right / left;
    }

    /** @return the check in words: {@code worst20: 301.0 > 5.0} */
    String describe(boolean violated) {
        String remark = detail.isEmpty() ? "" : " (" + detail + ")";
        if (relation == Relation.HOLDS || relation == Relation.UNDECIDED) {
            return instance + ": " + (detail.isEmpty() ? violated ? relation.opposite() : relation.symbol() : detail);
        }
        return instance + ": " + number(left) + " " + (violated ? relation.opposite() : relation.symbol()) + " "
                + number(right) + remark;
    }

    private String number(double value) {
        if (exact && value == Math.rint(value) && Math.abs(value) < 0x1p53) {
            return Long.toString((long) value);
        }
        return ReasonText.number(value);
    }

    /** Integers beyond 2^53 have no exact double, so they are refused rather than compared inexactly. */
    private static Check exactly(String instance, Relation relation, long left, long right) {
        double l = (double) left;
        double r = (double) right;
        Arguments.require(
                Math.abs(l) <= 0x1p53 && Math.abs(r) <= 0x1p53,
                "instance %s: integers beyond 2^53 cannot be compared, found %d and %d",
                instance,
                left,
                right);
        return of(instance, relation, l, r, true);
    }

    private static Check of(String instance, Relation relation, double left, double right, boolean exact) {
        return new Check(instance, relation, left, right, exact, 0, "", null, null);
    }
}

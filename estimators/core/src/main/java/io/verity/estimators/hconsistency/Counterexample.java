package io.verity.estimators.hconsistency;

import io.verity.stats.result.ResultTable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * A finite distribution and scores at which a candidate bound fails, with everything needed to check it by hand.
 *
 * @param candidate the formula that fails
 * @param loss the surrogate
 * @param distribution weights and class probabilities
 * @param scores one row of K scores per point
 * @param zeroOneRegret \( E[\Delta C_{01}] \)
 * @param surrogateRegret \( E[\Delta C_\ell] \)
 * @param left the side that should be smaller: the zero-one regret, or Psi of it
 * @param right the side that should be larger: Gamma of the surrogate regret, or the surrogate regret
 * @param ratio left over right
 * @param precision how the violation was confirmed
 */
public record Counterexample(
        Candidate candidate,
        String loss,
        FiniteDistribution distribution,
        List<double[]> scores,
        double zeroOneRegret,
        double surrogateRegret,
        double left,
        double right,
        double ratio,
        String precision) {
    private static final int LISTED = 8;

    /** Copies the list. */
    public Counterexample {
        scores = List.copyOf(scores);
    }

    /**
     * The instance as a table.
     *
     * @return one row per point, both sides in the footnotes
     */
    public ResultTable toTable() {
        ResultTable.Builder table = ResultTable.named("counterexample", "Counterexample to " + candidate)
                .integer("point", "point", "")
                .number("weight", "weight", "")
                .text("p", "class probabilities")
                .text("scores", "scores")
                .integer("predicted", "predicted class", "")
                .number("zeroOneRegret", "0-1 regret", "");
        for (int i = 0; i < distribution.size(); i++) {
            double[] p = distribution.p(i);
            table.row(
                    i + 1,
                    distribution.weight(i),
                    text(p),
                    text(scores.get(i)),
                    ZeroOne.predicted(p, scores.get(i)) + 1,
                    ZeroOne.regret(p, scores.get(i)));
        }
        return table.note(sides())
                .note("Confirmed in " + precision + ". Classes count from 1.")
                .build();
    }

    /**
     * Both sides in words, with six digits.
     *
     * @return one sentence
     */
    public String sides() {
        return candidate.isUpperBound()
                ? String.format(
                        Locale.ROOT,
                        "0-1 regret %.6g > Gamma(%.6g) = %.6g, ratio %.6g",
                        zeroOneRegret,
                        surrogateRegret,
                        right,
                        ratio)
                : String.format(
                        Locale.ROOT,
                        "surrogate regret %.6g < Psi(%.6g) = %.6g, ratio %.6g",
                        surrogateRegret,
                        zeroOneRegret,
                        left,
                        ratio);
    }

    /**
     * The instance in words.
     *
     * @return N, weights, probabilities and scores
     */
    public String describe() {
        StringBuilder words = new StringBuilder("N = ").append(distribution.size());
        for (int i = 0; i < distribution.size(); i++) {
            words.append(distribution.size() == 1 ? ": p = " : "; weight " + number(distribution.weight(i)) + ": p = ")
                    .append(text(distribution.p(i)))
                    .append(", scores ")
                    .append(text(scores.get(i)));
        }
        return words.toString();
    }

    private static String text(double[] values) {
        int run = 1; // a long run of equal values at the end is counted, not listed
        while (run < values.length && values[values.length - 1 - run] == values[values.length - 1]) {
            run++;
        }
        int listed = run > LISTED ? values.length - run : values.length;
        StringBuilder words = new StringBuilder("(");
        for (int k = 0; k < listed; k++) {
            words.append(k == 0 ? "" : ", ").append(number(values[k]));
        }
        if (listed < values.length) {
            words.append(listed == 0 ? "" : ", ").append(run).append(" times ").append(number(values[listed]));
        }
        return words.append(')').toString();
    }

    /** The shortest decimal that reads back as the same double, without a superfluous ".0". */
    static String number(double value) {
        if (value == StrictMath.rint(value) && Math.abs(value) < 1e9) {
            return Long.toString((long) value);
        }
        return Math.abs(value) >= 1e-9 && Math.abs(value) < 1e9
                ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
                : Double.toString(value);
    }

    @Override
    public String toString() {
        return describe() + "; " + sides();
    }
}

package io.verity.reports.model;

import io.verity.reports.text.Numbers;
import io.verity.simulations.claims.ClaimRecord;
import io.verity.simulations.claims.Verdict;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every record of a verification on one line each, records with an unexpected verdict first.
 *
 * @param rows in reading order
 */
public record Scoreboard(List<Row> rows) implements Block {

    /**
     * One record.
     *
     * @param id claim
     * @param title heading
     * @param expected verdict expected
     * @param verdict verdict reached
     * @param asExpected whether it counts as expected
     * @param controlOf the claim it is a negative control of, or null
     * @param finding whether its outcome is left open
     * @param statistic what was measured
     * @param errorProbability bound on the chance of a wrong verdict
     * @param replicates replicates or instances examined
     * @param seconds wall time
     */
    public record Row(
            String id,
            String title,
            Verdict.Kind expected,
            Verdict.Kind verdict,
            boolean asExpected,
            @Nullable String controlOf,
            boolean finding,
            Verdict.Statistic statistic,
            double errorProbability,
            long replicates,
            double seconds) {
        static Row of(ClaimRecord r) {
            return new Row(
                    r.id().toString(),
                    r.title(),
                    r.expected(),
                    r.verdict().kind(),
                    r.asExpected(),
                    r.controlOf() == null ? null : r.controlOf().toString(),
                    r.finding(),
                    r.verdict().statistic(),
                    r.verdict().errorProbability(),
                    r.verdict().replicates(),
                    r.seconds());
        }
    }

    /** Copies the rows. */
    public Scoreboard {
        rows = List.copyOf(rows);
    }

    /**
     * @param records in registry order
     * @return their scoreboard; registry order among the surprises and among the rest
     */
    public static Scoreboard of(List<ClaimRecord> records) {
        return new Scoreboard(records.stream()
                .map(Row::of)
                .sorted(Comparator.comparing(Row::asExpected))
                .toList());
    }

    /** @return number of records whose verdict is the expected one; what was skipped has none */
    public long asExpected() {
        return rows.stream().filter(Row::asExpected).count() - skipped();
    }

    /** @return number of records that were not examined, because something they need was missing */
    public long skipped() {
        return rows.stream().filter(r -> r.verdict() == Verdict.Kind.SKIPPED).count();
    }

    /** @return number of records whose verdict is not the expected one */
    public long surprises() {
        return rows.stream().filter(r -> !r.asExpected()).count();
    }

    /** @return sum of the error probabilities, which bounds the chance that any verdict is wrong */
    public double totalErrorProbability() {
        return rows.stream().mapToDouble(Row::errorProbability).sum();
    }

    /** @return the counts and the error probability in one sentence */
    public String summary() {
        return rows.size() + " records, " + asExpected() + " as expected, " + surprises()
                + (surprises() == 1 ? " surprise" : " surprises")
                + (skipped() == 0 ? "" : ", " + skipped() + " skipped")
                + "; the chance that any verdict is wrong is at most "
                + Numbers.plain(totalErrorProbability()) + ".";
    }
}

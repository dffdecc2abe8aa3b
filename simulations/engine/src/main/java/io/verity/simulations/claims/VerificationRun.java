package io.verity.simulations.claims;

import io.verity.stats.result.ResultTable;
import java.util.List;
import java.util.Locale;

/**
 * A finished verification.
 *
 * @param seed master seed
 * @param budget {@code quick} or {@code full}
 * @param threads threads used
 * @param engine {@code local}, ...
 * @param backend id of the matrix backend
 * @param version version of Verity
 * @param java Java version
 * @param os operating system
 * @param started ISO-8601 instant
 * @param seconds wall time
 * @param records in registry order
 */
public record VerificationRun(
        long seed,
        Budget budget,
        int threads,
        String engine,
        String backend,
        String version,
        String java,
        String os,
        String started,
        double seconds,
        List<ClaimRecord> records) {
    /** Copies the records. */
    public VerificationRun {
        records = List.copyOf(records);
    }

    /** @return records whose verdict is not the expected one */
    public List<ClaimRecord> surprises() {
        return records.stream().filter(r -> !r.asExpected()).toList();
    }

    /** @return records that were not examined, because something they need is not on this machine */
    public List<ClaimRecord> skipped() {
        return records.stream().filter(ClaimRecord::skipped).toList();
    }

    /** @return sum of the records' error probabilities: bounds the chance of any wrong verdict */
    public double totalErrorProbability() {
        return records.stream().mapToDouble(r -> r.verdict().errorProbability()).sum();
    }

    /** @return whether every verdict is the expected one */
    public boolean passed() {
        return surprises().isEmpty();
    }

    /** @return one row per record */
    public ResultTable toTable() {
        ResultTable.Builder table = ResultTable.named("claims", "Claims and their verdicts")
                .text("claim", "claim")
                .text("title", "title")
                .text("verdict", "verdict")
                .text("expected", "expected")
                .text("statistic", "statistic")
                .number("value", "value", "")
                .number("lower", "lower end", "")
                .number("upper", "upper end", "")
                .integer("replicates", "replicates", "")
                .number("errorProbability", "error probability", "");
        for (ClaimRecord r : records) {
            Verdict v = r.verdict();
            table.row(
                    r.id().toString(),
                    r.title(),
                    v.kind().name(),
                    r.finding() ? "open" : r.expected().name(),
                    v.statistic().name(),
                    v.statistic().value(),
                    v.statistic().lower(),
                    v.statistic().upper(),
                    v.replicates(),
                    v.errorProbability());
        }
        return table.build();
    }

    /** @return a line of totals, the surprises, then the other records */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d of %d records as expected (seed %d, %s budget; chance of any wrong verdict at most %s)",
                records.size() - surprises().size(),
                records.size(),
                seed,
                budget.name().toLowerCase(Locale.ROOT),
                ReasonText.number(totalErrorProbability())));
        int width =
                records.stream().mapToInt(r -> r.id().toString().length()).max().orElse(0);
        surprises().forEach(r -> text.append(line("SURPRISE: ", r, width)));
        records.stream().filter(ClaimRecord::asExpected).forEach(r -> text.append(line("", r, width)));
        return text.toString();
    }

    private static String line(String mark, ClaimRecord r, int width) {
        return String.format(
                Locale.ROOT,
                "%n%s%-10s %-" + width + "s  %s: %s",
                mark,
                r.verdict().kind(),
                r.id(),
                r.title(),
                r.verdict().reason());
    }
}

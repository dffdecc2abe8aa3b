package io.verity.cli;

import io.verity.reports.text.Numbers;
import io.verity.simulations.claims.ClaimRecord;
import io.verity.simulations.claims.VerificationRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The last words of a verification. */
final class Scoreboard {
    private Scoreboard() {}

    /**
     * @param run a finished verification
     * @param terminal knows the colours
     * @return surprises first, each with the command that shows it again; then the counts and the chance of a wrong verdict
     */
    static List<String> lines(VerificationRun run, Terminal terminal) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        List<ClaimRecord> surprises = run.surprises();
        for (ClaimRecord record : surprises) {
            lines.add(terminal.paint("SURPRISE", Terminal.Colour.RED) + " " + record.id() + ": expected "
                    + record.expected() + ", found " + record.verdict().kind() + ": "
                    + record.verdict().reason());
            lines.add("  again: ./verity verify " + record.id() + " --"
                    + run.budget().name().toLowerCase(Locale.ROOT) + " --seed " + run.seed());
        }
        long controls =
                run.records().stream().filter(r -> r.control() && !r.skipped()).count();
        long findings = run.records().stream().filter(ClaimRecord::finding).count();
        int total = run.records().size();
        int examined = total - run.skipped().size();
        lines.add(terminal.paint(
                        (examined - surprises.size()) + " of " + examined + " verdicts are as expected",
                        surprises.isEmpty() ? Terminal.Colour.GREEN : Terminal.Colour.RED)
                + " (" + counted(examined - controls, "claim") + ", " + counted(controls, "negative control")
                + (findings == 0 ? "" : "; " + findings + " of them findings whose outcome is left open") + ")");
        List<ClaimRecord> skipped = run.skipped();
        if (!skipped.isEmpty()) {
            lines.add(terminal.paint(counted(skipped.size(), "record") + " skipped", Terminal.Colour.YELLOW)
                    + ", not examined: "
                    + skipped.stream().map(r -> r.id().name()).collect(Collectors.joining(", ")));
            skipped.stream().map(r -> "  " + r.verdict().reason()).distinct().forEach(lines::add);
        }
        lines.add("chance that any verdict is wrong: at most " + Numbers.plain(run.totalErrorProbability()) + "; "
                + run.budget().name().toLowerCase(Locale.ROOT) + " budget, seed " + run.seed() + ", backend "
                + run.backend() + ", " + Numbers.duration(run.seconds()));
        return lines;
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /**
     * @param record any record
     * @return green as expected, red when not, yellow for a finding
     */
    static Terminal.Colour colour(ClaimRecord record) {
        if (!record.asExpected()) {
            return Terminal.Colour.RED;
        }
        return record.finding() || record.skipped() ? Terminal.Colour.YELLOW : Terminal.Colour.GREEN;
    }
}

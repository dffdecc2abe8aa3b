package io.verity.cli;

import io.verity.reports.text.Numbers;
import io.verity.simulations.claims.Claim;
import io.verity.simulations.claims.ClaimRecord;
import io.verity.simulations.claims.Verdict;
import io.verity.simulations.claims.VerificationListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows a verification while it runs: a line per record on standard output, and how far it is on the errors' stream. */
final class VerificationDisplay implements VerificationListener, AutoCloseable {
    private static final long BETWEEN_NANOS = 15_000_000_000L;
    private static final int SECONDS_WIDTH = 9;
    private static final int NARROWEST_TITLE = 20;

    /** Width of the longest verdict that is usual. */
    private static final int VERDICT_WIDTH = 12;

    private final Terminal terminal;
    private final boolean lines;
    private final boolean plainProgress;
    private final @Nullable ProgressBars bars;
    private ProgressBars.@Nullable Bar bar;
    private final Map<String, String> running = new LinkedHashMap<>();
    private int idWidth;
    private long nextNote = System.nanoTime() + BETWEEN_NANOS;

    /**
     * @param terminal where to
     * @param lines whether a line per record is wanted
     * @param progress whether progress is wanted
     */
    VerificationDisplay(Terminal terminal, boolean lines, boolean progress) {
        this.terminal = terminal;
        this.lines = lines;
        this.plainProgress = progress && !terminal.errIsTerminal();
        this.bars = progress && terminal.errIsTerminal() ? new ProgressBars(terminal) : null;
    }

    @Override
    public synchronized void selected(List<Claim> claims) {
        idWidth =
                claims.stream().mapToInt(c -> c.id().toString().length()).max().orElse(0);
        if (bars != null) {
            bar = bars.start("verifying", claims.size(), 0);
        }
    }

    @Override
    public synchronized void started(Claim claim) {
        running.put(claim.id().name(), "");
        showLongestRunning();
    }

    @Override
    public synchronized void progress(Claim claim, long done, long total) {
        running.replace(claim.id().name(), " " + done + "/" + total);
        showLongestRunning();
        if (plainProgress && System.nanoTime() - nextNote >= 0) {
            nextNote = System.nanoTime() + BETWEEN_NANOS;
            terminal.note(claim.id() + ": " + done + " of " + total);
        }
    }

    @Override
    public synchronized void finished(Claim claim, Verdict verdict) {
        running.remove(claim.id().name());
        if (bar != null) {
            bar.advance(1);
        }
        showLongestRunning();
    }

    private void showLongestRunning() {
        if (bar != null) {
            bar.say(running.entrySet().stream()
                    .findFirst()
                    .map(e -> " " + e.getKey() + e.getValue())
                    .orElse(""));
        }
    }

    @Override
    public synchronized void record(ClaimRecord record) {
        if (!lines) {
            return;
        }
        String line = line(record);
        if (bars != null) {
            bars.above(() -> terminal.line(line));
        } else {
            terminal.line(line);
        }
    }

    private String line(ClaimRecord record) {
        String verdict = Text.padded(record.verdict().kind().name(), VERDICT_WIDTH);
        String seconds = Text.leftPadded(Numbers.duration(record.seconds()), SECONDS_WIDTH);
        String title = kind(record) + record.title();
        int room = Math.max(NARROWEST_TITLE, terminal.columns() - idWidth - verdict.length() - SECONDS_WIDTH - 6);
        boolean cut = terminal.outIsTerminal() && title.length() > room;
        String shown = cut ? title.substring(0, room - 3) + "..." : title;
        return Text.padded(record.id().toString(), idWidth) + "  " + terminal.paint(verdict, Scoreboard.colour(record))
                + "  " + Text.padded(shown, room) + seconds;
    }

    private static String kind(ClaimRecord record) {
        if (record.control()) {
            return "control: ";
        }
        if (record.finding()) {
            return "finding: ";
        }
        return record.expected() == Verdict.Kind.REFUTED ? "false statement: " : "";
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}

package io.verity.cli;

import io.verity.reports.text.Numbers;
import io.verity.simulations.progress.Progress;
import java.util.function.LongSupplier;

/** Progress as plain lines every so often, for logs. Short work is silent. */
final class ProgressLines implements Progress {
    private static final long SILENT_NANOS = 5_000_000_000L;
    private static final long BETWEEN_NANOS = 15_000_000_000L;

    private final Terminal terminal;
    private final LongSupplier clock;

    /**
     * @param terminal gets the lines, on the errors' stream
     * @param clock nanoseconds that never run backwards
     */
    ProgressLines(Terminal terminal, LongSupplier clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Task start(String task, long total, long done) {
        return new Lines(task, total, done);
    }

    @Override
    public void message(String text) {
        terminal.note(text);
    }

    private final class Lines implements Task {
        private final String task;
        private final long total;
        private final long before;
        private final long start = clock.getAsLong();
        private long done;
        private long next = start + SILENT_NANOS;

        Lines(String task, long total, long done) {
            this.task = task;
            this.total = total;
            this.before = done;
            this.done = done;
        }

        @Override
        public synchronized void advance(long steps) {
            done += steps;
            long now = clock.getAsLong();
            if (now - next >= 0 && done < total) {
                next = now + BETWEEN_NANOS;
                terminal.note(task + ": " + done + " of " + total + timing((now - start) * 1e-9));
            }
        }

        private String timing(double seconds) {
            double rate = (done - before) / seconds;
            return rate > 0
                    ? ", " + Numbers.plain(Math.round(rate * 10) / 10.0) + " per second, "
                            + Numbers.duration((total - done) / rate) + " left"
                    : "";
        }

        @Override
        public void close() {}
    }
}

package io.verity.cli;

import io.verity.simulations.progress.Progress;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Progress as a live bar with rate and time left, on the errors' stream of a terminal; lines can be printed above it. */
final class ProgressBars implements Progress {
    private static final int REFRESH_MILLIS = 200;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final Terminal terminal;
    private @Nullable String shown;

    /** @param terminal one that a person watches */
    ProgressBars(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Bar start(String task, long total, long done) {
        return new Bar(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .startsFrom(done, Duration.ZERO)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                .setConsumer(new BottomLine())
                .clearDisplayOnFinish()
                .build());
    }

    /** One bar. */
    static final class Bar implements Task {
        private final ProgressBar bar;

        private Bar(ProgressBar bar) {
            this.bar = bar;
        }

        /** @param words shown behind the bar: what is being done */
        void say(String words) {
            bar.setExtraMessage(words);
        }

        @Override
        public void advance(long steps) {
            bar.stepBy(steps);
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    @Override
    public void message(String text) {
        above(() -> terminal.note(text));
    }

    /** @param printing prints whole lines, which appear above the bar */
    synchronized void above(Runnable printing) {
        erase();
        printing.run();
        if (shown != null) {
            draw(shown);
        }
    }

    private void erase() {
        if (shown != null) {
            terminal.err().print(ERASE_LINE);
            terminal.err().flush();
        }
    }

    private void draw(String line) {
        terminal.err().print(ERASE_LINE + line);
        terminal.err().flush();
    }

    /** The last line of the screen. */
    private final class BottomLine implements ProgressBarConsumer {
        @Override
        public int getMaxRenderedLength() {
            return terminal.columns() - 1;
        }

        @Override
        public void accept(String line) {
            synchronized (ProgressBars.this) {
                shown = line;
                draw(line);
            }
        }

        @Override
        public void clear() {
            close();
        }

        @Override
        public void close() {
            synchronized (ProgressBars.this) {
                erase();
                shown = null;
            }
        }
    }
}

package io.verity.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What happens on Ctrl-C or a termination signal: work that can stop is asked to, gets some seconds to put away what it has
 * finished and to say how to continue, and then the virtual machine ends with the signal's exit code (130 for Ctrl-C). The
 * system property {@code verity.patience} grants it more seconds, as a slow disk may need.
 */
final class Interrupt {
    private static final String PATIENCE = "verity.patience";
    private static final int PATIENCE_SECONDS = 10;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Runnable stop;

    private Interrupt() {}

    /**
     * @param terminal told that the process was interrupted when no work could say so itself
     * @return installed in this process
     */
    static Interrupt install(Terminal terminal) {
        Interrupt interrupt = new Interrupt();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt.onShutdown(terminal), "interrupt"));
        return interrupt;
    }

    /** @return one that never happens */
    static Interrupt never() {
        return new Interrupt();
    }

    /** @param request asks the work that begins now to stop; must return at once */
    void beforeWork(Runnable request) {
        stop = request;
    }

    /** Called when nothing is left to be done or printed. */
    void workHasEnded() {
        ended.countDown();
    }

    private void onShutdown(Terminal terminal) {
        if (ended.getCount() == 0) {
            return;
        }
        Runnable request = stop;
        if (request == null) {
            terminal.error("interrupted");
            return;
        }
        request.run();
        try {
            if (!ended.await(Integer.getInteger(PATIENCE, PATIENCE_SECONDS), TimeUnit.SECONDS)) {
                terminal.error("interrupted; what was finished is kept");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

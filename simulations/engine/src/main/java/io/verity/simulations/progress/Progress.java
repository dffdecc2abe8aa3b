package io.verity.simulations.progress;

/**
 * Hears how far long work has come. Implementations must be safe to call from several threads and must not throw.
 */
public interface Progress {
    /**
     * Announces a piece of work.
     *
     * @param task name of the work ({@code large-step/separation})
     * @param total steps (replicates) the work consists of
     * @param done steps already done by an earlier run, at most {@code total}
     * @return the handle through which the work reports; closed when the work ends, for whatever reason
     */
    Task start(String task, long total, long done);

    /**
     * @param text one line worth reading now (a resumed run, a failed replicate)
     */
    void message(String text);

    /** A piece of work in progress. */
    interface Task extends AutoCloseable {
        /**
         * @param steps steps done since the last call
         */
        void advance(long steps);

        @Override
        void close();
    }

    /** @return a listener that ignores everything */
    static Progress none() {
        return Silence.INSTANCE;
    }

    /** The listener that ignores everything. */
    enum Silence implements Progress, Task {
        /** The only instance. */
        INSTANCE;

        @Override
        public Task start(String task, long total, long done) {
            return this;
        }

        @Override
        public void message(String text) {}

        @Override
        public void advance(long steps) {}

        @Override
        public void close() {}
    }
}

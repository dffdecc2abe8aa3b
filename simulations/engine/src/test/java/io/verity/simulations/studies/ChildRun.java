package io.verity.simulations.studies;

import io.verity.simulations.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * A process of its own that runs a study into a store and says so, for tests that kill it. After a number of commits it stays
 * where it is, so that it has not ended before it is killed, however long the test is kept waiting for its processor.
 */
final class ChildRun {
    private static final long PAUSE_NANOS = 300_000;

    private ChildRun() {}

    /** Walks that fail now and then, in units of five. */
    static Study<Walk> study() {
        return Walk.study().replicates(300).chunk(5).replicate((c, stream) -> {
            LockSupport.parkNanos(PAUSE_NANOS);
            Row row = Walk.draw(c, stream);
            if (stream.nextDouble() < 0.01) {
                throw new IllegalStateException("unlucky");
            }
            return row;
        });
    }

    /**
     * Prints a line when the run starts and one after every commit.
     *
     * @param arguments the store's file, and how many commits to make at most
     */
    public static void main(String[] arguments) {
        int limit = Integer.parseInt(arguments[1]);
        Progress printer = new Progress() {
            @Override
            public Task start(String task, long total, long done) {
                say("started with " + done);
                return new Task() {
                    private int commits;

                    @Override
                    public void advance(long steps) {
                        say("committed " + steps);
                        if (++commits == limit) {
                            awaitEndOfInput();
                        }
                    }

                    @Override
                    public void close() {}
                };
            }

            @Override
            public void message(String text) {}
        };
        StudyRunner.withDefaults()
                .withSeed(11)
                .withThreads(2)
                .withStore(Path.of(arguments[0]))
                .withProgress(printer)
                .run(study());
        say("finished");
    }

    /** Also the end of the test, were it to end first. */
    private static void awaitEndOfInput() {
        try {
            System.in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}

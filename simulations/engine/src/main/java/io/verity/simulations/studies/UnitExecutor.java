package io.verity.simulations.studies;

import io.verity.simulations.progress.Cancellation;
import io.verity.simulations.store.UnitRecord;
import java.util.List;
import java.util.stream.Stream;

/** Where units of work run. A study does not know which executor runs it, and its results do not depend on it. */
public interface UnitExecutor extends AutoCloseable {
    /** @return name on the command line: {@code local}, {@code spark} */
    String id();

    /** @return number of units that run at once */
    int threads();

    /**
     * Runs units.
     *
     * @param study the study
     * @param seed master seed
     * @param units what to run
     * @param cancellation when set, the stream ends early; units in flight are dropped
     * @return finished units in any order, as they finish; closing the stream abandons the rest
     */
    Stream<UnitRecord> run(Study<?> study, long seed, List<Unit> units, Cancellation cancellation);

    @Override
    void close();
}

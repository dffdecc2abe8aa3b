package io.verity.simulations.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps finished replicates. A unit is there wholly or not at all; rows of different {@link RunKey}s never mix. Every
 * method may throw {@link StoreException}, after which everything committed earlier is still there. Safe to use from
 * several threads; callbacks run on the calling thread.
 */
public interface ResultStore extends AutoCloseable {
    /** @return how to name the store in a message: its path, or {@code memory} */
    String location();

    /**
     * Opens the run of a key, or makes it.
     *
     * @param key what the rows depend on
     * @param description JSON text kept with a new run
     * @return the run
     */
    Run open(RunKey key, String description);

    /** @return all runs, oldest first */
    List<Run> runs();

    /**
     * Refuses to add a study to a file that was made for other work.
     *
     * @param subject name of the study
     * @throws StoreException if the store has runs, but none of this subject
     */
    default void requireSubject(String subject) {
        List<String> subjects =
                runs().stream().map(run -> run.key().subject()).distinct().toList();
        if (!subjects.isEmpty() && !subjects.contains(subject)) {
            throw new StoreException(
                    StoreException.Reason.OTHER_WORK,
                    "the results store " + location() + " was made by " + String.join(", ", subjects) + ", not by "
                            + subject + "; name another file",
                    null);
        }
    }

    /**
     * @param run a run whose work is done
     */
    void finish(Run run);

    /**
     * Forgets a run with all its rows and verdicts.
     *
     * @param run any run
     */
    void discard(Run run);

    /**
     * Keeps a unit, in one transaction.
     *
     * @param run its run
     * @param unit finished replicates, none of which the run has already
     */
    void commit(Run run, UnitRecord unit);

    /**
     * @param run any run
     * @return what is finished, ordered by condition and replicate, adjacent ranges merged
     */
    List<StoredRange> finished(Run run);

    /**
     * @param run any run
     * @return seconds that the run's units took, summed
     */
    double seconds(Run run);

    /**
     * Visits rows in replicate order, one at a time, so that memory does not grow with their number.
     *
     * @param run any run
     * @param cell the condition
     * @param from first replicate
     * @param to one past the last replicate
     * @param visitor sees each row; its metrics are in alphabetical order
     */
    void forEachRow(Run run, long cell, long from, long to, Consumer<StoredRow> visitor);

    /**
     * Visits single values, metric by metric (alphabetically), each metric's values ascending.
     *
     * @param run any run
     * @param cell the condition
     * @param to only replicates before this one
     * @param visitor sees each value
     */
    void forEachSorted(Run run, long cell, long to, ValueVisitor visitor);

    /** Sees one value of one metric. */
    @FunctionalInterface
    interface ValueVisitor {
        /**
         * @param metric name of the metric
         * @param value one of its values
         */
        void visit(String metric, double value);
    }

    /**
     * @param run any run
     * @param cell the condition
     * @param to only replicates before this one
     * @return number of failed replicates
     */
    long failureCount(Run run, long cell, long to);

    /**
     * @param run any run
     * @param cell the condition
     * @param to only replicates before this one
     * @param limit at most so many
     * @return the first failures, in replicate order
     */
    List<StoredFailure> failures(Run run, long cell, long to, int limit);

    /**
     * @param run the run that the verdict belongs to
     * @param claim id of the claim
     * @param json the verdict; replaces an earlier one
     */
    void putVerdict(Run run, String claim, String json);

    /**
     * @param run any run
     * @param claim id of the claim
     * @return the verdict kept for it
     */
    Optional<String> verdict(Run run, String claim);

    /**
     * @param run any run
     * @return verdict JSON by claim id, in the order in which they were first put
     */
    Map<String, String> verdicts(Run run);

    @Override
    void close();
}

package io.verity.simulations.store;

import io.verity.stats.Arguments;
import java.io.Serializable;
import java.util.List;

/**
 * A finished unit of work: consecutive replicates of one condition, each with its row or its failure.
 *
 * @param cell the condition
 * @param from first replicate
 * @param to one past the last replicate
 * @param seconds time the unit took
 * @param rows rows of the replicates that succeeded, in replicate order
 * @param failures the other replicates, in replicate order
 */
public record UnitRecord(
        long cell, long from, long to, double seconds, List<StoredRow> rows, List<StoredFailure> failures)
        implements Serializable {
    /** Checks that every replicate is accounted for, and copies. */
    public UnitRecord {
        rows = List.copyOf(rows);
        failures = List.copyOf(failures);
        Arguments.require(
                rows.size() + failures.size() == to - from,
                "unit of replicates %d to %d holds %d rows and %d failures",
                from,
                to,
                rows.size(),
                failures.size());
    }
}

package io.verity.estimators.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The observations of a long file, grouped by unit. What is the same for a whole unit is held as arrays with one entry per unit, in
 * the order in which the units first appear; the observations themselves are handed out unit after unit, and lie in a temporary file
 * where they are many. To be closed.
 */
public final class Observations implements AutoCloseable {
    private final String file;
    private final String sha256;
    private final long columns;
    private final UnitTable units;
    private final Spool spool;
    private final long rows;
    private final long droppedRows;

    /** Takes the observations of one unit. */
    @FunctionalInterface
    public interface UnitConsumer {
        /**
         * @param unit 0-based number of the unit
         * @param values its observations, in file order; the consumer may keep or change them
         * @param weights one weight per observation, or null where the file has none
         */
        void accept(int unit, double[] values, double @Nullable [] weights);
    }

    Observations(String file, String sha256, long columns, UnitTable units, Spool spool, long rows, long droppedRows) {
        this.file = file;
        this.sha256 = sha256;
        this.columns = columns;
        this.units = units;
        this.spool = spool;
        this.rows = rows;
        this.droppedRows = droppedRows;
    }

    /** @return the path as it was given */
    public String file() {
        return file;
    }

    /** @return SHA-256 of the file's bytes, lower-case hexadecimal */
    public String sha256() {
        return sha256;
    }

    /** @return number of observations, without dropped rows */
    public long size() {
        return rows;
    }

    /** @return rows left out because of missing values */
    public long droppedRows() {
        return droppedRows;
    }

    /** @return units of which every row was left out, by name */
    public List<String> droppedUnits() {
        return units.lost();
    }

    /** @return number of units */
    public int units() {
        return units.size();
    }

    /** @return the units' names, in the order in which they first appear */
    public List<String> names() {
        return units.names();
    }

    /** @return observations of each unit */
    public int[] sampleSizes() {
        return units.counts();
    }

    /** @return the running variable of each unit */
    public double[] runningVariable() {
        return units.runningVariable();
    }

    /** @return the treatment of each unit, or null where no column was named */
    public double @Nullable [] treatment() {
        return units.values(ObservationReader.Role.TREATMENT);
    }

    /** @return the weight of each unit, or null where no column was named */
    public double @Nullable [] unitWeights() {
        return units.values(ObservationReader.Role.UNIT_WEIGHT);
    }

    /** @return the cluster of each unit, numbered from 0 by first appearance, or null where no column was named */
    public int @Nullable [] clusters() {
        return units.codes(ObservationReader.Role.CLUSTER);
    }

    /**
     * Hands out every unit, in order; may be called again.
     *
     * @param consumer takes them
     * @throws io.verity.stats.EstimationException if the temporary file cannot be written or read
     */
    public void forEachUnit(UnitConsumer consumer) {
        spool.forEachUnit(units.counts(), consumer);
    }

    /** @return {@code file}, {@code sha256}, {@code rows}, {@code columns}, {@code units} and, where rows were left out, {@code
     *     droppedRows} and {@code droppedUnits} */
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("file", file);
        facts.put("sha256", sha256);
        facts.put("rows", rows);
        facts.put("columns", columns);
        facts.put("units", (long) units());
        if (droppedRows > 0) {
            facts.put("droppedRows", droppedRows);
            facts.put("droppedUnits", (long) droppedUnits().size());
        }
        return facts;
    }

    /** Deletes the temporary file, if there is one. */
    @Override
    public void close() {
        spool.close();
    }

    @Override
    public String toString() {
        return "Observations[" + file + ", " + rows + " observations in " + units() + " units]";
    }
}

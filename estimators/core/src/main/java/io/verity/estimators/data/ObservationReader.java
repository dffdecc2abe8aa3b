package io.verity.estimators.data;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.verity.stats.Arguments;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a long file: one row per observation, a column that names the unit of the row, units in any order, any number of rows.
 * Immutable.
 *
 * <p>The file is read once (CSV as {@link DataReader} reads it). Memory is bounded by what is kept per unit plus a fixed
 * buffer of observations plus the largest unit, never by the file: observations beyond the buffer go to a temporary file.
 * The buffer holds 4,194,304 observations by default (50 MB, 84 MB with weights, and a fifth of that for sorting): large
 * enough that a few million rows never touch the disk, small enough for a 512 MB heap.
 *
 * <p>The running variable, the treatment, the cluster and the weight of the unit must be the same in every row of a unit.
 */
public final class ObservationReader {
    private static final int BUFFERED = 1 << 22;
    private static final int REPORT_EVERY = 1 << 16;

    private final Map<Role, String> columns;
    private final char separator;
    private final boolean dropMissing;
    private final int buffered;
    private final Listener listener;

    /** What a column is used for. */
    enum Role {
        UNIT,
        RUNNING_VARIABLE,
        OUTCOME,
        WEIGHT,
        TREATMENT,
        CLUSTER,
        UNIT_WEIGHT
    }

    /** Who wants to know how far reading has come. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param done bytes read
         * @param total bytes in all
         */
        void read(long done, long total);
    }

    private ObservationReader(
            Map<Role, String> columns, char separator, boolean dropMissing, int buffered, Listener listener) {
        this.columns = columns;
        this.separator = separator;
        this.dropMissing = dropMissing;
        this.buffered = buffered;
        this.listener = listener;
    }

    /**
     * @param unit column that names the unit of a row: name or 1-based position
     * @param runningVariable column of the running variable
     * @param outcome column of the observed outcome
     * @return a reader of comma-separated files
     */
    public static ObservationReader of(String unit, String runningVariable, String outcome) {
        Map<Role, String> columns = new EnumMap<>(Role.class);
        columns.put(Role.UNIT, unit);
        columns.put(Role.RUNNING_VARIABLE, runningVariable);
        columns.put(Role.OUTCOME, outcome);
        return new ObservationReader(columns, ',', false, BUFFERED, (done, total) -> {});
    }

    private ObservationReader with(Role role, String column) {
        Map<Role, String> copy = new EnumMap<>(columns);
        copy.put(role, column);
        return new ObservationReader(copy, separator, dropMissing, buffered, listener);
    }

    /**
     * @param column weight of each observation inside its unit, not negative
     * @return a copy that reads it
     */
    public ObservationReader withWeight(String column) {
        return with(Role.WEIGHT, column);
    }

    /**
     * @param column treatment of the unit
     * @return a copy that reads it
     */
    public ObservationReader withTreatment(String column) {
        return with(Role.TREATMENT, column);
    }

    /**
     * @param column cluster of the unit, any text
     * @return a copy that reads it
     */
    public ObservationReader withCluster(String column) {
        return with(Role.CLUSTER, column);
    }

    /**
     * @param column weight of the unit among the units
     * @return a copy that reads it
     */
    public ObservationReader withUnitWeight(String column) {
        return with(Role.UNIT_WEIGHT, column);
    }

    /**
     * @param text one character, or {@code tab}
     * @return a copy that splits cells there
     * @throws IllegalArgumentException if it is neither, or a quote or a line end
     */
    public ObservationReader withSeparator(String text) {
        return new ObservationReader(columns, Csv.separator(text), dropMissing, buffered, listener);
    }

    /**
     * @param drop whether to leave out rows with a missing cell in a column in use, instead of refusing them
     * @return a copy that does so
     */
    public ObservationReader withDropMissing(boolean drop) {
        return new ObservationReader(columns, separator, drop, buffered, listener);
    }

    /**
     * @param observations how many to keep on the heap before a temporary file is used, at least 1
     * @return a copy with that buffer
     * @throws IllegalArgumentException if it is less than 1
     */
    public ObservationReader withBuffer(int observations) {
        Arguments.atLeast("the buffer", observations, 1);
        return new ObservationReader(columns, separator, dropMissing, observations, listener);
    }

    /**
     * @param observer is told now and then how many bytes have been read
     * @return a copy with that listener
     */
    public ObservationReader withListener(Listener observer) {
        return new ObservationReader(columns, separator, dropMissing, buffered, observer);
    }

    /**
     * @param path a CSV file, perhaps gzipped
     * @return its observations by unit, to be closed
     * @throws IllegalArgumentException if the file cannot be read or is malformed (see {@link DataReader#read}), a column does
     *     not exist, a cell is missing (unless such rows are dropped), no number, not finite, or a negative weight, a value
     *     varies inside a unit, or a unit has only zero weights; the message names the line, the column or the unit
     * @throws io.verity.stats.EstimationException if the temporary file cannot be written
     */
    public Observations read(Path path) {
        Reading reading = new Reading(path);
        boolean done = false;
        try {
            HashedFile<Long> file = HashedFile.read(path, bytes -> {
                Csv.read(path, new Counted(bytes, Files.size(path), listener), separator, reading::start);
                return reading.rows;
            });
            Arguments.require(reading.rows > 0, "every row of %s has a missing value in the columns used", path);
            if (columns.containsKey(Role.WEIGHT)) {
                reading.units.checkWeights(reading.name(Role.WEIGHT));
            }
            done = true;
            return reading.observations(file.sha256());
        } finally {
            if (!done) {
                reading.spool.close();
            }
        }
    }

    /** One pass over a file. */
    private final class Reading {
        private final Path path;
        private final UnitTable units;
        private final Spool spool;
        private final Map<Role, Integer> positions = new EnumMap<>(Role.class);
        private List<String> names = List.of();
        private long rows;
        private long dropped;

        Reading(Path path) {
            this.path = path;
            units = new UnitTable(path.toString());
            spool = new Spool(buffered, columns.containsKey(Role.WEIGHT));
        }

        Csv.Rows start(List<String> header) {
            names = header;
            ColumnNames references = new ColumnNames(path.toString(), header);
            columns.forEach((role, reference) -> positions.put(role, references.position(reference)));
            for (Role own : List.of(Role.OUTCOME, Role.WEIGHT)) {
                positions.forEach((role, position) -> Arguments.require(
                        role == own || !position.equals(positions.get(own)),
                        "column '%s' of %s cannot be both the %s and the %s",
                        names.get(position),
                        path,
                        words(own),
                        words(role)));
            }
            for (Role role : List.of(Role.RUNNING_VARIABLE, Role.TREATMENT, Role.CLUSTER, Role.UNIT_WEIGHT)) {
                if (positions.containsKey(role)) {
                    units.declare(role, name(role));
                }
            }
            return this::take;
        }

        private int position(Role role) {
            return positions.getOrDefault(role, -1);
        }

        String name(Role role) {
            return names.get(position(role));
        }

        private void take(CsvRecord cells, long row, long line) {
            Role missing = firstMissing(cells);
            if (missing != null) {
                drop(cells, missing, new Column.Cell(row, line, ""));
                return;
            }
            int unit = units.unit(cell(cells, Role.UNIT), line);
            units.number(Role.RUNNING_VARIABLE, unit, number(cells, Role.RUNNING_VARIABLE, row, line), line);
            if (positions.containsKey(Role.TREATMENT)) {
                units.number(Role.TREATMENT, unit, number(cells, Role.TREATMENT, row, line), line);
            }
            if (positions.containsKey(Role.UNIT_WEIGHT)) {
                units.number(Role.UNIT_WEIGHT, unit, weight(cells, Role.UNIT_WEIGHT, row, line), line);
            }
            if (positions.containsKey(Role.CLUSTER)) {
                units.text(Role.CLUSTER, unit, cell(cells, Role.CLUSTER), line);
            }
            double weight = positions.containsKey(Role.WEIGHT) ? weight(cells, Role.WEIGHT, row, line) : 1;
            spool.add(unit, number(cells, Role.OUTCOME, row, line), weight);
            units.count(unit, weight);
            rows++;
        }

        private String cell(CsvRecord cells, Role role) {
            return cells.getField(position(role)).strip();
        }

        private @Nullable Role firstMissing(CsvRecord cells) {
            for (Role role : columns.keySet()) {
                if (Numbers.isMissing(cell(cells, role))) {
                    return role;
                }
            }
            return null;
        }

        private void drop(CsvRecord cells, Role missing, Column.Cell place) {
            if (!dropMissing) {
                throw new IllegalArgumentException("missing value in " + place.place(name(missing)) + " of " + path
                        + " (--drop-missing leaves such rows out)");
            }
            dropped++;
            String unit = cell(cells, Role.UNIT);
            if (!Numbers.isMissing(unit)) {
                units.lose(unit);
            }
        }

        private double number(CsvRecord cells, Role role, long row, long line) {
            String text = cell(cells, role);
            double value = Numbers.parse(text);
            if (!Double.isFinite(value)) {
                throw wrong(cells, role, row, line, Numbers.isNonFinite(text) ? "a finite number" : "a number");
            }
            return value;
        }

        private double weight(CsvRecord cells, Role role, long row, long line) {
            double value = number(cells, role, row, line);
            if (value < 0) {
                throw wrong(cells, role, row, line, "a weight: it is negative");
            }
            return value;
        }

        private IllegalArgumentException wrong(CsvRecord cells, Role role, long row, long line, String what) {
            Column.Cell cell = new Column.Cell(row, line, cell(cells, role));
            return new IllegalArgumentException("'" + cell.text() + "' in " + cell.place(name(role)) + " of " + path
                    + " (unit '" + cell(cells, Role.UNIT) + "') is not " + what);
        }

        Observations observations(String sha256) {
            return new Observations(path.toString(), sha256, names.size(), units, spool, rows, dropped);
        }
    }

    private static String words(Role role) {
        return role.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Tells the listener how many bytes went through. */
    static final class Counted extends FilterInputStream {
        private final long total;
        private final Listener listener;
        private long done;
        private long reported;

        Counted(InputStream in, long total, Listener listener) {
            super(in);
            this.total = total;
            this.listener = listener;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            count(Math.max(0, count));
            return count;
        }

        private void count(int bytes) {
            done += bytes;
            if (done - reported >= REPORT_EVERY) {
                reported = done;
                listener.read(done, total);
            }
        }
    }
}

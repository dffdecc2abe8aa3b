package io.verity.estimators.data;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.verity.stats.Arguments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of labelled rows one by one and holds none of them, so that files may be larger than memory. Immutable.
 *
 * <p>Columns mean what they mean to {@link DataReader}. Without a choice of features every column but label and weight is handed
 * over; which of them are columns of numbers is known at the end ({@link Summary#kept}). Cells of the others are handed over as 0.
 */
public final class RowReader {
    private final @Nullable String label;
    private final @Nullable Selection features;
    private final @Nullable String weight;
    private final String separator;
    private final boolean dropMissing;
    private final boolean labelOptional;
    private final ObservationReader.Listener listener;

    /** Chooses the feature columns. */
    @FunctionalInterface
    private interface Selection {
        List<String> of(ColumnNames columns);
    }

    /** Takes the rows. */
    @FunctionalInterface
    public interface Sink {
        /**
         * @param values a value per column of {@link Start#begin}; overwritten by the next row
         * @param label the label; empty if the file has no label column and needs none
         * @param weight the weight, 1 without weights
         * @param row 1-based data row of the file
         */
        void take(double[] values, String label, double weight, long row);
    }

    /** Is told the columns before the first row. */
    @FunctionalInterface
    public interface Start {
        /**
         * @param columns names of the columns whose values come
         * @return who takes the rows
         */
        Sink begin(List<String> columns);
    }

    /**
     * What was read.
     *
     * @param file the path as it was given
     * @param sha256 SHA-256 of its bytes
     * @param rows rows handed over
     * @param dropped rows left out because of missing values
     * @param columns columns of the file
     * @param features names of the columns of numbers, those to be used
     * @param kept their positions among the columns handed over, ascending
     * @param labelled whether the file has the label column
     */
    public record Summary(
            String file,
            String sha256,
            long rows,
            long dropped,
            int columns,
            List<String> features,
            List<Integer> kept,
            boolean labelled) {
        /** Copies. */
        public Summary {
            features = List.copyOf(features);
            kept = List.copyOf(kept);
        }
    }

    private RowReader(
            @Nullable String label,
            @Nullable Selection features,
            @Nullable String weight,
            String separator,
            boolean dropMissing,
            boolean labelOptional,
            ObservationReader.Listener listener) {
        this.label = label;
        this.features = features;
        this.weight = weight;
        this.separator = separator;
        this.dropMissing = dropMissing;
        this.labelOptional = labelOptional;
        this.listener = listener;
    }

    /**
     * @param label column of the label: name or 1-based position
     * @return a reader of comma-separated files, all other columns being features
     */
    public static RowReader of(String label) {
        return new RowReader(label, null, null, ",", false, false, (done, total) -> {});
    }

    /**
     * @param selection the feature columns, as {@link DataTable#select} takes them
     * @return a copy that hands over these
     */
    public RowReader withFeatures(String selection) {
        return new RowReader(
                label, columns -> columns.select(selection), weight, separator, dropMissing, labelOptional, listener);
    }

    /**
     * @param names of the feature columns, in that order
     * @return a copy that hands over these
     */
    public RowReader withFeatures(List<String> names) {
        List<String> wanted = List.copyOf(names);
        Selection selection = columns -> {
            wanted.forEach(name ->
                    Arguments.require(columns.names().contains(name), "no column '%s' in %s", name, columns.file()));
            return wanted;
        };
        return new RowReader(label, selection, weight, separator, dropMissing, labelOptional, listener);
    }

    /**
     * @param column of row weights, not negative
     * @return a copy that reads it
     */
    public RowReader withWeight(String column) {
        return new RowReader(label, features, column, separator, dropMissing, labelOptional, listener);
    }

    /**
     * @param text one character, or {@code tab}
     * @return a copy that splits cells there
     * @throws IllegalArgumentException if it is neither, or a quote or a line end
     */
    public RowReader withSeparator(String text) {
        Csv.separator(text);
        return new RowReader(label, features, weight, text, dropMissing, labelOptional, listener);
    }

    /**
     * @param drop whether to leave out rows with a missing cell in a column in use, instead of refusing them
     * @return a copy that does so
     */
    public RowReader withDropMissing(boolean drop) {
        return new RowReader(label, features, weight, separator, drop, labelOptional, listener);
    }

    /** @return a copy that reads files without the label column and rows without a label, too: their label is empty */
    public RowReader withOptionalLabel() {
        return new RowReader(label, features, weight, separator, dropMissing, true, listener);
    }

    /**
     * @param observer is told now and then how many bytes have been read
     * @return a copy with that listener
     */
    public RowReader withListener(ObservationReader.Listener observer) {
        return new RowReader(label, features, weight, separator, dropMissing, labelOptional, observer);
    }

    /**
     * @param path a CSV file, perhaps gzipped, or an {@code .npy} matrix, which is read as a whole
     * @param start is told the columns, and returns who takes the rows
     * @return what was read
     * @throws IllegalArgumentException if the file cannot be read or is malformed (see {@link DataReader#read}), a column does not
     *     exist, or a cell in use is missing (unless such rows are dropped), no number, not finite, or a negative weight; the message
     *     names the place
     */
    public Summary read(Path path, Start start) {
        if (path.toString().endsWith(".npy")) {
            return matrix(path, start);
        }
        Reading reading = new Reading(path, start);
        HashedFile<Long> file = HashedFile.read(path, bytes -> {
            Csv.read(
                    path,
                    new ObservationReader.Counted(bytes, Files.size(path), listener),
                    Csv.separator(separator),
                    reading::start);
            return reading.rows;
        });
        return reading.summary(file.sha256());
    }

    private Summary matrix(Path path, Start start) {
        DataTable table = DataReader.withDefaults()
                .withText(label == null ? List.of() : List.of(label))
                .read(path);
        Roles roles = new Roles(new ColumnNames(path.toString(), table.names()));
        DataTable complete = table.complete(roles.used(), dropMissing);
        List<String> names = roles.features();
        double[][] x = complete.matrix(names);
        List<String> labels = roles.label < 0 ? List.of() : complete.texts(roles.name(roles.label));
        double[] weights = roles.weight < 0 ? new double[0] : complete.numbers(roles.name(roles.weight));
        Sink sink = start.begin(names);
        for (int i = 0; i < x.length; i++) {
            double w = weights.length == 0 ? 1 : weights[i];
            Arguments.require(
                    w >= 0,
                    "the weight in row %d, column '%s' is %s, but weights must not be negative",
                    complete.sourceRow(i),
                    roles.weight < 0 ? "" : roles.name(roles.weight),
                    w);
            sink.take(x[i], labels.isEmpty() ? "" : labels.get(i), w, complete.sourceRow(i));
        }
        return new Summary(
                path.toString(),
                complete.sha256(),
                x.length,
                complete.droppedRows(),
                table.names().size(),
                names,
                IntStream.range(0, names.size()).boxed().toList(),
                roles.label >= 0);
    }

    /** Which column of a file is what. */
    private final class Roles {
        final List<String> names;
        final int label;
        final int weight;
        final int[] features;

        Roles(ColumnNames columns) {
            names = columns.names();
            label = labelPosition(columns);
            weight = RowReader.this.weight == null ? -1 : columns.position(RowReader.this.weight);
            Arguments.require(
                    label < 0 || label != weight,
                    "the label column '%s' is the weight, too",
                    names.get(Math.max(0, label)));
            features = RowReader.this.features == null
                    ? IntStream.range(0, names.size())
                            .filter(j -> j != label && j != weight)
                            .toArray()
                    : RowReader.this.features.of(columns).stream()
                            .mapToInt(names::indexOf)
                            .toArray();
            for (int j : features) {
                Arguments.require(
                        j != label && j != weight,
                        "the %s column '%s' is among the features",
                        j == label ? "label" : "weight",
                        names.get(j));
            }
            Arguments.require(features.length > 0, "%s has no column left to use as a feature", columns.file());
        }

        private int labelPosition(ColumnNames columns) {
            String reference = RowReader.this.label;
            if (reference == null || (labelOptional && !columns.has(reference))) {
                return -1;
            }
            return columns.position(reference);
        }

        String name(int position) {
            return names.get(position);
        }

        List<String> features() {
            return IntStream.of(features).mapToObj(names::get).toList();
        }

        List<String> used() {
            List<String> used = new ArrayList<>(features());
            for (int extra : new int[] {label, weight}) {
                if (extra >= 0) {
                    used.add(names.get(extra));
                }
            }
            return used;
        }
    }

    /** One pass over a CSV file. */
    private final class Reading {
        private final Path path;
        private final Start start;
        private @Nullable Roles roles;
        private double[] values = new double[0];
        private ColumnFacts[] facts = new ColumnFacts[0];
        private long rows;
        private long dropped;

        Reading(Path path, Start start) {
            this.path = path;
            this.start = start;
        }

        Csv.Rows start(List<String> header) {
            Roles found = new Roles(new ColumnNames(path.toString(), header));
            roles = found;
            values = new double[found.features.length];
            facts = new ColumnFacts[values.length];
            for (int j = 0; j < facts.length; j++) {
                facts[j] = new ColumnFacts(header.get(found.features[j]));
            }
            Sink taker = start.begin(found.features());
            return (cells, row, line) -> take(found, taker, cells, row, line);
        }

        private void take(Roles found, Sink taker, CsvRecord cells, long row, long line) {
            boolean missing = false;
            for (int j = 0; j < values.length; j++) {
                values[j] = facts[j].value(cells.getField(found.features[j]).strip(), row, line);
                missing |= facts[j].wasMissing();
            }
            String name = found.label < 0 ? "" : cells.getField(found.label).strip();
            double w = 1;
            if (found.label >= 0 && Numbers.isMissing(name)) {
                name = "";
                if (!labelOptional) {
                    missing = true;
                    refuse(found.label, found, row, line);
                }
            }
            if (found.weight >= 0) {
                String cell = cells.getField(found.weight).strip();
                if (Numbers.isMissing(cell)) {
                    missing = true;
                    refuse(found.weight, found, row, line);
                } else {
                    w = weight(cell, found, row, line);
                }
            }
            if (missing && dropMissing) {
                dropped++;
            } else if (!missing) {
                rows++;
                taker.take(values, name, w, row);
            }
        }

        private void refuse(int position, Roles found, long row, long line) {
            Arguments.require(
                    dropMissing,
                    "missing value in %s of %s (--drop-missing leaves such rows out)",
                    new Column.Cell(row, line, "").place(found.name(position)),
                    path);
        }

        private double weight(String cell, Roles found, long row, long line) {
            double w = Numbers.parse(cell);
            Arguments.require(
                    Double.isFinite(w) && w >= 0,
                    "the weight in %s of %s is '%s', but weights must be finite numbers and not negative",
                    new Column.Cell(row, line, cell).place(found.name(found.weight)),
                    path,
                    cell);
            return w;
        }

        Summary summary(String sha256) {
            Roles found = roles;
            if (found == null) {
                throw new IllegalStateException("no header was read");
            }
            boolean chosen = features != null;
            List<Integer> kept = new ArrayList<>();
            for (int j = 0; j < facts.length; j++) {
                if (facts[j].isUsed(path, chosen, dropMissing)) {
                    kept.add(j);
                }
            }
            Arguments.require(!kept.isEmpty(), "%s has no numeric column left to use", path);
            Arguments.require(rows > 0, "every row of %s has a missing value in the columns used", path);
            return new Summary(
                    path.toString(),
                    sha256,
                    rows,
                    dropped,
                    found.names.size(),
                    kept.stream().map(j -> facts[j].name).toList(),
                    kept,
                    found.label >= 0);
        }
    }
}

package io.verity.estimators.states;

import io.verity.estimators.data.DataReader;
import io.verity.estimators.data.DataTable;
import io.verity.estimators.data.NumericArray;
import io.verity.estimators.data.NumpyFiles;
import io.verity.stats.Arguments;
import io.verity.stats.Names;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Hidden states with what is known of each text: labels, a split, groups. Read from
 *
 * <ul>
 *   <li>a folder written by {@code verity probe embed} ({@link StateFolder}): its layers and the columns of its {@code labels.csv};
 *   <li>an {@code .npz} file with arrays {@code X_pos_l} and {@code X_neg_l} (positives, then negatives; column {@code label} is 1
 *       and 0), or else with matrices (one layer each, in natural order of their names) and vectors of numbers or texts (columns of
 *       their names);
 *   <li>an {@code .npy} file: one layer, no columns;
 *   <li>a CSV file: one layer of its columns of numbers, those that were asked for left out.
 * </ul>
 *
 * @param origin the path as it was given
 * @param layers the states
 * @param columns name to one text per row; whole numbers without a point
 * @param facts what an outcome says of its data: {@code file}, {@code rows}, {@code layers}, {@code sha256} or {@code key}, ...
 */
public record StateSet(
        String origin, LayerSource layers, Map<String, List<String>> columns, Map<String, @Nullable Object> facts) {

    /** Checks the lengths of the columns and copies. */
    public StateSet {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        columns.forEach((name, cells) -> {
            Arguments.require(
                    cells.size() == layers.rows(),
                    "%s has %d rows of states, but column '%s' has %d",
                    origin,
                    layers.rows(),
                    name,
                    cells.size());
            copy.put(name, List.copyOf(cells));
        });
        columns = Collections.unmodifiableMap(copy);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /**
     * @param path a folder of states, or an {@code .npz}, {@code .npy} or CSV file
     * @param wanted references of the columns that are no states (label, split, group); only a CSV file needs them, to tell them
     *     from numbers that are
     * @return its states, loaded when asked for
     * @throws IllegalArgumentException if there is no such file, it is none of these, it is damaged, or its layers disagree in rows
     */
    public static StateSet read(Path path, Collection<String> wanted) {
        Arguments.require(Files.exists(path), "no such file: %s", path);
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (Files.isDirectory(path)) {
            return StateFolder.read(path);
        }
        if (name.endsWith(".npz")) {
            return NpzStates.read(path);
        }
        return name.endsWith(".npy") ? npy(path) : csv(path, wanted);
    }

    private static StateSet npy(Path path) {
        NumericArray array = NumpyFiles.read(path).requireFinite(path.toString());
        Arguments.require(!array.vector(), "%s holds a vector; states are a matrix with one row per text", path);
        LayerSource layers = LayerSource.of(List.of(stem(path)), List.of(array.toMatrix()));
        return new StateSet(path.toString(), layers, Map.of(), facts(path, layers));
    }

    private static StateSet csv(Path path, Collection<String> wanted) {
        DataTable raw = DataReader.withDefaults().withText(wanted).read(path);
        Set<String> names = new LinkedHashSet<>();
        wanted.forEach(reference -> names.add(raw.resolve(reference)));
        double[][] rows = raw.matrix(raw.numericColumns(names));
        Map<String, List<String>> columns = new LinkedHashMap<>();
        names.forEach(name -> columns.put(name, raw.texts(name)));
        LayerSource layers = LayerSource.of(List.of(stem(path)), List.of(new DMatrixRMaj(rows)));
        return new StateSet(path.toString(), layers, columns, new LinkedHashMap<>(raw.facts()));
    }

    static Map<String, @Nullable Object> facts(Path path, LayerSource layers) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("file", path.toString());
        facts.put("rows", (long) layers.rows());
        facts.put("layers", (long) layers.layers());
        return facts;
    }

    private static String stem(Path path) {
        String name = String.valueOf(path.getFileName());
        int dot = name.indexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /**
     * @param name of a column
     * @return one text per row
     * @throws IllegalArgumentException if there is none; the nearest name is suggested
     */
    public List<String> column(String name) {
        List<String> cells = columns.get(name);
        if (cells == null) {
            throw new IllegalArgumentException(
                    columns.isEmpty()
                            ? origin + " holds states alone, and no column '" + name + "'"
                            : "no column '" + name + "' in " + origin + Names.suggestion(name, columns.keySet(), "")
                                    + " (columns: " + String.join(", ", columns.keySet()) + ")");
        }
        return cells;
    }

    /**
     * @param layer 0-based
     * @return that layer
     * @throws IllegalArgumentException if a value is not finite; it is placed
     */
    public DMatrixRMaj finite(int layer) {
        DMatrixRMaj matrix = layers.load(layer);
        new NumericArray(matrix.getNumRows(), matrix.getNumCols(), false, matrix.data)
                .requireFinite(layers.name(layer) + " of " + origin);
        return matrix;
    }
}

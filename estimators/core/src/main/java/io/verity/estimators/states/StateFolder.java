package io.verity.estimators.states;

import io.verity.estimators.data.DataReader;
import io.verity.estimators.data.DataTable;
import io.verity.estimators.data.NumericArray;
import io.verity.estimators.data.NumpyFiles;
import io.verity.stats.Arguments;
import io.verity.stats.IoReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A folder of states: {@code layer-00.npy}, {@code layer-01.npy}, ... (rows x width, 4-byte floats), {@code index.json} (what
 * they are), and {@code labels.csv} (the other columns of the file of texts) where there were any. {@code index.json} is written
 * last, so a folder that was not finished is never taken for whole.
 */
final class StateFolder {
    static final String INDEX = "index.json";
    static final String COLUMNS = "labels.csv";

    private StateFolder() {}

    /** The index of a whole folder; empty where there is none, or it cannot be used. */
    static Optional<StateIndex> index(Path folder) {
        Path file = folder.resolve(INDEX);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(StateIndex.parse(file.toString(), Files.readString(file)));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static StateSet read(Path folder) {
        Path file = folder.resolve(INDEX);
        Arguments.require(
                Files.isRegularFile(file),
                "%s has no %s: it is no folder of states, or was not finished (verity probe embed makes one)",
                folder,
                INDEX);
        StateIndex index;
        try {
            index = StateIndex.parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + IoReason.of(e), e);
        }
        index.layers().forEach(layer -> checkSize(folder.resolve(layer.file()), index.rows(), layer.width()));
        Map<String, @Nullable Object> facts = StateSet.facts(folder, new Layers(folder, index));
        facts.put("model", index.model());
        facts.put("pooling", index.encoding().pooling().label());
        facts.put("cut", (long) index.cut());
        facts.put("key", index.key());
        return new StateSet(folder.toString(), new Layers(folder, index), columns(folder), facts);
    }

    private static void checkSize(Path file, int rows, int width) {
        long expected = NumpyFiles.floatHeader(rows, width).length + 4L * rows * width;
        long found;
        try {
            found = Files.size(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " is missing; compute the states again", e);
        }
        Arguments.require(
                found == expected,
                "%s has %d bytes instead of %d for %d x %d floats; compute the states again",
                file,
                found,
                expected,
                rows,
                width);
    }

    private static Map<String, List<String>> columns(Path folder) {
        Path file = folder.resolve(COLUMNS);
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        List<String> names = DataReader.withDefaults().names(file);
        DataTable table = DataReader.withDefaults().withText(names).read(file);
        Map<String, List<String>> columns = new LinkedHashMap<>();
        for (String name : names) {
            columns.put(name, table.texts(name));
        }
        return columns;
    }

    private record Layers(Path folder, StateIndex index) implements LayerSource {
        @Override
        public int layers() {
            return index.layers().size();
        }

        @Override
        public String name(int layer) {
            return entry(layer).name();
        }

        private StateIndex.Layer entry(int layer) {
            return index.layers().get(NpzStates.checked(layer, layers()));
        }

        @Override
        public int rows() {
            return index.rows();
        }

        @Override
        public DMatrixRMaj load(int layer) {
            Path file = folder.resolve(entry(layer).file());
            NumericArray array = NumpyFiles.read(file);
            Arguments.require(
                    array.rows() == rows() && array.columns() == entry(layer).width(),
                    "%s holds %d x %d numbers, but the index says %d x %d",
                    file,
                    array.rows(),
                    array.columns(),
                    rows(),
                    entry(layer).width());
            return array.requireFinite(file.toString()).toMatrix();
        }
    }

    /** UTF-8 text of a file in the folder. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.verity.estimators.states;

import io.verity.estimators.data.NumericArray;
import io.verity.estimators.data.NumpyFiles;
import io.verity.stats.Arguments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** Layers in an {@code .npz} file, read one at a time. */
final class NpzStates {
    private static final Pattern SIGNED = Pattern.compile("X_(pos|neg)_(\\d{1,6})");
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private NpzStates() {}

    static StateSet read(Path path) {
        List<String> names = NumpyFiles.names(path);
        Arguments.require(!names.isEmpty(), "%s holds no arrays", path);
        boolean signed = names.stream().anyMatch(name -> SIGNED.matcher(name).matches());
        return signed ? signed(path, names) : plain(path, names);
    }

    /** The authors' layout: for every layer the states of the positive and of the negative texts. */
    private static StateSet signed(Path path, List<String> names) {
        Map<Integer, String> positives = new TreeMap<>();
        Map<Integer, String> negatives = new TreeMap<>();
        for (String name : names) {
            Matcher matcher = SIGNED.matcher(name);
            if (matcher.matches()) {
                (matcher.group(1).equals("pos") ? positives : negatives).put(Integer.valueOf(matcher.group(2)), name);
            }
        }
        List<Stacked> parts = new ArrayList<>();
        positives.forEach((layer, name) -> {
            String other = negatives.remove(layer);
            Arguments.require(other != null, "%s has an array %s, but no X_neg_%d", path, name, layer);
            parts.add(new Stacked(LayerSource.defaultName(layer), name, String.valueOf(other)));
        });
        negatives.forEach(
                (layer, name) -> Arguments.require(false, "%s has an array %s, but no X_pos_%d", path, name, layer));
        int positive = NumpyFiles.read(path, parts.get(0).positive()).rows();
        int negative = NumpyFiles.read(path, parts.get(0).negative()).rows();
        List<String> labels = new ArrayList<>(Collections.nCopies(positive, "1"));
        labels.addAll(Collections.nCopies(negative, "0"));
        LayerSource layers = new Signed(path, parts, positive, negative);
        return new StateSet(path.toString(), layers, Map.of("label", labels), StateSet.facts(path, layers));
    }

    private record Stacked(String name, String positive, String negative) {}

    private record Signed(Path path, List<Stacked> parts, int positives, int negatives) implements LayerSource {
        @Override
        public int layers() {
            return parts.size();
        }

        @Override
        public String name(int layer) {
            return parts.get(checked(layer, layers())).name();
        }

        @Override
        public int rows() {
            return positives + negatives;
        }

        @Override
        public DMatrixRMaj load(int layer) {
            Stacked part = parts.get(checked(layer, layers()));
            NumericArray above = matrix(path, part.positive(), positives);
            NumericArray below = matrix(path, part.negative(), negatives);
            Arguments.require(
                    above.columns() == below.columns(),
                    "in %s, %s has %d columns, but %s has %d",
                    path,
                    part.positive(),
                    above.columns(),
                    part.negative(),
                    below.columns());
            DMatrixRMaj stacked = new DMatrixRMaj(rows(), above.columns());
            System.arraycopy(above.values(), 0, stacked.data, 0, above.values().length);
            System.arraycopy(below.values(), 0, stacked.data, above.values().length, below.values().length);
            return stacked;
        }
    }

    /** Every matrix is a layer, every vector of numbers or texts a column. */
    private static StateSet plain(Path path, List<String> names) {
        List<String> layers = new ArrayList<>();
        Map<String, List<String>> columns = new LinkedHashMap<>();
        int rows = 0;
        for (String name : names.stream().sorted(NATURAL).toList()) {
            Optional<List<String>> texts = NumpyFiles.texts(path, name);
            if (texts.isPresent()) {
                columns.put(name, texts.get());
                continue;
            }
            NumericArray array = NumpyFiles.read(path, name);
            if (array.vector()) {
                columns.put(name, texts(array));
            } else {
                rows = layers.isEmpty() ? array.rows() : rows;
                layers.add(name);
            }
        }
        Arguments.require(!layers.isEmpty(), "%s holds vectors only; states are matrices with one row per text", path);
        LayerSource source = new Plain(path, layers, rows);
        return new StateSet(path.toString(), source, columns, StateSet.facts(path, source));
    }

    private static List<String> texts(NumericArray vector) {
        return IntStream.range(0, vector.rows())
                .mapToObj(i -> NumpyFiles.text(vector.values()[i]))
                .toList();
    }

    private record Plain(Path path, List<String> matrices, int rows) implements LayerSource {
        @Override
        public int layers() {
            return matrices.size();
        }

        @Override
        public String name(int layer) {
            return matrices.get(checked(layer, layers()));
        }

        @Override
        public DMatrixRMaj load(int layer) {
            return matrix(path, name(layer), rows).toMatrix();
        }
    }

    private static NumericArray matrix(Path path, String name, int rows) {
        NumericArray array = NumpyFiles.read(path, name);
        Arguments.require(
                !array.vector(), "array '%s' of %s is a vector; states are a matrix with one row per text", name, path);
        Arguments.require(
                array.rows() == rows,
                "array '%s' of %s has %d rows, but %d are expected",
                name,
                path,
                array.rows(),
                rows);
        return array.requireFinite("array '" + name + "' of " + path);
    }

    static int checked(int layer, int layers) {
        Arguments.require(
                layer >= 0 && layer < layers, "there is no layer %d; the layers are 0 to %d", layer, layers - 1);
        return layer;
    }

    /** Numbers inside names count as numbers: {@code layer_2} comes before {@code layer_10}. */
    private static final Comparator<String> NATURAL = Comparator.comparing(NpzStates::padded);

    private static String padded(String name) {
        return DIGITS.matcher(name)
                .replaceAll(found -> "0".repeat(Math.max(0, 12 - found.group().length())) + found.group());
    }
}

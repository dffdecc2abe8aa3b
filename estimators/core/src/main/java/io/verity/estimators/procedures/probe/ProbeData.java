package io.verity.estimators.procedures.probe;

import io.verity.estimators.data.DataReader;
import io.verity.estimators.data.DataTable;
import io.verity.estimators.data.Labels;
import io.verity.estimators.logistic.SingleClassException;
import io.verity.estimators.probe.Split;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.states.ProbeEmbed;
import io.verity.estimators.states.LayerSource;
import io.verity.estimators.states.StateSet;
import io.verity.estimators.states.TextStates;
import io.verity.stats.Arguments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * What a probe command reads: hidden states in layers, labels, a split, groups and weights.
 *
 * @param layers the states
 * @param features names of the columns, where the states are columns of a table; else empty
 * @param y class of every row, 0, 1, ...; empty where no label was asked for
 * @param classes label of every class
 * @param split which rows train, validate and test
 * @param weights case weight of every row, where there are any
 * @param facts for the {@code data} part of an outcome
 * @param warnings what the user should know
 */
@SuppressWarnings("ArrayRecordComponent") // columns; two are never compared
record ProbeData(
        LayerSource layers,
        List<String> features,
        int[] y,
        List<String> classes,
        @Nullable Split split,
        Optional<double[]> weights,
        Map<String, @Nullable Object> facts,
        List<String> warnings) {
    /** The paper's seed of the split. */
    static final long SEED = 42;

    private static final String LABEL = "label";
    private static final String SPLIT = "split";
    private static final String GROUP = "group";
    private static final String WEIGHT = "weight";
    private static final String STATES = "states";
    private static final String LAYERS = "layers";
    private static final String TEXT = "text";
    private static final String ARRAY = ".npy";
    private static final int NAMED = 8;

    /** Options that say where states and labels come from. */
    static List<Option> options(boolean labelled) {
        List<Option> options = new ArrayList<>(List.of(
                Option.required(
                        "data",
                        Option.Kind.FILE,
                        "CSV file (states as columns, or texts), or states: .npy, .npz or a folder of 'probe embed'"),
                labelled
                        ? Option.required(LABEL, Option.Kind.TEXT, "column of the label: name or 1-based position")
                        : Option.of(LABEL, Option.Kind.TEXT, "column of the label, where the rows have one"),
                Option.of(
                        STATES,
                        Option.Kind.FILE,
                        "states of the rows of --data: .npy, .npz or a folder of 'probe embed'"),
                Option.of(
                        TEXT,
                        Option.Kind.TEXT,
                        "column of texts of --data, whose states --model computes (kept for the next time)"),
                ProbeEmbed.model(),
                ProbeEmbed.pooling(),
                ProbeEmbed.maxTokens(),
                ProbeEmbed.prefix(),
                ProbeEmbed.offline(),
                ProbeEmbed.layers(),
                Option.of(
                        "features",
                        Option.Kind.TEXT,
                        "columns of the states in a table: a,b,c or 3-12 (1-based); default: every other numeric column"),
                Option.of("positive", Option.Kind.TEXT, "label of class 1; default: the larger of the two"),
                Option.separator(),
                Option.dropMissing()));
        return options;
    }

    /** Options that say which rows train, validate and test. */
    static List<Option> splitOptions() {
        return List.of(
                Option.of(
                        SPLIT,
                        Option.Kind.TEXT,
                        "column with train, val or test; default: 64/16/20 % drawn with --seed"),
                Option.of(GROUP, Option.Kind.TEXT, "column of groups whose rows stay together, such as pairs"),
                Option.of(WEIGHT, Option.Kind.TEXT, "column of case weights"));
    }

    /** Reads the data of a command with {@link #options} and, where labelled, {@link #splitOptions}. */
    static ProbeData read(Inputs inputs, boolean multiclass) {
        Source source = source(inputs, multiclass);
        List<String> warnings = new ArrayList<>();
        if (source.dropped > 0) {
            warnings.add(source.dropped + " rows with missing values were left out");
        }
        Map<String, @Nullable Object> facts = new LinkedHashMap<>(source.facts);
        Optional<String> label = inputs.optionalText(LABEL);
        if (label.isEmpty()) {
            return new ProbeData(
                    source.layers, source.features, new int[0], List.of(), null, Optional.empty(), facts, warnings);
        }
        List<String> cells = text(source, inputs, LABEL).orElse(List.of());
        List<String> classes = new ArrayList<>();
        int[] y = classes(cells, inputs, multiclass, classes);
        int[] groups = text(source, inputs, GROUP).map(ProbeData::ids).orElse(null);
        long seed = inputs.seed() == null ? SEED : inputs.seed();
        Split split = text(source, inputs, SPLIT)
                .map(Split::ofColumn)
                .map(s -> groups == null ? s : s.withGroups(groups))
                .orElseGet(() -> groups == null ? Split.stratified(y, seed) : Split.grouped(y, groups, seed));
        Map<String, @Nullable Object> counts = new LinkedHashMap<>();
        for (int c = 0; c < classes.size(); c++) {
            int k = c;
            counts.put(classes.get(c), Arrays.stream(y).filter(v -> v == k).count());
        }
        facts.put("classes", List.copyOf(classes));
        facts.put("labels", counts);
        facts.put("train", (long) split.train().length);
        facts.put("validation", (long) split.validation().length);
        facts.put("test", (long) split.test().length);
        Optional<double[]> weights = text(source, inputs, WEIGHT).map(ProbeData::numbers);
        text(source, inputs, TEXT)
                .flatMap(texts -> RepeatedTexts.warning(texts, split))
                .ifPresent(warnings::add);
        return new ProbeData(source.layers, source.features, y, classes, split, weights, facts, warnings);
    }

    private static int[] classes(List<String> cells, Inputs inputs, boolean multiclass, List<String> classes) {
        List<String> found = Labels.naturalOrder(new LinkedHashSet<>(cells));
        if (multiclass) {
            classes.addAll(found);
            return cells.stream().mapToInt(found::indexOf).toArray();
        }
        Labels labels;
        try {
            labels = Labels.of(cells, inputs.optionalText("positive").orElse(null));
        } catch (IllegalArgumentException e) {
            throw found.size() <= 2
                    ? e
                    : new IllegalArgumentException(
                            e.getMessage() + "; --multiclass (multiclass=true) fits one direction per class", e);
        }
        String positive = labels.positive();
        String negative = labels.negative();
        classes.add(negative == null ? "(none)" : negative);
        classes.add(positive == null ? "(none)" : positive);
        return Arrays.stream(labels.signs()).map(s -> s > 0 ? 1 : 0).toArray();
    }

    private static Optional<List<String>> text(Source source, Inputs inputs, String option) {
        Optional<String> named = declared(inputs, option) ? inputs.optionalText(option) : Optional.empty();
        return named.map(reference -> {
            List<String> cells = source.columns.get(reference);
            return cells == null ? List.<String>of() : cells;
        });
    }

    private static int[] ids(List<String> groups) {
        Map<String, Integer> ids = new LinkedHashMap<>();
        return groups.stream()
                .mapToInt(g -> ids.computeIfAbsent(g, k -> ids.size()))
                .toArray();
    }

    private static double[] numbers(List<String> cells) {
        double[] values = new double[cells.size()];
        for (int i = 0; i < values.length; i++) {
            try {
                values[i] = Double.parseDouble(cells.get(i));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "the weight of row " + (i + 1) + " is '" + cells.get(i) + "', which is not a number", e);
            }
        }
        return values;
    }

    /** States, and the columns that were asked for by the words with which they were asked for. */
    private record Source(
            LayerSource layers,
            List<String> features,
            Map<String, List<String>> columns,
            int dropped,
            Map<String, @Nullable Object> facts) {}

    private static Source source(Inputs inputs, boolean multiclass) {
        List<String> wanted = Stream.of(LABEL, SPLIT, GROUP, WEIGHT, TEXT)
                .filter(o -> declared(inputs, o))
                .flatMap(o -> inputs.optionalText(o).stream())
                .distinct()
                .toList();
        Path data = inputs.file("data");
        String name = name(data);
        Optional<Path> states = inputs.optionalFile(STATES);
        boolean texts = inputs.optionalText(TEXT).isPresent();
        Arguments.require(!texts || states.isEmpty(), "--text and --states exclude each other: give one of them");
        if (Files.isDirectory(data) || name.endsWith(".npz")) {
            StateSet set = StateSet.read(data, List.of());
            Map<String, List<String>> columns = new LinkedHashMap<>();
            wanted.forEach(reference -> columns.put(reference, complete(data, reference, set.column(reference))));
            LayerSource layers =
                    states.map(path -> StateSet.read(path, List.of()).layers()).orElse(set.layers());
            Arguments.require(!texts, "--text needs a CSV file as --data, but %s holds states", data);
            return new Source(chosen(inputs, layers, columns), List.of(), columns, 0, set.facts());
        }
        return texts ? embedded(inputs, data, wanted, multiclass) : table(inputs, data, wanted, states);
    }

    /**
     * Refuses missing cells, which arrays of numbers, and texts made of them, hold as nan: states have no rows to leave out with
     * them.
     */
    private static List<String> complete(Path data, String column, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            Arguments.require(
                    !DataTable.isMissing(cell) && !cell.strip().equalsIgnoreCase("nan"),
                    "column '%s' of %s has no value in row %d; save states and columns without that row",
                    column,
                    data,
                    i + 1);
        }
        return cells;
    }

    private static String name(Path data) {
        return String.valueOf(data.getFileName()).toLowerCase(Locale.ROOT);
    }

    /** States of the texts of a column, computed now or known from another time. */
    private static Source embedded(Inputs inputs, Path data, List<String> wanted, boolean multiclass) {
        DataTable raw = DataReader.withDefaults()
                .withSeparator(inputs.text("sep"))
                .withText(wanted)
                .withColumns(wanted)
                .read(data);
        Map<String, String> names = new LinkedHashMap<>();
        wanted.forEach(reference -> names.put(reference, raw.resolve(reference)));
        DataTable table =
                raw.complete(new ArrayList<>(new LinkedHashSet<>(names.values())), inputs.flag("drop-missing"));
        Map<String, List<String>> columns = new LinkedHashMap<>();
        names.forEach((reference, column) -> columns.put(reference, table.texts(column)));
        checkLabels(inputs, columns, multiclass);
        Map<String, @Nullable Object> facts = new LinkedHashMap<>(table.facts());
        ProbeEmbed.provide(inputs).ifPresent(sentence -> facts.put("fetched", sentence));
        StateSet set = TextStates.of(inputs.text("model"))
                .with(ProbeEmbed.encoding(inputs))
                .withThreads(inputs.backend().info().threads())
                .withProgress(inputs.progress())
                .of(columns.getOrDefault(inputs.text(TEXT), List.of()), Map.of());
        set.facts().forEach(facts::putIfAbsent);
        return new Source(chosen(inputs, set.layers(), columns), List.of(), columns, table.droppedRows(), facts);
    }

    /** Refuses at once what would be refused after minutes of work on the texts. */
    private static void checkLabels(Inputs inputs, Map<String, List<String>> columns, boolean multiclass) {
        Optional<List<String>> cells = inputs.optionalText(LABEL).map(columns::get);
        if (cells.isEmpty()) {
            return;
        }
        classes(cells.get(), inputs, multiclass, new ArrayList<>());
        if (cells.get().stream().distinct().count() == 1) {
            throw SingleClassException.of(cells.get().get(0), cells.get().size());
        }
        inputs.optionalText(SPLIT).map(columns::get).ifPresent(Split::ofColumn);
    }

    private static boolean declared(Inputs inputs, String option) {
        return inputs.effective().containsKey(option);
    }

    private static Source table(Inputs inputs, Path data, List<String> wanted, Optional<Path> states) {
        DataReader reader =
                DataReader.withDefaults().withSeparator(inputs.text("sep")).withText(wanted);
        DataTable raw = (states.isPresent() && !wanted.isEmpty() ? reader.withColumns(wanted) : reader).read(data);
        Map<String, String> names = new LinkedHashMap<>();
        Arguments.require(
                !name(data).endsWith(ARRAY)
                        || inputs.optionalText(LABEL).stream()
                                .allMatch(l ->
                                        raw.names().contains(l) || l.chars().allMatch(Character::isDigit)),
                "%s holds states and no column '%s': give the table that has it as --data, and this file as --states",
                data,
                inputs.optionalText(LABEL).orElse(""));
        wanted.forEach(reference -> names.put(reference, raw.resolve(reference)));
        Map<String, List<String>> columns = new LinkedHashMap<>();
        if (states.isPresent()) {
            StateSet set = StateSet.read(states.get(), List.of());
            names.forEach((reference, column) -> columns.put(reference, raw.texts(column)));
            Map<String, @Nullable Object> facts = new LinkedHashMap<>(raw.facts());
            facts.put(STATES, set.origin());
            return new Source(chosen(inputs, set.layers(), columns), List.of(), columns, 0, facts);
        }
        List<String> features = inputs.optionalText("features")
                .map(raw::select)
                .orElseGet(() -> raw.numericColumns(Set.copyOf(names.values())));
        features.stream().filter(names::containsValue).findFirst().ifPresent(column -> {
            throw new IllegalArgumentException("column '" + column + "' is among the features and used otherwise");
        });
        Set<String> used = new LinkedHashSet<>(features);
        used.addAll(names.values());
        DataTable table = raw.complete(new ArrayList<>(used), inputs.flag("drop-missing"));
        names.forEach((reference, column) -> columns.put(reference, table.texts(column)));
        Arguments.require(
                !features.isEmpty(),
                "%s has no numeric column left to use; where a column holds texts, --text names it, and where the states are in another"
                        + " file, --states does",
                data);
        DMatrixRMaj x = new DMatrixRMaj(table.matrix(features));
        LayerSource layers = LayerSource.of(List.of(String.valueOf(data.getFileName())), List.of(x));
        Map<String, @Nullable Object> facts = new LinkedHashMap<>(table.facts());
        facts.put("features", features);
        // An array's columns have no names of their own: x1, x2, ... must not stand in the way of a probe's names.
        boolean array =
                name(data).endsWith(ARRAY) && inputs.optionalText("features").isEmpty();
        return new Source(layers, array ? List.of() : features, columns, table.droppedRows(), facts);
    }

    /** The layers asked for, whose rows must be those of the columns. */
    private static LayerSource chosen(Inputs inputs, LayerSource layers, Map<String, List<String>> columns) {
        columns.forEach((reference, cells) -> Arguments.require(
                cells.size() == layers.rows(),
                "the states have %d rows, but column '%s' of %s has %d",
                layers.rows(),
                reference,
                inputs.file("data"),
                cells.size()));
        return layers.select(inputs.text(LAYERS));
    }

    /** For a command that draws its own. */
    ProbeData withoutSplit() {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>(facts);
        kept.keySet().removeAll(Set.of("train", "validation", "test"));
        return new ProbeData(layers, features, y, classes, null, weights, kept, warnings);
    }

    /** The split, of a command that requires a label. */
    Split splitOrThrow() {
        if (split == null) {
            throw new IllegalArgumentException("option --label is required here");
        }
        return split;
    }

    /** Name of a column, from 0. */
    String feature(int j) {
        return features.isEmpty() ? "x" + (j + 1) : features.get(j);
    }

    /** Names of columns given by their positions from 0. */
    List<String> features(int[] positions) {
        return Arrays.stream(positions).mapToObj(this::feature).toList();
    }

    /** Says which columns were left out, by their names. */
    String excluded(int[] positions) {
        int more = positions.length - NAMED;
        return (positions.length == 1 ? "column " : "columns ")
                + String.join(", ", features(positions).subList(0, Math.min(NAMED, positions.length)))
                + (more > 0 ? " and " + more + " more" : "")
                + (positions.length == 1 ? " does" : " do")
                + " not vary beside the others in the training rows and got weight 0";
    }

    /** One line for the terminal. */
    String describe() {
        Object file = facts.get("file");
        StringBuilder text = new StringBuilder(file == null ? "states" : file.toString())
                .append(": ")
                .append(layers.rows())
                .append(" rows");
        if (layers.layers() > 1) {
            text.append(", ").append(layers.layers()).append(" layers");
        }
        for (int c = 0; c < classes.size(); c++) {
            int k = c;
            text.append(c == 0 ? "; " : ", ")
                    .append("class ")
                    .append(c)
                    .append(" = ")
                    .append(classes.get(c))
                    .append(" (")
                    .append(Arrays.stream(y).filter(v -> v == k).count())
                    .append(')');
        }
        Split parts = split;
        if (parts != null) {
            text.append("; ")
                    .append(parts.train().length)
                    .append(" train, ")
                    .append(parts.validation().length)
                    .append(" validation, ")
                    .append(parts.test().length)
                    .append(" test");
        }
        return text.toString();
    }
}

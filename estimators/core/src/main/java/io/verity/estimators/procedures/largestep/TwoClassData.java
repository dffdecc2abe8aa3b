package io.verity.estimators.procedures.largestep;

import io.verity.estimators.data.DataReader;
import io.verity.estimators.data.DataTable;
import io.verity.estimators.data.Labels;
import io.verity.estimators.largestep.SeparableData;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user's two-class data file: the options that describe it, and what they make of it.
 *
 * @param table the file, without dropped rows
 * @param features names of the feature columns, in the order of the coefficients
 * @param labels which label is which sign
 * @param data the signed rows
 */
record TwoClassData(DataTable table, List<String> features, Labels labels, SeparableData data) {

    /** The options that every command on two-class data takes. */
    static List<Option> options() {
        return List.of(
                Option.required(
                        "data",
                        Option.Kind.FILE,
                        "CSV file with a header row (perhaps gzipped), or .npy matrix (columns x1, x2, ...)"),
                Option.required("label", Option.Kind.TEXT, "column of the label: name or 1-based position"),
                Option.of(
                        "features",
                        Option.Kind.TEXT,
                        "feature columns: a,b,c or 3-12 (1-based); default: every other numeric column"),
                Option.of("positive", Option.Kind.TEXT, "label of the positive class; default: the larger of the two"),
                Option.flag("intercept", "append a column of ones (it counts in the radius and the margin)"),
                Option.of("sep", Option.Kind.TEXT, "separator of the cells: one character or 'tab'")
                        .withDefault(","),
                Option.flag("drop-missing", "leave out rows with a missing value instead of refusing them"));
    }

    static TwoClassData read(Inputs inputs) {
        String label = inputs.text("label");
        DataTable raw = DataReader.withDefaults()
                .withSeparator(inputs.text("sep"))
                .withText(List.of(label))
                .read(inputs.file("data"));
        String labelColumn = raw.resolve(label);
        List<String> features = features(raw, inputs.optionalText("features").orElse(null), labelColumn);
        Set<String> used = new LinkedHashSet<>(features);
        used.add(labelColumn);
        DataTable table = raw.complete(new ArrayList<>(used), inputs.flag("drop-missing"));
        Labels labels = Labels.of(
                table.texts(labelColumn), inputs.optionalText("positive").orElse(null));
        SeparableData data = SeparableData.of(table.matrix(features), labels.signs(), inputs.flag("intercept"));
        return new TwoClassData(table, features, labels, data);
    }

    private static List<String> features(DataTable table, @Nullable String selection, String labelColumn) {
        if (selection == null) {
            return table.numericColumns(Set.of(labelColumn));
        }
        List<String> selected = table.select(selection);
        if (selected.contains(labelColumn)) {
            throw new IllegalArgumentException("the label column '" + labelColumn + "' is among the features");
        }
        return selected;
    }

    /** Facts for the {@code data} part of an outcome. */
    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>(table.facts());
        facts.put("features", features);
        facts.put("intercept", data.hasIntercept());
        Map<String, Object> mapping = new LinkedHashMap<>();
        if (labels.negative() != null) {
            mapping.put(labels.negative(), -1L);
        }
        if (labels.positive() != null) {
            mapping.put(labels.positive(), 1L);
        }
        facts.put("labels", mapping);
        facts.put("positives", (long) labels.positives());
        facts.put("negatives", (long) labels.negatives());
        facts.put("radius", data.radius());
        return facts;
    }

    /** What the user should know about the data though it is no error. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (table.droppedRows() > 0) {
            warnings.add(table.droppedRows() + " rows with missing values were left out");
        }
        warnings.addAll(data.remarks());
        List<String> constant = table.constantColumns(features);
        if (!constant.isEmpty()) {
            warnings.add("constant column" + (constant.size() == 1 ? "" : "s") + " " + shortened(constant)
                    + ": no information about the label"
                    + (data.hasIntercept()
                            ? ", and the intercept is there already"
                            : "; a non-zero one acts as an intercept"));
        }
        List<String> varying =
                features.stream().filter(f -> !constant.contains(f)).toList();
        List<String> duplicates = table.duplicateColumns(varying);
        if (!duplicates.isEmpty()) {
            warnings.add("duplicate columns (" + shortened(duplicates)
                    + "): their coefficients share one effect and cannot be told apart");
        }
        return warnings;
    }

    private static String shortened(List<String> names) {
        int shown = Math.min(8, names.size());
        return String.join(", ", names.subList(0, shown))
                + (names.size() > shown ? ", and " + (names.size() - shown) + " more" : "");
    }

    /** One line for the terminal. */
    String describe() {
        return table.file() + ": " + data.n() + " rows, " + features.size() + " feature"
                + (features.size() == 1 ? "" : "s") + (data.hasIntercept() ? " and an intercept" : "") + "; label "
                + labels.describe();
    }

    /** 1-based rows of the file. */
    List<Object> sourceRows(int[] rows) {
        List<Object> source = new ArrayList<>();
        for (int row : rows) {
            source.add((long) table.sourceRow(row));
        }
        return source;
    }

    /** Names of the coefficients. */
    List<String> coefficientNames() {
        List<String> names = new ArrayList<>(features);
        if (data.hasIntercept()) {
            names.add("(intercept)");
        }
        return names;
    }
}

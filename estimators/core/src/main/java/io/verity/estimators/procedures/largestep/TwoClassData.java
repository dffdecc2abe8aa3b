package io.verity.estimators.procedures.largestep;

import io.verity.estimators.data.DataTable;
import io.verity.estimators.data.Labels;
import io.verity.estimators.largestep.SeparableData;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.LabelledRows;
import io.verity.estimators.procedures.Option;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
                Option.labelledRows(),
                Option.required("label", Option.Kind.TEXT, "column of the label: name or 1-based position"),
                Option.featureColumns(),
                Option.of("positive", Option.Kind.TEXT, "label of the positive class; default: the larger of the two"),
                Option.flag("intercept", "append a column of ones (it counts in the radius and the margin)"),
                Option.separator(),
                Option.dropMissing());
    }

    static TwoClassData read(Inputs inputs) {
        LabelledRows rows = LabelledRows.read(inputs);
        DataTable table = rows.table();
        Labels labels = Labels.of(
                table.texts(rows.label()), inputs.optionalText("positive").orElse(null));
        SeparableData data = SeparableData.of(table.matrix(rows.features()), labels.signs(), inputs.flag("intercept"));
        return new TwoClassData(table, rows.features(), labels, data);
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

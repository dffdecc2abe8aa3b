package io.verity.estimators.procedures;

import io.verity.estimators.data.DataReader;
import io.verity.estimators.data.DataTable;
import io.verity.stats.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The file that {@link Option#labelledRows}, {@link Option#label}, {@link Option#featureColumns}, {@link Option#separator} and
 * {@link Option#dropMissing} describe.
 *
 * @param table the columns used, without dropped rows
 * @param label name of the label's column
 * @param weight name of the column of case weights, where there is one
 * @param features names of the columns of the features, in their order
 */
public record LabelledRows(DataTable table, String label, Optional<String> weight, List<String> features) {
    /**
     * @param inputs the options
     * @return what the file holds
     * @throws IllegalArgumentException if it cannot be read, lacks a column, or the label is among the features
     */
    public static LabelledRows read(Inputs inputs) {
        return read(inputs, Optional.empty());
    }

    /**
     * With the option {@code weight} as well.
     *
     * @param inputs the options
     * @return what the file holds
     * @throws IllegalArgumentException as {@link #read}, or if the weight is the label or among the features
     */
    public static LabelledRows readWeighted(Inputs inputs) {
        return read(inputs, inputs.optionalText("weight"));
    }

    private static LabelledRows read(Inputs inputs, Optional<String> weighted) {
        String named = inputs.text("label");
        DataTable raw = DataReader.withDefaults()
                .withSeparator(inputs.text("sep"))
                .withText(List.of(named))
                .read(inputs.file("data"));
        String label = raw.resolve(named);
        Optional<String> weight = weighted.map(raw::resolve);
        Set<String> taken = new LinkedHashSet<>(List.of(label));
        weight.ifPresent(taken::add);
        Arguments.require(weight.isEmpty() || taken.size() == 2, "the label column '%s' is the weight, too", label);
        List<String> features =
                inputs.optionalText("features").map(raw::select).orElseGet(() -> raw.numericColumns(taken));
        features.stream().filter(taken::contains).findFirst().ifPresent(column -> {
            throw new IllegalArgumentException("the " + (column.equals(label) ? "label" : "weight") + " column '"
                    + column + "' is among the features");
        });
        Set<String> used = new LinkedHashSet<>(features);
        used.addAll(taken);
        DataTable table = raw.complete(new ArrayList<>(used), inputs.flag("drop-missing"));
        return new LabelledRows(table, label, weight, features);
    }
}

package io.verity.estimators.procedures.logistic;

import io.verity.estimators.data.Classes;
import io.verity.estimators.data.DataTable;
import io.verity.estimators.data.Labels;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.LabelledRows;
import io.verity.estimators.procedures.Option;
import io.verity.stats.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A user's file for a logistic regression.
 *
 * @param table without dropped rows
 * @param features names of the columns, in the order of the coefficients
 * @param classes labels in natural order; of two the second is class 1
 * @param y class of every row, from 0
 * @param x rows x features, as in the file
 * @param weights frequencies of the rows; empty means 1
 */
@SuppressWarnings("ArrayRecordComponent") // columns; two are never compared
record LogisticData(
        DataTable table, List<String> features, List<String> classes, int[] y, DMatrixRMaj x, double[] weights) {
    /** Stands for the class that no row has. */
    private static final String NONE = "(none)";

    static List<Option> options() {
        return List.of(
                Option.labelledRows(),
                Option.label(),
                Option.featureColumns(),
                Option.of("positive", Option.Kind.TEXT, "of two labels the one of class 1; default: the larger"),
                Option.of("weight", Option.Kind.TEXT, "column of case weights: how many equal rows each stands for"),
                Option.separator(),
                Option.dropMissing());
    }

    static LogisticData read(Inputs inputs) {
        LabelledRows rows = LabelledRows.readWeighted(inputs);
        DataTable table = rows.table();
        double[] weights = rows.weight().map(table::numbers).orElse(new double[0]);
        for (int i = 0; i < weights.length; i++) {
            Arguments.require(
                    weights[i] >= 0,
                    "the weight in row %d, column '%s' is %s, but weights must not be negative",
                    table.sourceRow(i),
                    rows.weight().orElse(""),
                    weights[i]);
        }
        List<String> cells = table.texts(rows.label());
        List<String> classes = new ArrayList<>();
        int[] y = classes(cells, inputs.optionalText("positive").orElse(null), classes);
        return new LogisticData(
                table, rows.features(), classes, y, new DMatrixRMaj(table.matrix(rows.features())), weights);
    }

    private static int[] classes(List<String> cells, @Nullable String positive, List<String> classes) {
        Classes all = Classes.of(cells);
        List<String> found = all.names();
        if (found.size() > 2) {
            Arguments.require(
                    positive == null,
                    "--positive goes with two labels, but there are %d: %s",
                    found.size(),
                    String.join(", ", found.subList(0, Math.min(8, found.size()))));
            classes.addAll(found);
            return all.indices(cells);
        }
        Labels labels = Labels.of(cells, positive);
        String one = labels.positive();
        String zero = labels.negative();
        classes.add(zero == null ? NONE : zero);
        classes.add(one == null ? NONE : one);
        return Arrays.stream(labels.signs()).map(s -> s > 0 ? 1 : 0).toArray();
    }

    /** The class of a label, the first where none is given. */
    int classOf(Optional<String> label) {
        int found = label.map(classes::indexOf).orElse(0);
        Arguments.require(
                found >= 0,
                "no class is called '%s'; there are: %s",
                label.orElse(""),
                String.join(", ", classes.subList(0, Math.min(8, classes.size()))));
        return found;
    }

    double totalWeight() {
        return weights.length == 0 ? y.length : Arrays.stream(weights).sum();
    }

    /** Population standard deviations of the columns over the rows, each counted as often as its weight says; 1 for a constant. */
    double[] scales() {
        double[] scales = new double[features.size()];
        double total = totalWeight();
        for (int j = 0; j < scales.length; j++) {
            double mean = 0;
            for (int i = 0; i < y.length; i++) {
                mean += weight(i) * x.get(i, j) / total;
            }
            double squares = 0;
            for (int i = 0; i < y.length; i++) {
                double d = x.get(i, j) - mean;
                squares += weight(i) * d * d / total;
            }
            double sd = Math.sqrt(squares);
            scales[j] = sd > 1e-12 * Math.abs(mean) && sd > 0 ? sd : 1;
        }
        return scales;
    }

    /** Names a class without rows by its label, where a message of the solver could only give its number. */
    void requireRowsOfEachClass(String label) {
        int alone = classes.indexOf(NONE);
        Arguments.require(
                alone < 0,
                "two classes are needed, but the label column '%s' holds '%s' alone",
                table.resolve(label),
                classes.get(1 - Math.max(0, alone)));
        double[] totals = new double[classes.size()];
        for (int i = 0; i < y.length; i++) {
            totals[y[i]] += weight(i);
        }
        for (int k = 0; k < totals.length; k++) {
            Arguments.require(totals[k] > 0, "class '%s' has no row of positive weight", classes.get(k));
        }
    }

    private double weight(int i) {
        return weights.length == 0 ? 1 : weights[i];
    }

    /** The columns divided by their scales. */
    DMatrixRMaj divided(double[] scales) {
        DMatrixRMaj z = x.copy();
        for (int i = 0; i < z.numRows; i++) {
            for (int j = 0; j < scales.length; j++) {
                z.data[i * scales.length + j] /= scales[j];
            }
        }
        return z;
    }

    /** Rows of a class. */
    long count(int k) {
        return Arrays.stream(y).filter(v -> v == k).count();
    }

    Map<String, @Nullable Object> facts() {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>(table.facts());
        facts.put("features", features);
        facts.put("classes", classes);
        Map<String, @Nullable Object> counts = new LinkedHashMap<>();
        IntStream.range(0, classes.size()).forEach(k -> counts.put(classes.get(k), count(k)));
        facts.put("labels", counts);
        if (weights.length > 0) {
            facts.put("totalWeight", totalWeight());
        }
        return facts;
    }

    List<String> warnings() {
        return table.droppedRows() > 0
                ? List.of(table.droppedRows() + " rows with missing values were left out")
                : List.of();
    }

    String describe() {
        StringBuilder text = new StringBuilder(table.file())
                .append(": ")
                .append(y.length)
                .append(" rows, ")
                .append(features.size())
                .append(" columns; ");
        int shown = Math.min(10, classes.size());
        for (int k = 0; k < shown; k++) {
            text.append(k > 0 ? ", " : "")
                    .append(classes.size() == 2 ? "class " + k + " = " : "")
                    .append(classes.get(k))
                    .append(" (")
                    .append(count(k))
                    .append(')');
        }
        return text.append(shown < classes.size() ? ", ..." : "").toString();
    }
}

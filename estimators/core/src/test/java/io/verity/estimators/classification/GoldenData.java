package io.verity.estimators.classification;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.GoldenJson;
import io.verity.estimators.data.DataReader;
import io.verity.estimators.data.DataTable;
import io.verity.estimators.data.Labels;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** Reference values of the classifiers and the data sets they were made with. */
public final class GoldenData {
    /** A data set with labels 0, 1, ... */
    public record Labelled(DMatrixRMaj x, int[] y, int classes) {}

    private GoldenData() {}

    /** A file of reference values. */
    public static JsonNode read(String name) {
        return GoldenJson.read(GoldenData.class, name);
    }

    /** An example data set: iris, wine, breast_cancer or digits. */
    public static Labelled named(String name) {
        String file = name.equals("breast_cancer") ? "wdbc" : name;
        DataTable table = DataReader.withDefaults()
                .withText(List.of("label"))
                .read(Path.of("..", "..", "examples", "data", file + ".csv"));
        List<String> cells = table.texts("label");
        List<String> classes = Labels.naturalOrder(new LinkedHashSet<>(cells));
        return new Labelled(
                new DMatrixRMaj(table.matrix(table.numericColumns(Set.of("label")))),
                cells.stream().mapToInt(classes::indexOf).toArray(),
                classes.size());
    }

    public static DMatrixRMaj matrix(JsonNode rows) {
        DMatrixRMaj x = new DMatrixRMaj(rows.size(), rows.get(0).size());
        for (int i = 0; i < x.numRows; i++) {
            for (int j = 0; j < x.numCols; j++) {
                x.set(i, j, rows.get(i).get(j).asDouble());
            }
        }
        return x;
    }

    public static double[] doubles(JsonNode row) {
        return IntStream.range(0, row.size())
                .mapToDouble(j -> row.get(j).asDouble())
                .toArray();
    }

    public static int[] ints(JsonNode row) {
        return IntStream.range(0, row.size()).map(j -> row.get(j).asInt()).toArray();
    }
}

package io.verity.estimators.largestep;

import io.verity.stats.Arguments;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link Recorder} noted along a run, one entry per recorded iterate. */
public final class Trace {
    private final List<Field> fields;
    private final int[] iterations;
    private final double[][] values;
    private final double @Nullable [][] scaledIterates;
    private final double stepSize;

    Trace(
            List<Field> fields,
            int[] iterations,
            double[][] values,
            double @Nullable [][] scaledIterates,
            double stepSize) {
        this.fields = fields;
        this.iterations = iterations;
        this.values = values;
        this.scaledIterates = scaledIterates;
        this.stepSize = stepSize;
    }

    /** @return number of recorded iterates */
    public int size() {
        return iterations.length;
    }

    /** @return what was noted */
    public List<Field> fields() {
        return List.copyOf(fields);
    }

    /** @return t of every recorded iterate, ascending */
    public int[] iterations() {
        return iterations.clone();
    }

    /**
     * @param field one of {@link #fields()}
     * @return its values, one per recorded iterate
     * @throws IllegalArgumentException if the field was not recorded
     */
    public double[] values(Field field) {
        int k = fields.indexOf(field);
        Arguments.require(k >= 0, "%s was not recorded; the recorder noted %s", field, fields);
        return values[k].clone();
    }

    /**
     * @param k index of a recorded iterate
     * @return \( \theta_t/\gamma \) there (\( \theta_t \) itself for perceptrons)
     * @throws IllegalArgumentException if iterates were not kept
     */
    public double[] scaledIterate(int k) {
        if (scaledIterates == null) {
            throw new IllegalArgumentException("iterates were not kept; ask the recorder with withIterates()");
        }
        return scaledIterates[k].clone();
    }

    /**
     * @param k index of a recorded iterate
     * @return \( \theta_t \) there
     * @throws IllegalArgumentException if iterates were not kept
     */
    public double[] iterate(int k) {
        double[] theta = scaledIterate(k);
        for (int j = 0; j < theta.length; j++) {
            theta[j] *= stepSize;
        }
        return theta;
    }

    /** @return one row per recorded iterate, one column per field */
    public ResultTable toTable() {
        ResultTable.Builder table =
                ResultTable.named("trace", "Along the iterations").integer("t", "t", "");
        fields.forEach(f -> table.number(f.id(), f.id(), f == Field.ANGLE_DEGREES ? "degrees" : ""));
        for (int r = 0; r < iterations.length; r++) {
            List<@Nullable Object> row = new ArrayList<>();
            row.add((long) iterations[r]);
            for (double[] column : values) {
                row.add(column[r]);
            }
            table.row(row.toArray());
        }
        return table.build();
    }

    @Override
    public String toString() {
        return "Trace[" + iterations.length + " iterates of " + Arrays.toString(fields.toArray()) + "]";
    }
}

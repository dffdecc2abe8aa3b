package io.verity.estimators.probe;

import io.verity.stats.Arguments;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** Rows of a matrix of examples and their labels: checks, copies and selections. */
final class Rows {
    private static final int SHOWN = 8;

    private Rows() {}

    /** A checked copy. */
    static DMatrixRMaj of(double[][] x) {
        Arguments.finiteMatrix("X", x);
        DMatrixRMaj matrix = new DMatrixRMaj(x.length, x[0].length);
        for (int i = 0; i < x.length; i++) {
            System.arraycopy(x[i], 0, matrix.data, i * matrix.numCols, matrix.numCols);
        }
        return matrix;
    }

    /** The matrix itself, if it has rows and columns and every entry is finite. */
    static DMatrixRMaj finite(DMatrixRMaj x) {
        Arguments.require(x.numRows > 0, "X has no rows");
        Arguments.require(x.numCols > 0, "X has no columns");
        int size = x.numRows * x.numCols;
        for (int k = 0; k < size; k++) {
            if (!Double.isFinite(x.data[k])) {
                Arguments.require(
                        false,
                        "X has the non-finite value %s at row %d, column %d",
                        x.data[k],
                        k / x.numCols + 1,
                        k % x.numCols + 1);
            }
        }
        return x;
    }

    /** Complains unless there is one label per row, and each is 0 or 1. */
    static void checkTwoClasses(int rows, int[] y) {
        checkCount(rows, y);
        if (Arrays.stream(y).anyMatch(v -> v != 0 && v != 1)) {
            int[] found = Arrays.stream(y).distinct().sorted().toArray();
            String values =
                    Arrays.stream(found).limit(SHOWN).mapToObj(String::valueOf).collect(Collectors.joining(", "));
            Arguments.require(
                    false,
                    "labels must be 0 and 1, but y holds %d values: %s%s%s",
                    found.length,
                    values,
                    found.length > SHOWN ? ", ..." : "",
                    found.length > 2 ? " (more than two classes: use fitMulticlass, or multiclass=true)" : "");
        }
    }

    /** Complains unless there is one label per row. */
    static void checkCount(int rows, int[] y) {
        Arguments.require(rows == y.length, "X has %d rows but y has %d labels", rows, y.length);
    }

    /** A copy of some rows, in the order given. */
    static DMatrixRMaj select(DMatrixRMaj x, int[] rows) {
        DMatrixRMaj picked = new DMatrixRMaj(rows.length, x.numCols);
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(x.data, rows[i] * x.numCols, picked.data, i * x.numCols, x.numCols);
        }
        return picked;
    }

    static int[] select(int[] values, int[] rows) {
        return Arrays.stream(rows).map(i -> values[i]).toArray();
    }

    static double[] select(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(i -> values[i]).toArray();
    }

    static double[] row(DMatrixRMaj x, int i) {
        return Arrays.copyOfRange(x.data, i * x.numCols, (i + 1) * x.numCols);
    }

    static int[] all(int rows) {
        return IntStream.range(0, rows).toArray();
    }

    /** Both sets of rows, ascending. */
    static int[] union(int[] a, int[] b) {
        return IntStream.concat(Arrays.stream(a), Arrays.stream(b)).sorted().toArray();
    }

    /** The rows that are not drawn, in their order; drawn must be among them. */
    static int[] without(int[] rows, int[] drawn) {
        int[] sorted = drawn.clone();
        Arrays.sort(sorted);
        return Arrays.stream(rows)
                .filter(i -> Arrays.binarySearch(sorted, i) < 0)
                .toArray();
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum = Math.fma(a[j], b[j], sum);
        }
        return sum;
    }

    /** Euclidean length, scaled so that neither overflow nor underflow of squares makes it wrong. */
    static double norm(double[] a) {
        double largest = 0;
        for (double v : a) {
            largest = Math.max(largest, Math.abs(v));
        }
        if (largest == 0 || !Double.isFinite(largest)) {
            return largest;
        }
        double sum = 0;
        for (double v : a) {
            double share = v / largest;
            sum = Math.fma(share, share, sum);
        }
        return largest * Math.sqrt(sum);
    }
}

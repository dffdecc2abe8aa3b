package io.verity.estimators.largestep;

import io.verity.stats.Arguments;
import io.verity.stats.linalg.Backends;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Two-class data as signed rows \( z_i = y_i a_i \), labels \( y_i \in \{-1,+1\} \). Everything in this package depends on
 * the data through the n x d matrix Z alone; whether the data are separable is for {@link MaxMargin} to say.
 */
public final class SeparableData {
    private final double[] z;
    private final int n;
    private final int d;
    private final double[] rowNorms;
    private final double radius;
    private final boolean intercept;
    private final List<String> remarks;

    private SeparableData(double[] z, int n, int d, boolean intercept, List<String> remarks) {
        this.z = z;
        this.n = n;
        this.d = d;
        this.intercept = intercept;
        this.rowNorms = new double[n];
        double largest = 0;
        for (int i = 0; i < n; i++) {
            rowNorms[i] = RunGeometry.norm(Arrays.copyOfRange(z, i * d, (i + 1) * d));
            largest = Math.max(largest, rowNorms[i]);
        }
        this.radius = largest;
        this.remarks = List.copyOf(remarks);
    }

    /**
     * @param features n x d, one row per sample
     * @param labels n labels, each -1 or +1
     * @param addIntercept whether to append a column of ones to the features (it counts in the radius and the margin)
     * @return the signed rows
     * @throws IllegalArgumentException if there are no rows or columns, a row is ragged, a value is not finite, a label is
     *     not -1 or +1, or the lengths differ
     */
    public static SeparableData of(double[][] features, int[] labels, boolean addIntercept) {
        Arguments.finiteMatrix("features", features);
        int n = features.length;
        int columns = features[0].length;
        checkLabels(labels, n);
        int d = addIntercept ? Math.addExact(columns, 1) : columns;
        double[] z = new double[entries(n, d)];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < columns; j++) {
                z[i * d + j] = labels[i] * features[i][j] + 0.0; // no negative zeros: duplicate rows must look equal
            }
            if (addIntercept) {
                z[i * d + columns] = labels[i];
            }
        }
        return new SeparableData(z, n, d, addIntercept, labelRemarks(labels));
    }

    /**
     * @param features n x d, one row per sample
     * @param labels n labels, each -1 or +1
     * @param addIntercept whether to append a column of ones
     * @return the signed rows
     * @throws IllegalArgumentException as {@link #of(double[][], int[], boolean)}
     */
    public static SeparableData of(DMatrixRMaj features, int[] labels, boolean addIntercept) {
        return of(rows(features), labels, addIntercept);
    }

    /**
     * @param rows n x d signed rows \( y_i a_i \)
     * @return the data
     * @throws IllegalArgumentException if there are no rows or columns, a row is ragged, or a value is not finite
     */
    public static SeparableData ofSignedRows(double[][] rows) {
        Arguments.finiteMatrix("signed rows", rows);
        int n = rows.length;
        int d = rows[0].length;
        double[] z = new double[entries(n, d)];
        for (int i = 0; i < n; i++) {
            System.arraycopy(rows[i], 0, z, i * d, d);
        }
        return new SeparableData(z, n, d, false, List.of());
    }

    /**
     * @param rows n x d signed rows \( y_i a_i \)
     * @return the data
     * @throws IllegalArgumentException as {@link #ofSignedRows(double[][])}
     */
    public static SeparableData ofSignedRows(DMatrixRMaj rows) {
        return ofSignedRows(rows(rows));
    }

    private static double[][] rows(DMatrixRMaj matrix) {
        double[][] rows = new double[matrix.numRows][];
        for (int i = 0; i < matrix.numRows; i++) {
            rows[i] = Arrays.copyOfRange(matrix.data, i * matrix.numCols, (i + 1) * matrix.numCols);
        }
        return rows;
    }

    private static int entries(int n, int d) {
        long entries = (long) n * d;
        Arguments.require(
                entries <= Integer.MAX_VALUE - 8,
                "%d rows x %d columns are %d entries, more than one array can hold (%d)",
                n,
                d,
                entries,
                Integer.MAX_VALUE - 8);
        return (int) entries;
    }

    private static void checkLabels(int[] labels, int n) {
        Arguments.require(labels.length == n, "features have %d rows, but there are %d labels", n, labels.length);
        boolean zeroOne = Arrays.stream(labels).allMatch(y -> y == 0 || y == 1);
        for (int i = 0; i < n; i++) {
            Arguments.require(
                    labels[i] == 1 || labels[i] == -1,
                    "label %d at row %d is neither -1 nor +1%s",
                    labels[i],
                    i + 1,
                    zeroOne ? "; the labels are 0 and 1, map them with 2*y-1" : "");
        }
    }

    private static List<String> labelRemarks(int[] labels) {
        boolean one = Arrays.stream(labels).distinct().count() == 1;
        return one
                ? List.of(
                        "only the label " + (labels[0] > 0 ? "+1" : "-1")
                                + " is present; the data are separable exactly when some direction has every row on its positive side")
                : List.of();
    }

    /** @return number of samples */
    public int n() {
        return n;
    }

    /** @return number of columns, the intercept included */
    public int d() {
        return d;
    }

    /** @return whether the last column is an appended intercept */
    public boolean hasIntercept() {
        return intercept;
    }

    /** @return \( R = \max_i \|z_i\|_2 \) */
    public double radius() {
        return radius;
    }

    /**
     * @param i row, 0-based
     * @return \( \|z_i\|_2 \)
     */
    public double rowNorm(int i) {
        return rowNorms[i];
    }

    /**
     * @param i row, 0-based
     * @param j column, 0-based
     * @return \( z_{ij} \)
     */
    public double get(int i, int j) {
        return z[i * d + j];
    }

    /**
     * @param i row, 0-based
     * @return a copy of \( z_i \)
     */
    public double[] row(int i) {
        return Arrays.copyOfRange(z, i * d, (i + 1) * d);
    }

    /** @return a copy of Z, row by row */
    public double[] signedRows() {
        return z.clone();
    }

    /** The rows themselves, for the kernels of this package, which do not write to them. */
    double[] flat() {
        return z;
    }

    /**
     * Smoothness constant of the mean logistic loss, \( L = \lambda_{\max}(Z^\top Z)/(4n) \), attained at zero. A step of at
     * most 2/L never raises the loss.
     *
     * @return L
     */
    public double smoothness() {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return Spectrum.largestEigenvalue(Backends.shared(), this, ones) / (4.0 * n);
    }

    /**
     * What a user should know about the data though it is no error: one label only, rows of zeros, duplicate rows.
     *
     * @return sentences; rows are 1-based
     */
    public List<String> remarks() {
        List<String> found = new ArrayList<>(remarks);
        int zeros = 0;
        int firstZero = -1;
        for (int i = 0; i < n; i++) {
            if (rowNorms[i] == 0 && zeros++ == 0) {
                firstZero = i + 1;
            }
        }
        if (zeros > 0) {
            found.add("row " + firstZero + " is all zeros" + (zeros > 1 ? " (and " + (zeros - 1) + " more)" : "")
                    + ", so the data are not separable");
        }
        duplicateRemark(found);
        return List.copyOf(found);
    }

    private void duplicateRemark(List<String> found) {
        long[] keys = new long[n]; // hash, then row: equal rows become neighbours in row order
        for (int i = 0; i < n; i++) {
            int hash = 1;
            for (int j = 0; j < d; j++) {
                hash = 31 * hash + Double.hashCode(z[i * d + j]);
            }
            keys[i] = ((long) hash << 32) | i;
        }
        Arrays.sort(keys);
        int duplicates = 0;
        int first = n;
        int original = n;
        for (int k = 1; k < n; k++) {
            int row = (int) keys[k];
            for (int e = k - 1; e >= 0 && (keys[e] >> 32) == (keys[k] >> 32); e--) {
                int earlier = (int) keys[e];
                if (Arrays.equals(z, row * d, row * d + d, z, earlier * d, earlier * d + d)) {
                    duplicates++;
                    if (row < first) {
                        first = row;
                        original = earlier;
                    }
                    break;
                }
            }
        }
        if (duplicates > 0) {
            found.add(duplicates + " of " + n + " signed rows repeat an earlier one (first: row " + (first + 1)
                    + " equals row " + (original + 1) + ")");
        }
    }

    @Override
    public String toString() {
        return "SeparableData[n=" + n + ", d=" + d + (intercept ? " with intercept" : "") + ", R=" + radius + "]";
    }
}

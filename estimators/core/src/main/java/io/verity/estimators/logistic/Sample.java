package io.verity.estimators.logistic;

import io.verity.stats.Arguments;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.linalg.Matrix;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one fit. With an intercept the columns are centred at their weighted means: the weights do not change, only the
 * intercept does, and no digits are lost to columns far from zero. Rows of weight zero are left out.
 */
final class Sample {
    private static final int SHOWN = 8;

    /** Rows and columns. */
    final int rows;

    final int columns;

    /** Labels 0 or 1. */
    final double[] labels;

    /** Case weights times class weights. */
    final double[] weights;

    final double totalWeight;
    final boolean intercept;

    /** Centres of the columns; zeros without an intercept. */
    final double[] centres;

    /** Centred rows. */
    final double[] values;

    /** Numbers of the rows in the data given. */
    final int[] origins;

    final DenseBackend backend;
    final Matrix design;

    private Sample(
            double[] values,
            double[] labels,
            double[] weights,
            double[] centres,
            int[] origins,
            boolean intercept,
            DenseBackend backend,
            Matrix design) {
        this.rows = labels.length;
        this.columns = centres.length;
        this.labels = labels;
        this.weights = weights;
        this.centres = centres;
        this.intercept = intercept;
        this.values = values;
        this.origins = origins;
        this.backend = backend;
        this.design = design;
        double total = 0;
        for (double c : weights) {
            total += c;
        }
        this.totalWeight = total;
    }

    /**
     * Checks the data and copies them.
     *
     * @throws IllegalArgumentException if the shapes differ, an entry is not finite, a label is not 0 or 1, or a weight is
     *     negative
     * @throws SingleClassException if the rows of positive weight belong to one class
     */
    static Sample of(DMatrixRMaj x, int[] y, Settings settings) {
        checkShape(x, y.length);
        double[] weights = caseWeights(settings.caseWeights, y.length);
        int[] kept = positive(weights);
        double[] labels = new double[kept.length];
        for (int k = 0; k < kept.length; k++) {
            int label = y[kept[k]];
            if (label != 0 && label != 1) {
                throw unknownLabel(y, kept[k]);
            }
            labels[k] = label;
        }
        double[] c = Arrays.stream(kept).mapToDouble(i -> weights[i]).toArray();
        balance(c, labels, settings.classWeight);
        double[] values = rows(x, kept);
        double[] centres = settings.intercept ? centre(values, c, x.numCols) : new double[x.numCols];
        DenseBackend backend = settings.backend();
        return new Sample(
                values,
                labels,
                c,
                centres,
                kept,
                settings.intercept,
                backend,
                backend.upload(values, kept.length, x.numCols));
    }

    private static IllegalArgumentException unknownLabel(int[] y, int row) {
        int[] found = Arrays.stream(y).distinct().sorted().limit(SHOWN + 1L).toArray();
        String values =
                Arrays.stream(found).limit(SHOWN).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        return new IllegalArgumentException("labels must be 0 or 1, but the label of row " + (row + 1) + " is " + y[row]
                + ", and the labels are " + values + (found.length > SHOWN ? ", ..." : "")
                + (found.length > 2 ? " (more than two classes: use fitMultinomial)" : ""));
    }

    /**
     * The rows outside a fold: the same matrix with the same centres, in which the rows of the fold have weight zero.
     *
     * @param folds the fold of every row of the data given
     * @throws SingleClassException if the rows outside belong to one class
     */
    Sample without(int fold, int[] folds, Settings settings) {
        double[] given = caseWeights(settings.caseWeights, folds.length);
        double[] c = new double[rows];
        for (int i = 0; i < rows; i++) {
            c[i] = folds[origins[i]] == fold ? 0 : given[origins[i]];
        }
        balance(c, labels, settings.classWeight);
        return new Sample(values, labels, c, centres, origins, intercept, backend, design);
    }

    /** Multiplies the weights by those of the classes, if wanted; rows of weight zero do not count. */
    private static void balance(double[] weights, double[] labels, ClassWeight classWeight) {
        int ones = 0;
        int kept = 0;
        for (int i = 0; i < weights.length; i++) {
            kept += weights[i] > 0 ? 1 : 0;
            ones += weights[i] > 0 && labels[i] == 1 ? 1 : 0;
        }
        if (ones == 0 || ones == kept) {
            throw new SingleClassException(kept - ones, ones);
        }
        for (int i = 0; i < weights.length && classWeight == ClassWeight.BALANCED; i++) {
            weights[i] *= kept / (2.0 * (labels[i] == 1 ? ones : kept - ones));
        }
    }

    static void checkShape(DMatrixRMaj x, int labels) {
        Arguments.require(x.numRows > 0 && labels > 0, "X has no rows");
        Arguments.require(x.numRows == labels, "X has %d rows but y has %d labels", x.numRows, labels);
        for (int i = 0; i < x.numRows; i++) {
            for (int j = 0; j < x.numCols; j++) {
                double v = x.data[i * x.numCols + j];
                if (!Double.isFinite(v)) {
                    throw new IllegalArgumentException(
                            "X holds " + v + " in row " + (i + 1) + ", column " + (j + 1) + "; entries must be finite");
                }
            }
        }
    }

    static double[] caseWeights(double @Nullable [] given, int rows) {
        if (given == null) {
            double[] ones = new double[rows];
            Arrays.fill(ones, 1);
            return ones;
        }
        Arguments.require(given.length == rows, "there are %d case weights but %d rows", given.length, rows);
        return given;
    }

    /** Rows of positive weight. */
    static int[] positive(double[] weights) {
        int[] kept = new int[weights.length];
        int count = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                kept[count++] = i;
            }
        }
        Arguments.require(count > 0, "all case weights are zero");
        return Arrays.copyOf(kept, count);
    }

    static double[] rows(DMatrixRMaj x, int[] kept) {
        if (kept.length == x.numRows) {
            return Arrays.copyOf(x.data, x.numRows * x.numCols);
        }
        double[] values = new double[Math.multiplyExact(kept.length, x.numCols)];
        for (int k = 0; k < kept.length; k++) {
            System.arraycopy(x.data, kept[k] * x.numCols, values, k * x.numCols, x.numCols);
        }
        return values;
    }

    /** Subtracts the weighted column means, in two passes; returns them. */
    static double[] centre(double[] values, double[] weights, int columns) {
        double[] centres = new double[columns];
        double total = 0;
        for (double c : weights) {
            total += c;
        }
        double[] correction = new double[columns];
        for (int pass = 0; pass < 2; pass++) {
            Arrays.fill(correction, 0);
            for (int i = 0; i < weights.length; i++) {
                for (int j = 0; j < columns; j++) {
                    correction[j] = Math.fma(weights[i], values[i * columns + j], correction[j]);
                }
            }
            for (int j = 0; j < columns; j++) {
                correction[j] /= total;
                centres[j] += correction[j];
            }
            for (int i = 0; i < weights.length; i++) {
                for (int j = 0; j < columns; j++) {
                    values[i * columns + j] -= correction[j];
                }
            }
        }
        return centres;
    }

    /** Logit of the weighted share of ones: the intercept when all weights are zero; 0 without an intercept. */
    double startIntercept() {
        if (!intercept) {
            return 0;
        }
        double ones = 0;
        for (int i = 0; i < rows; i++) {
            ones += weights[i] * labels[i];
        }
        return StrictMath.log(ones / (totalWeight - ones));
    }

    /** Intercept for columns that are not centred. */
    double uncentred(double[] w, double centredIntercept) {
        return intercept ? centredIntercept - atCentre(w) : 0;
    }

    /** \( w^\top m \) for the centres m of the columns. */
    double atCentre(double[] w) {
        double sum = 0;
        for (int j = 0; j < columns; j++) {
            sum = Math.fma(w[j], centres[j], sum);
        }
        return sum;
    }
}

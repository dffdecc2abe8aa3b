package io.verity.estimators.logistic;

import io.verity.stats.Arguments;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.linalg.Matrix;
import io.verity.stats.losses.Exponentials;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * The rows of one multinomial fit, and the passes over them. Coefficients are K blocks of p weights and, with an intercept, the
 * intercept for columns centred at their weighted means. The data given are used as they are, the centres being subtracted from
 * the products; only columns far from zero in units of their spread, and rows of weight zero, make a copy necessary.
 *
 * <p>Rows are dealt with in chunks of fixed size, whose sums are added in order: the bits do not depend on the threads.
 */
final class SoftmaxSample {
    /** Rows of a chunk. */
    private static final int CHUNK = 256;

    /** Centres up to this many standard deviations are subtracted from products, which costs that many units of the last place. */
    private static final double NEAR = 1000;

    /** Entries of a pass that is worth a second thread. */
    private static final long PARALLEL_FROM = 1L << 15;

    final int rows;
    final int columns;

    /** Coefficients of a class. */
    final int width;

    final int classes;
    final double totalWeight;
    final boolean intercept;
    final DenseBackend backend;

    /** Weighted means of the columns given; zeros without an intercept. */
    final double[] centres;

    /** Weighted sums of squares of the (centred) columns. */
    final double[] squares;

    final int[] labels;

    /** Case weights times class weights. */
    final double[] weights;

    private final Matrix design;

    /** What is still to be subtracted from the design's columns. */
    private final double[] shift;

    private final boolean parallel;

    /** Products with the transposed design: K x rows, and K x p. */
    private final double[] left;

    private final double[] sums;

    SoftmaxSample(DMatrixRMaj x, int[] y, int classes, Settings settings) {
        Sample.checkShape(x, y.length);
        double[] caseWeights = Sample.caseWeights(settings.caseWeights, y.length);
        int[] kept = Sample.positive(caseWeights);
        this.classes = classes;
        backend = settings.backend();
        parallel = backend.info().threads() > 1;
        intercept = settings.intercept;
        rows = kept.length;
        columns = x.numCols;
        width = columns + (intercept ? 1 : 0);
        labels = new int[rows];
        weights = new double[rows];
        int[] counts = counts(y, kept, classes);
        double total = 0;
        for (int r = 0; r < rows; r++) {
            labels[r] = y[kept[r]];
            double balance = (double) rows / (classes * counts[labels[r]]);
            weights[r] = caseWeights[kept[r]] * (settings.classWeight == ClassWeight.BALANCED ? balance : 1);
            total += weights[r];
        }
        totalWeight = total;
        double[] values = rows == x.numRows ? x.data : Sample.rows(x, kept);
        double[] means = intercept ? columnSums(values, new double[columns], 1) : new double[columns];
        for (int j = 0; j < columns; j++) {
            means[j] /= totalWeight;
        }
        double[] spread = columnSums(values, means, 2);
        boolean near = true;
        for (int j = 0; j < columns; j++) {
            near &= means[j] == 0 || Math.abs(means[j]) <= NEAR * Math.sqrt(spread[j] / totalWeight);
        }
        if (near) {
            centres = means;
            shift = means;
        } else {
            values = values == x.data ? Arrays.copyOf(values, rows * columns) : values;
            centres = Sample.centre(values, weights, columns);
            shift = new double[columns];
        }
        squares = spread;
        design = backend.upload(values, rows, columns);
        left = new double[Math.multiplyExact(classes, rows)];
        sums = new double[Math.multiplyExact(classes, columns)];
    }

    /**
     * Members of the classes among the rows kept.
     *
     * @throws IllegalArgumentException if a label is no class, or a class has no members
     */
    static int[] counts(int[] y, int[] kept, int classes) {
        Arguments.atLeast("classes", classes, 2);
        int[] counts = new int[classes];
        for (int i : kept) {
            Arguments.require(
                    y[i] >= 0 && y[i] < classes,
                    "labels must be 0 to %d, but the label of row %d is %d",
                    classes - 1,
                    i + 1,
                    y[i]);
            counts[y[i]]++;
        }
        for (int k = 0; k < classes; k++) {
            Arguments.require(counts[k] > 0, "no row belongs to class %d of %d", k, classes);
        }
        return counts;
    }

    /** Weighted sums of the first or second powers of the columns less their centres. */
    private double[] columnSums(double[] values, double[] from, int power) {
        int stretch = Math.max(1, (1 << 20) / Math.max(1, columns));
        int count = (rows + stretch - 1) / stretch;
        double[][] parts = new double[count][columns];
        IntStream parts0 = IntStream.range(0, count);
        (parallel ? parts0.parallel() : parts0).forEach(part -> {
            double[] sum = parts[part];
            for (int i = part * stretch; i < Math.min(rows, (part + 1) * stretch); i++) {
                double c = weights[i];
                for (int j = 0; j < sum.length; j++) {
                    double d = values[i * sum.length + j] - from[j];
                    sum[j] = Math.fma(power == 1 ? c : c * d, d, sum[j]);
                }
            }
        });
        double[] sum = new double[columns];
        for (double[] part : parts) {
            for (int j = 0; j < columns; j++) {
                sum[j] += part[j];
            }
        }
        return sum;
    }

    /** What is done with the rows from first on, before last; its sum over all rows is returned. */
    @FunctionalInterface
    private interface RowTask {
        double over(int first, int last);
    }

    private double overRows(RowTask task) {
        int chunks = (rows + CHUNK - 1) / CHUNK;
        double[] parts = new double[chunks];
        IntStream stream = IntStream.range(0, chunks);
        boolean worthIt = parallel && (long) rows * classes >= PARALLEL_FROM;
        (worthIt ? stream.parallel() : stream)
                .forEach(chunk -> parts[chunk] = task.over(chunk * CHUNK, Math.min(rows, (chunk + 1) * CHUNK)));
        double sum = 0;
        for (double part : parts) {
            sum += part;
        }
        return sum;
    }

    /** Fills the scores, rows x classes, of coefficients. */
    void scores(double[] theta, double[] scores) {
        double[] block = new double[columns * classes];
        double[] offsets = new double[classes];
        for (int k = 0; k < classes; k++) {
            offsets[k] = intercept ? theta[k * width + columns] : 0;
            for (int j = 0; j < columns; j++) {
                double w = theta[k * width + j];
                block[j * classes + k] = w;
                offsets[k] = Math.fma(-shift[j], w, offsets[k]);
            }
        }
        backend.gemm(design, backend.upload(block, columns, classes), backend.upload(scores, rows, classes));
        overRows((first, last) -> {
            for (int i = first; i < last; i++) {
                for (int k = 0; k < classes; k++) {
                    scores[i * classes + k] += offsets[k];
                }
            }
            return 0;
        });
    }

    /** The products of the transposed design and of ones with {@link #left}, in the layout of coefficients. */
    private double[] backward() {
        backend.gemm(backend.upload(left, classes, rows), design, backend.upload(sums, classes, columns));
        double[] result = new double[classes * width];
        for (int k = 0; k < classes; k++) {
            double sum = 0;
            for (int i = k * rows; i < (k + 1) * rows; i++) {
                sum += left[i];
            }
            for (int j = 0; j < columns; j++) {
                result[k * width + j] = Math.fma(-shift[j], sum, sums[k * columns + j]);
            }
            if (intercept) {
                result[k * width + columns] = sum;
            }
        }
        return result;
    }

    /** The weighted sum of the losses at scores; fills the probabilities, and the slopes c (P - Y) for {@link #slope}. */
    double evaluate(double[] scores, double[] probabilities) {
        return overRows((first, last) -> {
            double loss = 0;
            for (int i = first; i < last; i++) {
                loss += evaluateRow(i, scores, i * classes, probabilities);
            }
            return loss;
        });
    }

    /**
     * As {@link #evaluate} at scores plus a multiple of their change.
     *
     * @return the loss and its derivative along the change
     */
    double[] evaluate(double[] scores, double[] change, double fraction, double[] probabilities) {
        int chunks = (rows + CHUNK - 1) / CHUNK;
        double[] derivatives = new double[chunks];
        double loss = overRows((first, last) -> {
            double[] trial = new double[classes];
            double part = 0;
            double derivative = 0;
            for (int i = first; i < last; i++) {
                for (int k = 0; k < classes; k++) {
                    trial[k] = Math.fma(fraction, change[i * classes + k], scores[i * classes + k]);
                }
                part += evaluateRow(i, trial, 0, probabilities);
                for (int k = 0; k < classes; k++) {
                    derivative = Math.fma(left[k * rows + i], change[i * classes + k], derivative);
                }
            }
            derivatives[first / CHUNK] = derivative;
            return part;
        });
        double derivative = 0;
        for (double part : derivatives) {
            derivative += part;
        }
        return new double[] {loss, derivative};
    }

    private double evaluateRow(int i, double[] scores, int at, double[] probabilities) {
        int row = i * classes;
        double largest = SoftmaxLoss.largest(scores, at, classes);
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            probabilities[row + k] = Exponentials.expNonPositive(scores[at + k] - largest);
            sum += probabilities[row + k];
        }
        double rest = 0;
        double others = 0;
        for (int k = 0; k < classes; k++) {
            double e = probabilities[row + k];
            double p = e / sum;
            probabilities[row + k] = p;
            left[k * rows + i] = weights[i] * p;
            if (k != labels[i]) {
                rest += e;
                others += p;
            }
        }
        left[labels[i] * rows + i] = -weights[i] * others;
        return weights[i] * SoftmaxLoss.of(scores, at, labels[i], largest, rest);
    }

    /** Gradient of the losses, after {@link #evaluate}. */
    double[] slope() {
        return backward();
    }

    /** The weighted sum of the losses at scores plus a multiple of their change. */
    double loss(double[] scores, double[] change, double fraction) {
        return overRows((first, last) -> {
            double loss = 0;
            double[] trial = new double[classes];
            for (int i = first; i < last; i++) {
                for (int k = 0; k < classes; k++) {
                    trial[k] = Math.fma(fraction, change[i * classes + k], scores[i * classes + k]);
                }
                loss += weights[i] * SoftmaxLoss.of(trial, 0, classes, labels[i]);
            }
            return loss;
        });
    }

    /** Adds a multiple of their change to scores. */
    void move(double[] scores, double[] change, double fraction) {
        overRows((first, last) -> {
            for (int i = first * classes; i < last * classes; i++) {
                scores[i] = Math.fma(fraction, change[i], scores[i]);
            }
            return 0;
        });
    }

    /** Product of the losses' Hessian with a direction; its scores are overwritten. */
    double[] hessian(double[] direction, double[] probabilities, double[] work) {
        scores(direction, work);
        overRows((first, last) -> {
            for (int i = first; i < last; i++) {
                int row = i * classes;
                double mean = 0;
                for (int k = row; k < row + classes; k++) {
                    mean = Math.fma(probabilities[k], work[k], mean);
                }
                for (int k = 0; k < classes; k++) {
                    left[k * rows + i] = weights[i] * probabilities[row + k] * (work[row + k] - mean);
                }
            }
            return 0;
        });
        return backward();
    }

    /** Mean over the classes of their curvatures c P (1 - P), row by row. */
    double[] curvatures(double[] probabilities) {
        double[] curvatures = new double[rows];
        overRows((first, last) -> {
            for (int i = first; i < last; i++) {
                double sum = 0;
                for (int k = i * classes; k < (i + 1) * classes; k++) {
                    sum += probabilities[k] * (1 - probabilities[k]);
                }
                curvatures[i] = weights[i] * sum / classes;
            }
            return 0;
        });
        return curvatures;
    }

    /** Weighted Gram matrix of the centred columns and, with an intercept, a column of ones; width x width, row-major. */
    double[] gram(double[] rowWeights) {
        double[] products = new double[Math.multiplyExact(columns, columns)];
        backend.gram(design, rowWeights, backend.upload(products, columns, columns));
        double[] cross = new double[columns];
        backend.gemtv(design, rowWeights, cross);
        double total = 0;
        for (double s : rowWeights) {
            total += s;
        }
        double[] gram = new double[width * width];
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j < columns; j++) {
                gram[i * width + j] = products[i * columns + j]
                        - shift[i] * cross[j]
                        - cross[i] * shift[j]
                        + total * shift[i] * shift[j];
            }
        }
        if (intercept) {
            for (int j = 0; j < columns; j++) {
                double product = cross[j] - total * shift[j];
                gram[j * width + columns] = product;
                gram[columns * width + j] = product;
            }
            gram[columns * width + columns] = total;
        }
        return gram;
    }

    /** The rows as they are centred, rows x columns. */
    double[] centredRows() {
        double[] values = new double[Math.multiplyExact(rows, columns)];
        design.download(values);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                values[i * columns + j] -= shift[j];
            }
        }
        return values;
    }

    /** @throws CollinearColumnsException if a column is a linear combination of those before it and the intercept */
    void requireIndependentColumns() {
        IndependentColumns.check(centredRows(), weights, centres, intercept, backend);
    }

    /** Weighted shares of the classes. */
    double[] shares() {
        double[] shares = new double[classes];
        for (int i = 0; i < rows; i++) {
            shares[labels[i]] += weights[i] / totalWeight;
        }
        return shares;
    }
}

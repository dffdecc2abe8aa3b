package io.verity.estimators.bayes;

import io.verity.stats.Arguments;
import io.verity.stats.EstimationException;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A naive Bayes fit in the making: rows are added one by one or in pieces, accumulators are merged, and {@link #fit} may be asked
 * for at any time. Memory is that of the means and variances and of one block of rows, whatever the number of rows.
 *
 * <p>Rows are taken in blocks of a fixed size and the blocks in groups of a fixed size, merged in order: however the rows are cut
 * into pieces, and for any number of threads, the result has the same bits. {@link #merge} closes the open block of both sides, so
 * merged accumulators agree with a single one to rounding only. For one thread at a time.
 */
public final class NaiveBayesAccumulator {
    private static final int LARGEST_BLOCK = 512;
    private static final int SMALLEST_BLOCK = 16;

    /** Entries of a block: 1 MB, so that its second pass finds it in the cache. */
    private static final int BLOCK_ENTRIES = 1 << 17;

    /** Rows of a block per class, so that adding up the classes costs little. */
    private static final int ROWS_PER_CLASS = 4;

    /** Blocks of a group: what one task sums. */
    private static final int GROUP = 32;

    private final Settings settings;
    private final int classes;
    private final int features;
    private final int blockRows;
    private final Sums total;
    private final Sums group;
    private final Work own;
    private double[] pending = new double[0];
    private final int[] labels;
    private double @Nullable [] weights;
    private int waiting;
    private int blocksInGroup;
    private long rows;

    NaiveBayesAccumulator(Settings settings, int classes, int features) {
        this.settings = settings;
        this.classes = classes;
        this.features = features;
        int fitting = Math.min(LARGEST_BLOCK, BLOCK_ENTRIES / features);
        blockRows = Math.max(Math.max(SMALLEST_BLOCK, fitting), Math.multiplyExact(ROWS_PER_CLASS, classes));
        labels = new int[blockRows];
        total = new Sums();
        group = new Sums();
        own = new Work();
    }

    /** Moments by class and, once rows have weights, those of all rows with weight 1, which a relative floor needs. */
    private final class Sums {
        final ClassMoments moments = new ClassMoments(classes, features);

        @Nullable ClassMoments unweighted;

        void clear() {
            moments.clear();
            if (unweighted != null) {
                unweighted.clear();
            }
        }

        void merge(Sums other) {
            if (other.unweighted != null || unweighted != null) {
                weighted().merge(other.unweighted == null ? other.moments.pooled() : other.unweighted);
            }
            moments.merge(other.moments);
        }

        ClassMoments weighted() {
            if (unweighted == null) {
                unweighted = moments.pooled();
            }
            return unweighted;
        }

        /** Moments of all rows, each counted once. */
        ClassMoments pooled() {
            return unweighted == null ? moments.pooled() : unweighted;
        }
    }

    /** What summing blocks needs. */
    private final class Work {
        final Sums block = new Sums();
        final double[] shift = new double[block.moments.mean.length];

        /** Adds rows [first, first + count) of the arrays to the sums. */
        void add(double[] x, int[] y, double @Nullable [] w, int first, int count, long rowsBefore, Sums sums) {
            block.moments.set(x, first * features, y, w, first, count, shift);
            if (!block.moments.isFinite()) {
                throw notFinite(x, first, count, rowsBefore);
            }
            block.unweighted = null;
            if (w != null) {
                ClassMoments once = new ClassMoments(1, features);
                once.set(x, first * features, null, null, first, count, shift);
                block.unweighted = once;
            }
            sums.merge(block);
        }

        private RuntimeException notFinite(double[] x, int first, int count, long rowsBefore) {
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < features; j++) {
                    double v = x[(first + i) * features + j];
                    if (!Double.isFinite(v)) {
                        return new IllegalArgumentException("X holds " + v + " in row " + (rowsBefore + i + 1)
                                + ", column " + (j + 1) + "; entries must be finite");
                    }
                }
            }
            return new EstimationException(
                    "the variance of a column overflows", "divide the columns by a power of ten");
        }
    }

    /** @return K */
    public int classes() {
        return classes;
    }

    /** @return d */
    public int features() {
        return features;
    }

    /** @return rows added so far, those of weight 0 included */
    public long rows() {
        return rows;
    }

    /**
     * @param row d entries
     * @param label its class, from 0
     * @throws IllegalArgumentException if the row has another length or the label is out of range; an entry that is not finite is
     *     noticed when its block is full, or at the next {@link #fit} or {@link #merge}
     */
    public void add(double[] row, int label) {
        add(row, label, 1);
    }

    /**
     * @param row d entries
     * @param label its class, from 0
     * @param weight how often the row counts, at least 0
     * @throws IllegalArgumentException as {@link #add(double[], int)}, or if the weight is negative or not finite
     */
    public void add(double[] row, int label, double weight) {
        Arguments.require(
                row.length == features,
                "row %d has %d entries, but there are %d features",
                rows + 1,
                row.length,
                features);
        GaussianNaiveBayes.checkLabel(label, classes, rows + 1);
        GaussianNaiveBayes.checkWeight(weight, rows + 1);
        if (weight != 1) {
            weigh();
        }
        put(row, 0, label, weight);
    }

    /** From here on rows have weights. */
    private void weigh() {
        if (weights == null) {
            weights = new double[blockRows];
            Arrays.fill(weights, 1);
        }
    }

    private void put(double[] x, int offset, int label, double weight) {
        if (waiting * features == pending.length) {
            long most = (long) blockRows * features;
            pending = Arrays.copyOf(pending, (int) Math.min(most, Math.max(64L * features, 2L * pending.length)));
        }
        System.arraycopy(x, offset, pending, waiting * features, features);
        labels[waiting] = label;
        if (weights != null) {
            weights[waiting] = weight;
        }
        waiting++;
        rows++;
        if (waiting == blockRows) {
            closeBlock();
        }
    }

    private void closeBlock() {
        if (waiting > 0) {
            int count = waiting;
            waiting = 0;
            own.add(pending, labels, weights, 0, count, rows - count, group);
            if (++blocksInGroup == GROUP) {
                closeGroup();
            }
        }
    }

    private void closeGroup() {
        if (blocksInGroup > 0) {
            total.merge(group);
            group.clear();
            blocksInGroup = 0;
        }
    }

    /**
     * @param x n x d
     * @param y n labels
     * @throws IllegalArgumentException if x and y differ in rows, x has other columns, a label is out of range or an entry is not
     *     finite; the accumulator is then of no more use
     */
    public void add(DMatrixRMaj x, int[] y) {
        add(x, y, null, rows -> 1);
    }

    /**
     * @param x n x d
     * @param y n labels
     * @param w n weights, at least 0
     * @throws IllegalArgumentException as {@link #add(DMatrixRMaj, int[])}, or if there is another number of weights, or one is
     *     negative or not finite
     */
    public void add(DMatrixRMaj x, int[] y, double[] w) {
        Arguments.require(w.length == x.numRows, "X has %d rows but there are %d weights", x.numRows, w.length);
        for (int i = 0; i < w.length; i++) {
            GaussianNaiveBayes.checkWeight(w[i], rows + i + 1);
        }
        weigh();
        add(x, y, w, i -> w[i]);
    }

    private void add(DMatrixRMaj x, int[] y, double @Nullable [] w, IntToDoubleFunction weight) {
        Arguments.require(x.numRows == y.length, "X has %d rows but y has %d labels", x.numRows, y.length);
        Arguments.require(x.numCols == features, "X has %d columns, but there are %d features", x.numCols, features);
        for (int i = 0; i < y.length; i++) {
            GaussianNaiveBayes.checkLabel(y[i], classes, rows + i + 1);
        }
        int i = 0;
        int groupRows = GROUP * blockRows;
        // up to the end of the open group row by row; whole groups as they lie in memory; the rest row by row
        boolean aligned = waiting == 0 && blocksInGroup == 0 && (w != null || weights == null);
        for (; i < y.length && !(aligned && y.length - i >= groupRows); i++) {
            put(x.data, i * features, y[i], weight.applyAsDouble(i));
            aligned = waiting == 0 && blocksInGroup == 0 && (w != null || weights == null);
        }
        int groups = (y.length - i) / groupRows;
        if (groups > 0) {
            addGroups(x.data, y, w, i, groups);
            for (i += groups * groupRows; i < y.length; i++) {
                put(x.data, i * features, y[i], weight.applyAsDouble(i));
            }
        }
    }

    /** Sums groups of rows on several threads, some at a time, and adds them up in order. */
    private void addGroups(double[] x, int[] y, double @Nullable [] w, int first, int groups) {
        int threads = settings.parallel() ? settings.backend().info().threads() : 1;
        Sums[] sums = new Sums[Math.min(groups, 2 * threads)];
        Work[] work = new Work[sums.length];
        for (int s = 0; s < sums.length; s++) {
            sums[s] = new Sums();
            work[s] = s == 0 ? own : new Work();
        }
        long before = rows;
        for (int g = 0; g < groups; g += sums.length) {
            int start = g;
            int wave = Math.min(sums.length, groups - g);
            IntStream tasks = IntStream.range(0, wave);
            (threads > 1 ? tasks.parallel() : tasks).forEach(s -> {
                sums[s].clear();
                for (int b = 0; b < GROUP; b++) {
                    int block = ((start + s) * GROUP + b) * blockRows;
                    work[s].add(x, y, w, first + block, blockRows, before + block, sums[s]);
                }
            });
            for (int s = 0; s < wave; s++) {
                total.merge(sums[s]);
            }
        }
        rows += (long) groups * GROUP * blockRows;
    }

    /**
     * Adds the rows of another accumulator, which stays as it is but for its open block.
     *
     * @param other of the same classes and features
     * @throws IllegalArgumentException if its classes or features are of another number, or it is this one
     */
    public void merge(NaiveBayesAccumulator other) {
        Arguments.require(other != this, "an accumulator cannot be merged with itself");
        checkShape(other.classes, other.features);
        other.closeBlock();
        other.closeGroup();
        add(other.total, other.rows);
    }

    private void checkShape(int otherClasses, int otherFeatures) {
        Arguments.require(
                otherClasses == classes && otherFeatures == features,
                "%d classes of %d features cannot be merged with %d of %d",
                otherClasses,
                otherFeatures,
                classes,
                features);
    }

    private void add(Sums other, long otherRows) {
        closeBlock();
        closeGroup();
        if (other.unweighted != null) {
            weigh();
        }
        total.merge(other);
        rows += otherRows;
    }

    /** Adds what a fit was made of. */
    void add(ClassMoments moments, ClassMoments pooled, long otherRows, boolean weighted) {
        checkShape(moments.classes, moments.features);
        Sums sums = new Sums();
        sums.moments.merge(moments);
        if (weighted) {
            sums.unweighted = pooled;
        }
        add(sums, otherRows);
    }

    /**
     * The same rows with other classes and fewer features: classes may be renumbered, thrown together or be joined by classes that
     * have no rows yet, and features left out.
     *
     * @param newClasses number of classes, at least 2
     * @param classOf new class of each old one
     * @param keptFeatures features to keep, from 0, in their new order
     * @return another accumulator; this one keeps its rows
     * @throws IllegalArgumentException if the numbers of classes or features do not fit
     */
    public NaiveBayesAccumulator rearranged(int newClasses, int[] classOf, int[] keptFeatures) {
        Arguments.atLeast("classes", newClasses, 2);
        Arguments.require(classOf.length == classes, "there are %d classes, but %d new ones", classes, classOf.length);
        Arguments.require(keptFeatures.length > 0, "no feature is kept");
        closeBlock();
        closeGroup();
        NaiveBayesAccumulator other = new NaiveBayesAccumulator(settings, newClasses, keptFeatures.length);
        other.total.moments.merge(total.moments.rearranged(newClasses, classOf, keptFeatures));
        if (total.unweighted != null) {
            other.weigh();
            other.total.unweighted = total.unweighted.rearranged(1, new int[1], keptFeatures);
        }
        other.rows = rows;
        return other;
    }

    /**
     * The fit to the rows so far; more may be added afterwards.
     *
     * @return the fit
     * @throws IllegalArgumentException if a class has no rows yet or only rows of weight 0, or the floor is 0 and a variance is 0
     * @throws EstimationException if the values are so large that their variances overflow
     */
    public NaiveBayesFit fit() {
        Sums all = new Sums();
        all.merge(total);
        if (waiting > 0 || blocksInGroup > 0) {
            Sums open = new Sums();
            open.merge(group);
            if (waiting > 0) {
                own.add(pending, labels, weights, 0, waiting, rows - waiting, open);
            }
            all.merge(open);
        }
        return NaiveBayesFit.of(settings, all.moments, all.pooled(), all.unweighted != null, rows);
    }
}

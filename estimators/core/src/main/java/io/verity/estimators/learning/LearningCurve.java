package io.verity.estimators.learning;

import io.verity.estimators.bayes.Variance;
import io.verity.estimators.classification.Classifier;
import io.verity.estimators.classification.ColumnScaling;
import io.verity.estimators.classification.Scaling;
import io.verity.stats.Arguments;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.random.RandomStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Test errors of several models by number m of training rows. In every repeat m rows are drawn uniformly, drawn again while a class
 * is missing (which shifts the shares of the classes where rows are few); all models learn from the same rows, scaled by what these
 * rows say, and are tested on all other rows. The draws are a pure function of seed, m and repeat. Immutable: every {@code with}
 * returns a changed copy.
 *
 * <pre>{@code
 * LearningCurveResult curve = LearningCurve.withDefaults().withSizes(10, 30, 100).run(x, y, 3);
 * }</pre>
 */
public final class LearningCurve {
    private static final String STREAM = "learning curve";
    private static final int MOST_DRAWS = 1000;

    /** Test rows copied and scored at a time, so that each thread needs memory for its training rows alone. */
    private static final int TESTED_TOGETHER = 4096;

    private final Settings settings;

    private static final class Settings implements Cloneable {
        List<Learner> models = List.of(Learner.naiveBayes(Variance.SHARED), Learner.softmax(1));
        int[] sizes = new int[0];
        int repeats = 60;
        Scaling scaling = Scaling.MIN_MAX;
        long seed = 1;
        Listener listener = (done, total) -> {};

        @Nullable DenseBackend chosenBackend;

        DenseBackend backend() {
            return chosenBackend == null ? Backends.shared() : chosenBackend;
        }

        @Override
        public Settings clone() {
            try {
                return (Settings) super.clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Who wants to know how far a run has come. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Called by one thread at a time, but not always the same.
         *
         * @param done training sets finished
         * @param total training sets in all
         */
        void finished(long done, long total);
    }

    private LearningCurve(Settings settings) {
        this.settings = settings;
    }

    /**
     * @return naive Bayes with shared variances against a softmax regression with C = 1, 60 repeats, columns scaled to the range of
     *     the training rows, seed 1, sizes from {@link #defaultSizes}, the shared single-thread backend
     */
    public static LearningCurve withDefaults() {
        return new LearningCurve(new Settings());
    }

    private LearningCurve change(Consumer<Settings> change) {
        Settings copy = settings.clone();
        change.accept(copy);
        return new LearningCurve(copy);
    }

    /**
     * @param models with different names
     * @return a copy with those models
     * @throws IllegalArgumentException if there is none, or two have the same name
     */
    public LearningCurve withModels(Learner... models) {
        Arguments.require(models.length > 0, "a learning curve needs a model");
        Set<String> names = new HashSet<>();
        for (Learner model : models) {
            Arguments.require(names.add(model.name()), "two models are called '%s'", model.name());
        }
        List<Learner> copy = List.of(models);
        return change(s -> s.models = copy);
    }

    /**
     * @param sizes numbers of training rows, ascending; none means {@link #defaultSizes}
     * @return a copy with those sizes
     * @throws IllegalArgumentException if one is less than 1, or they do not ascend
     */
    public LearningCurve withSizes(int... sizes) {
        for (int k = 0; k < sizes.length; k++) {
            Arguments.atLeast("a number of training rows", sizes[k], 1);
            Arguments.require(
                    k == 0 || sizes[k] > sizes[k - 1],
                    "numbers of training rows must ascend, but %d follows %d",
                    sizes[k],
                    k == 0 ? 0 : sizes[k - 1]);
        }
        int[] copy = sizes.clone();
        return change(s -> s.sizes = copy);
    }

    /**
     * @param repeats training sets of each size, at least 2
     * @return a copy with that number
     * @throws IllegalArgumentException if it is less than 2
     */
    public LearningCurve withRepeats(int repeats) {
        Arguments.atLeast("repeats", repeats, 2);
        return change(s -> s.repeats = repeats);
    }

    /**
     * @param scaling of the columns, fitted to the training rows
     * @return a copy with that scaling
     */
    public LearningCurve with(Scaling scaling) {
        return change(s -> s.scaling = scaling);
    }

    /**
     * @param seed master seed of the draws
     * @return a copy with that seed
     */
    public LearningCurve withSeed(long seed) {
        return change(s -> s.seed = seed);
    }

    /**
     * @param backend its number of threads is that of the run, which does not change results; the caller closes it
     * @return a copy that uses it
     */
    public LearningCurve with(DenseBackend backend) {
        return change(s -> s.chosenBackend = backend);
    }

    /**
     * @param listener who hears of progress
     * @return a copy with that listener
     */
    public LearningCurve with(Listener listener) {
        return change(s -> s.listener = listener);
    }

    /**
     * Doubling from three rows per class, or more where a class is rare, to 70 % of the rows.
     *
     * @param y labels, 0 to K - 1
     * @param classes K
     * @return ascending numbers of training rows
     * @throws IllegalArgumentException if a label is out of range or a class has no rows
     */
    public static int[] defaultSizes(int[] y, int classes) {
        long[] counts = counts(y, classes);
        long fewest = Arrays.stream(counts).min().orElse(1);
        int largest = Math.max(1, (int) (0.7 * y.length));
        long first = Math.max(Math.max(10, 3L * classes), (2L * y.length + fewest - 1) / fewest);
        IntStream.Builder sizes = IntStream.builder();
        for (long m = first; m < largest; m *= 2) {
            sizes.add((int) m);
        }
        sizes.add(largest);
        return sizes.build().toArray();
    }

    private static long[] counts(int[] y, int classes) {
        Arguments.atLeast("classes", classes, 2);
        long[] counts = new long[classes];
        for (int i = 0; i < y.length; i++) {
            Arguments.require(
                    y[i] >= 0 && y[i] < classes,
                    "labels must be 0 to %d, but the label of row %d is %d",
                    classes - 1,
                    i + 1,
                    y[i]);
            counts[y[i]]++;
        }
        for (int k = 0; k < classes; k++) {
            Arguments.require(counts[k] > 0, "class %d of %d (0 to %d) has no rows", k, classes, classes - 1);
        }
        return counts;
    }

    /**
     * @param x n x d
     * @param y n labels, 0 to K - 1
     * @param classes K, at least 2; each must have a row
     * @return the errors
     * @throws IllegalArgumentException if x and y differ in rows, an entry is not finite, a label is out of range, a class has no
     *     rows, a size leaves no row to test, or 1000 draws of a size all miss a class
     */
    public LearningCurveResult run(DMatrixRMaj x, int[] y, int classes) {
        Arguments.require(x.numRows > 0 && y.length > 0, "X has %d rows and y has %d labels", x.numRows, y.length);
        Arguments.require(x.numRows == y.length, "X has %d rows but y has %d labels", x.numRows, y.length);
        Arguments.require(x.numCols > 0, "X has no columns");
        for (int i = 0; i < x.numRows; i++) {
            for (int j = 0; j < x.numCols; j++) {
                double v = x.get(i, j);
                if (!Double.isFinite(v)) {
                    throw new IllegalArgumentException(
                            "X holds " + v + " in row " + (i + 1) + ", column " + (j + 1) + "; entries must be finite");
                }
            }
        }
        counts(y, classes);
        int[] sizes = settings.sizes.length == 0 ? defaultSizes(y, classes) : settings.sizes;
        for (int m : sizes) {
            Arguments.require(
                    m < y.length,
                    "a training set of m = %d rows does not leave a row to test: there are %d rows",
                    m,
                    y.length);
        }
        return run(x, y, classes, sizes);
    }

    private LearningCurveResult run(DMatrixRMaj x, int[] y, int classes, int[] sizes) {
        DenseBackend backend = settings.backend();
        boolean parallel = backend.info().threads() > 1;
        boolean sharedKind = Backends.shared().info().id().equals(backend.info().id());
        DenseBackend own = parallel && sharedKind ? Backends.shared() : backend;
        int repeats = settings.repeats;
        int total = sizes.length * repeats;
        double[][][] errors = new double[settings.models.size()][sizes.length][repeats];
        AtomicInteger unfinished = new AtomicInteger();
        AtomicLong done = new AtomicLong();
        Object speaking = new Object();
        IntStream tasks = IntStream.range(0, total);
        // the largest sets first, so that no thread is left alone with one
        IntConsumer fitAndTest = task -> {
            int s = sizes.length - 1 - task / repeats;
            int r = task % repeats;
            int m = sizes[s];
            int[] order = draw(y, classes, m, r);
            double[] found = errorsOf(x, y, classes, order, m, own, unfinished);
            for (int k = 0; k < found.length; k++) {
                errors[k][s][r] = found[k];
            }
            synchronized (speaking) {
                settings.listener.finished(done.incrementAndGet(), total);
            }
        };
        try {
            (parallel ? tasks.parallel() : tasks).forEach(fitAndTest);
        } catch (IllegalArgumentException e) {
            // parallel streams wrap an exception of another thread in one of its kind, with the class name in its
            // message
            throw e.getCause() instanceof IllegalArgumentException cause ? cause : e;
        }
        List<String> names = settings.models.stream().map(Learner::name).toList();
        return new LearningCurveResult(names, sizes.clone(), errors, settings.seed, unfinished.get());
    }

    private double[] errorsOf(
            DMatrixRMaj x, int[] y, int classes, int[] order, int m, DenseBackend backend, AtomicInteger unfinished) {
        DMatrixRMaj train = rows(x, order, 0, m);
        ColumnScaling scaling = settings.scaling.fit(train);
        train = scaling.apply(train);
        int[] trainLabels = Arrays.stream(order, 0, m).map(i -> y[i]).toArray();
        Classifier[] learnt = new Classifier[settings.models.size()];
        for (int k = 0; k < learnt.length; k++) {
            Learner.Learnt one = settings.models.get(k).fit(train, trainLabels, classes, backend);
            learnt[k] = one.classifier();
            if (!one.converged()) {
                unfinished.incrementAndGet();
            }
        }
        long[] wrong = new long[learnt.length];
        for (int from = m; from < order.length; from += TESTED_TOGETHER) {
            int first = from;
            int to = Math.min(order.length, from + TESTED_TOGETHER);
            DMatrixRMaj test = scaling.apply(rows(x, order, from, to));
            for (int k = 0; k < learnt.length; k++) {
                int[] predicted = learnt[k].predict(test);
                wrong[k] += IntStream.range(0, predicted.length)
                        .filter(i -> predicted[i] != y[order[first + i]])
                        .count();
            }
        }
        return Arrays.stream(wrong)
                .mapToDouble(w -> (double) w / (order.length - m))
                .toArray();
    }

    private static DMatrixRMaj rows(DMatrixRMaj x, int[] order, int from, int to) {
        DMatrixRMaj part = new DMatrixRMaj(to - from, x.numCols);
        for (int i = from; i < to; i++) {
            System.arraycopy(x.data, order[i] * x.numCols, part.data, (i - from) * x.numCols, x.numCols);
        }
        return part;
    }

    /** All rows, the m training rows first; both parts in ascending order. */
    private int[] draw(int[] y, int classes, int m, int repeat) {
        RandomStream random = RandomStream.of(settings.seed, STREAM, m, repeat);
        int[] order = new int[y.length];
        int missing = 0;
        for (int attempt = 0; attempt < MOST_DRAWS; attempt++) {
            Arrays.setAll(order, i -> i);
            boolean[] seen = new boolean[classes];
            for (int i = 0; i < m; i++) {
                int j = i + random.nextInt(order.length - i);
                int chosen = order[j];
                order[j] = order[i];
                order[i] = chosen;
                seen[y[chosen]] = true;
            }
            missing = firstMissing(seen);
            if (missing < 0) {
                Arrays.sort(order, 0, m);
                Arrays.sort(order, m, order.length);
                return order;
            }
        }
        throw new IllegalArgumentException("none of " + MOST_DRAWS + " draws of m = " + m
                + " training rows holds every class: class " + missing + " was missing; take more rows");
    }

    private static int firstMissing(boolean[] seen) {
        for (int k = 0; k < seen.length; k++) {
            if (!seen[k]) {
                return k;
            }
        }
        return -1;
    }
}

package io.verity.estimators.probe;

import io.verity.stats.Arguments;
import io.verity.stats.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * How stable a direction is when its training data change. The pool is the training and validation rows of a split; where they
 * come in groups, groups are kept whole. Directions are compared on raw columns. Immutable.
 *
 * <p>Every run is a pure function of (seed, layer, run): results do not depend on the number of threads.
 */
public final class Stability {
    private static final int REDRAWS = 100;
    private static final Stability DEFAULT = new Stability(new Settings());

    private final Settings settings;

    private Stability(Settings settings) {
        this.settings = settings;
    }

    private static final class Settings implements Cloneable {
        int runs = 20;
        double drop = 0.2;
        int halves = 10;
        int resamples = 200;
        boolean absolute = true;
        boolean intercept;
        long seed = 42;
        long layer;
        int threads = Runtime.getRuntime().availableProcessors();

        @Override
        public Settings clone() {
            try {
                return (Settings) super.clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /**
     * 20 drop-out runs that leave out 20 %, absolute cosines, 10 pairs of halves, 200 resamples, weights without the intercept,
     * seed 42, as many threads as processors.
     *
     * @return the configuration
     */
    public static Stability withDefaults() {
        return DEFAULT;
    }

    private Stability change(Consumer<Settings> change) {
        Settings copy = settings.clone();
        change.accept(copy);
        return new Stability(copy);
    }

    /**
     * @param count drop-out runs, at least 2
     * @return a copy with that many
     * @throws IllegalArgumentException if there are fewer than 2
     */
    public Stability withRuns(int count) {
        Arguments.atLeast("runs", count, 2);
        return change(s -> s.runs = count);
    }

    /**
     * @param share of the pool that a drop-out run leaves out, strictly between 0 and 1
     * @return a copy with that share
     * @throws IllegalArgumentException if it is not inside (0, 1)
     */
    public Stability withDropShare(double share) {
        Arguments.fraction("drop share", share);
        return change(s -> s.drop = share);
    }

    /**
     * @param count pairs of disjoint halves, at least 2
     * @return a copy with that many
     * @throws IllegalArgumentException if there are fewer than 2
     */
    public Stability withHalves(int count) {
        Arguments.atLeast("halves", count, 2);
        return change(s -> s.halves = count);
    }

    /**
     * @param count bootstrap resamples, at least 2
     * @return a copy with that many
     * @throws IllegalArgumentException if there are fewer than 2
     */
    public Stability withResamples(int count) {
        Arguments.atLeast("resamples", count, 2);
        return change(s -> s.resamples = count);
    }

    /**
     * @param absolute whether the drop-out metric takes absolute cosines, as the paper does; the signed mean is reported anyway
     * @return a copy that does so
     */
    public Stability withAbsolute(boolean absolute) {
        return change(s -> s.absolute = absolute);
    }

    /**
     * @param included whether the intercept is one more coordinate of the direction, as in the authors' script. It makes the cosine
     *     depend on where the origin of the states is
     * @return a copy that does so
     */
    public Stability withIntercept(boolean included) {
        return change(s -> s.intercept = included);
    }

    /**
     * @param seed of all draws
     * @return a copy with that seed
     */
    public Stability withSeed(long seed) {
        return change(s -> s.seed = seed);
    }

    /**
     * @param layer number of the layer at hand, so that layers draw different subsets
     * @return a copy for that layer
     */
    public Stability forLayer(long layer) {
        return change(s -> s.layer = layer);
    }

    /**
     * @param count runs in progress at once at most; results do not depend on it
     * @return a copy with that many threads
     * @throws IllegalArgumentException if it is below 1
     */
    public Stability withThreads(int count) {
        Arguments.atLeast("threads", count, 1);
        return change(s -> s.threads = count);
    }

    /**
     * Drop-out stability (Gao et al. 2026, eq. 9): R runs, each on a random subset of N - round(qN) rows of the pool, split anew
     * 80/20 for tuning; \( \frac{2}{R(R-1)}\sum_{r&lt;s}|v_r^\top v_s| \). Two subsets share 1 - q of their rows, so this is
     * high by construction.
     *
     * @param finder finds the direction
     * @param x states
     * @param y 0 or 1 per row
     * @param split whose training and validation rows are the pool
     * @return the agreement of all pairs of runs, with a jackknife error
     * @throws IllegalArgumentException if labels are not 0 and 1, or numbers of rows differ
     * @throws io.verity.stats.EstimationException if a run finds no direction
     */
    public DirectionSpread dropout(DirectionFinder finder, DMatrixRMaj x, int[] y, Split split) {
        int[] pool = pool(x, y, split);
        return DirectionSpread.ofPairs(
                Parallel.map(settings.runs, settings.threads, run -> {
                    RandomStream stream = stream("probe/dropout", run);
                    Split part = part(
                            y,
                            split,
                            stream,
                            () -> Stratification.keep(pool, split.groupsOrNull(), settings.drop, stream));
                    return direction(finder.find(x, y, part));
                }),
                settings.absolute);
    }

    /**
     * Reproducibility on disjoint halves: the pool is cut in two stratified halves, each split 80/20 for tuning; the cosine of the
     * two directions, over several cuts. For independent samples its limit is the squared cosine to the true direction.
     *
     * @param finder finds the direction
     * @param x states
     * @param y 0 or 1 per row
     * @param split whose training and validation rows are the pool
     * @return the agreement of the pairs of halves; its error disregards that cuts share rows
     * @throws IllegalArgumentException if labels are not 0 and 1, or numbers of rows differ
     * @throws io.verity.stats.EstimationException if a half finds no direction
     */
    public DirectionSpread disjointHalves(DirectionFinder finder, DMatrixRMaj x, int[] y, Split split) {
        int[] pool = pool(x, y, split);
        int @Nullable [] groups = split.groupsOrNull();
        List<double[]> vectors = Parallel.map(2 * settings.halves, settings.threads, k -> {
            RandomStream stream = stream("probe/halves", k / 2);
            int[] first = Stratification.draw(pool, y, groups, pool.length / 2, stream);
            int[] half = k % 2 == 0 ? first : Rows.without(pool, first);
            RandomStream own = stream.forPurpose(1 + k % 2);
            return direction(finder.find(x, y, part(y, split, own, () -> half)));
        });
        return DirectionSpread.ofHalves(everySecond(vectors, 0), everySecond(vectors, 1));
    }

    private static List<double[]> everySecond(List<double[]> vectors, int from) {
        return java.util.stream.IntStream.range(0, vectors.size())
                .filter(k -> k % 2 == from)
                .mapToObj(vectors::get)
                .toList();
    }

    /**
     * Bootstrap: resamples of the pool with replacement, each against the direction of the whole pool.
     *
     * @param finder finds the direction without tuning, such as {@link Directions#ridge} at the chosen C
     * @param x states
     * @param y 0 or 1 per row
     * @param split whose training and validation rows are the pool
     * @return the agreement with the full fit, and the deviation of every coordinate
     * @throws IllegalArgumentException if labels are not 0 and 1, or numbers of rows differ
     * @throws io.verity.stats.EstimationException if a resample finds no direction
     */
    public DirectionSpread bootstrap(DirectionFinder finder, DMatrixRMaj x, int[] y, Split split) {
        int[] pool = pool(x, y, split);
        int @Nullable [] groups = split.groupsOrNull();
        double[] full = direction(finder.find(x, y, Split.unchecked(x.numRows, pool, new int[0], groups)));
        List<double[]> vectors = Parallel.map(settings.resamples, settings.threads, run -> {
            RandomStream stream = stream("probe/bootstrap", run);
            int[] rows = Stratification.resample(pool, groups, stream);
            for (int k = 1; k < REDRAWS && !TunedFit.bothClasses(y, rows); k++) {
                rows = Stratification.resample(pool, groups, stream);
            }
            return direction(finder.find(x, y, Split.unchecked(x.numRows, rows, new int[0], groups)));
        });
        return DirectionSpread.ofBootstrap(full, vectors);
    }

    /**
     * Drop-out and disjoint halves, side by side.
     *
     * @param finder finds the direction
     * @param x states
     * @param y 0 or 1 per row
     * @param split whose training and validation rows are the pool
     * @return both
     * @throws IllegalArgumentException if labels are not 0 and 1, or numbers of rows differ
     * @throws io.verity.stats.EstimationException if a run finds no direction
     */
    public StabilityReport assess(DirectionFinder finder, DMatrixRMaj x, int[] y, Split split) {
        return new StabilityReport(dropout(finder, x, y, split), disjointHalves(finder, x, y, split), Optional.empty());
    }

    /**
     * Drop-out, disjoint halves and bootstrap, side by side.
     *
     * @param finder finds the direction
     * @param fixed finds it without tuning, such as {@link Directions#ridge} at the chosen C; for the bootstrap
     * @param x states
     * @param y 0 or 1 per row
     * @param split whose training and validation rows are the pool
     * @return all three
     * @throws IllegalArgumentException if labels are not 0 and 1, or numbers of rows differ
     * @throws io.verity.stats.EstimationException if a run finds no direction
     */
    public StabilityReport assess(DirectionFinder finder, DirectionFinder fixed, DMatrixRMaj x, int[] y, Split split) {
        return new StabilityReport(
                dropout(finder, x, y, split),
                disjointHalves(finder, x, y, split),
                Optional.of(bootstrap(fixed, x, y, split)));
    }

    private static int[] pool(DMatrixRMaj x, int[] y, Split split) {
        Rows.checkTwoClasses(x.numRows, y);
        Arguments.require(split.rows() == x.numRows, "X has %d rows but the split is of %d", x.numRows, split.rows());
        return split.pool();
    }

    private RandomStream stream(String name, int run) {
        return RandomStream.of(settings.seed, name, settings.layer, run);
    }

    @FunctionalInterface
    private interface Draw {
        int[] rows();
    }

    /** Rows drawn, split 80/20; drawn again while the training part has one class. */
    private static Split part(int[] y, Split whole, RandomStream stream, Draw draw) {
        int @Nullable [] groups = whole.groupsOrNull();
        Split part = Split.unchecked(whole.rows(), new int[0], new int[0], groups);
        for (int k = 0; k < REDRAWS; k++) {
            int[] rows = draw.rows();
            int held = (int) Math.ceil(Split.VALIDATION_SHARE * rows.length);
            int[] validation = Stratification.draw(rows, y, groups, held, stream);
            part = Split.unchecked(whole.rows(), Rows.without(rows, validation), validation, groups);
            if (TunedFit.bothClasses(y, part.train())) {
                break;
            }
        }
        return part;
    }

    /** The unit vector that is compared. */
    private double[] direction(LinearProbe probe) {
        double[] v = probe.conceptVector();
        if (!settings.intercept) {
            return v;
        }
        double[] longer = Arrays.copyOf(probe.weights(), v.length + 1);
        longer[v.length] = probe.intercept();
        double norm = Rows.norm(longer);
        return Arrays.stream(longer).map(w -> w / norm).toArray();
    }
}

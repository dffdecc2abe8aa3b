package io.verity.estimators.probe;

import io.verity.stats.Arguments;
import io.verity.stats.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
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
                dropouts(y, split, pool, part -> direction(finder.find(x, y, part))), settings.absolute);
    }

    private <T> List<T> dropouts(int[] y, Split split, int[] pool, Function<Split, T> find) {
        return Parallel.map(settings.runs, settings.threads, run -> {
            RandomStream stream = stream("probe/dropout", run);
            return find.apply(part(
                    y, split, stream, () -> Stratification.keep(pool, split.groupsOrNull(), settings.drop, stream)));
        });
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
        List<double[]> vectors = halves(y, split, pool, part -> direction(finder.find(x, y, part)));
        return DirectionSpread.ofHalves(everySecond(vectors, 0), everySecond(vectors, 1));
    }

    /** First and second half of every cut, in turns. */
    private <T> List<T> halves(int[] y, Split split, int[] pool, Function<Split, T> find) {
        int @Nullable [] groups = split.groupsOrNull();
        return Parallel.map(2 * settings.halves, settings.threads, k -> {
            RandomStream stream = stream("probe/halves", k / 2);
            int[] first = Stratification.draw(pool, y, groups, pool.length / 2, stream);
            int[] half = k % 2 == 0 ? first : Rows.without(pool, first);
            RandomStream own = stream.forPurpose(1 + k % 2);
            return find.apply(part(y, split, own, () -> half));
        });
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
        double[] full = direction(finder.find(x, y, rows(split, pool)));
        return DirectionSpread.ofBootstrap(full, resampled(y, split, pool, part -> direction(finder.find(x, y, part))));
    }

    private <T> List<T> resampled(int[] y, Split split, int[] pool, Function<Split, T> find) {
        int @Nullable [] groups = split.groupsOrNull();
        long classes = classes(y, pool);
        return Parallel.map(settings.resamples, settings.threads, run -> {
            RandomStream stream = stream("probe/bootstrap", run);
            int[] rows = Stratification.resample(pool, groups, stream);
            for (int k = 1; k < REDRAWS && classes(y, rows) < classes; k++) {
                rows = Stratification.resample(pool, groups, stream);
            }
            return find.apply(rows(split, rows));
        });
    }

    private static Split rows(Split split, int[] rows) {
        return Split.unchecked(split.rows(), rows, new int[0], split.groupsOrNull());
    }

    /** How many classes these rows belong to. */
    private static long classes(int[] y, int[] rows) {
        return Arrays.stream(rows).map(i -> y[i]).distinct().count();
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

    /**
     * Drop-out and disjoint halves of several classes: every run finds the directions of all classes, and every class is compared
     * with itself.
     *
     * @param raptor the protocol, with its scheme for several classes, tuned anew every time
     * @param x states
     * @param y class 0, 1, ... per row
     * @param split whose training and validation rows are the pool
     * @return the stabilities of every class, and their means
     * @throws IllegalArgumentException if a class is negative, or numbers of rows differ
     * @throws io.verity.stats.EstimationException if a run lacks a class or finds no direction
     */
    public MulticlassStability assessMulticlass(Raptor raptor, DMatrixRMaj x, int[] y, Split split) {
        int[] pool = checkedPool(x, y, split);
        Function<Split, List<double[]>> tuned = part ->
                directions(MulticlassFitting.fit(raptor.settings(), x, y, part).probes());
        List<List<double[]>> dropouts = dropouts(y, split, pool, tuned);
        List<List<double[]>> halves = halves(y, split, pool, tuned);
        List<StabilityReport> reports = new ArrayList<>();
        for (int k = 0; k < dropouts.get(0).size(); k++) {
            List<double[]> both = ofClass(halves, k);
            reports.add(new StabilityReport(
                    DirectionSpread.ofPairs(ofClass(dropouts, k), settings.absolute),
                    DirectionSpread.ofHalves(everySecond(both, 0), everySecond(both, 1)),
                    Optional.empty()));
        }
        return MulticlassStability.of(reports, settings.absolute);
    }

    /**
     * Drop-out, disjoint halves and bootstrap of several classes.
     *
     * @param raptor the protocol, with its scheme for several classes, tuned anew every time but for the bootstrap
     * @param c inverse penalty of every class for the bootstrap, such as {@link MulticlassResult#selectedC()}
     * @param x states
     * @param y class 0, 1, ... per row
     * @param split whose training and validation rows are the pool
     * @return the stabilities of every class, and their means
     * @throws IllegalArgumentException if a class is negative, numbers of rows differ, or there is not one C per class
     * @throws io.verity.stats.EstimationException if a run lacks a class or finds no direction
     */
    public MulticlassStability assessMulticlass(Raptor raptor, double[] c, DMatrixRMaj x, int[] y, Split split) {
        int[] pool = checkedPool(x, y, split);
        Function<Split, List<double[]>> fixed =
                part -> directions(MulticlassFitting.at(raptor.settings(), c, x, y, part.pool()));
        List<double[]> full = fixed.apply(rows(split, pool));
        List<List<double[]>> resampled = resampled(y, split, pool, fixed);
        List<StabilityReport> reports = new ArrayList<>();
        for (StabilityReport report : assessMulticlass(raptor, x, y, split).classes()) {
            int k = reports.size();
            reports.add(new StabilityReport(
                    report.dropout(),
                    report.disjointHalves(),
                    Optional.of(DirectionSpread.ofBootstrap(full.get(k), ofClass(resampled, k)))));
        }
        return MulticlassStability.of(reports, settings.absolute);
    }

    private List<double[]> directions(List<LinearProbe> probes) {
        return probes.stream().map(this::direction).toList();
    }

    private static List<double[]> ofClass(List<List<double[]>> runs, int k) {
        return runs.stream().map(run -> run.get(k)).toList();
    }

    private static int[] pool(DMatrixRMaj x, int[] y, Split split) {
        Rows.checkTwoClasses(x.numRows, y);
        return checkedPool(x, y, split);
    }

    private static int[] checkedPool(DMatrixRMaj x, int[] y, Split split) {
        Rows.checkCount(x.numRows, y);
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

    /** Rows drawn, split 80/20; drawn again while the training part lacks a class. */
    private static Split part(int[] y, Split whole, RandomStream stream, Draw draw) {
        int @Nullable [] groups = whole.groupsOrNull();
        Split part = Split.unchecked(whole.rows(), new int[0], new int[0], groups);
        long classes = classes(y, whole.pool());
        for (int k = 0; k < REDRAWS; k++) {
            int[] rows = draw.rows();
            int held = (int) Math.ceil(Split.VALIDATION_SHARE * rows.length);
            int[] validation = Stratification.draw(rows, y, groups, held, stream);
            part = Split.unchecked(whole.rows(), Rows.without(rows, validation), validation, groups);
            if (classes(y, part.train()) == classes) {
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

package io.verity.estimators.r3d;

import io.verity.stats.Arguments;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.quantiles.QuantileType;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Regression discontinuity with distribution-valued outcomes.
 *
 * <p>Every unit i (a firm, a school, a state) has a running variable \( X_i \) and a whole distribution of outcomes with quantile
 * function \( Q_i \). Treatment starts at a cutoff c. Estimated is the local average quantile treatment effect
 * \[ \tau(q) = \lim_{x \searrow c} E[Q_i(q)\mid X_i=x] - \lim_{x \nearrow c} E[Q_i(q)\mid X_i=x], \]
 * in a fuzzy design divided by the jump of the treatment, with bands that cover all quantiles together (D. Van Dijcke,
 * "Regression Discontinuity Design with Distribution-Valued Outcomes", arXiv 2504.03992, Definitions 1 and 2, Theorems 1 to 4).
 * Immutable: every {@code with} returns a changed copy. Same data, same seed: the same bits, for any number of threads.
 *
 * <pre>{@code
 * R3dFit fit = R3d.withDefaults().withCutoff(0).withGrid(0.1, 0.25, 0.5, 0.75, 0.9).fit(UnitSamples.of(x, wages));
 * }</pre>
 */
public final class R3d {
    private static final int HIGHEST_ORDER = 8;

    private final Settings settings;

    private R3d(Settings settings) {
        this.settings = settings;
    }

    /**
     * @return cutoff 0; {@link Method#FRECHET}, triangular kernel, order 2 with pilot order 1, the 99 percentiles of type 7,
     *     bandwidths by {@link Bandwidths#paper()}, {@link ResidualScaling#HC2}, a constant 95 % band from 1000 draws of the factor
     *     engine with seed 0, tests of nullity and homogeneity on the whole grid
     */
    public static R3d withDefaults() {
        return new R3d(new Settings());
    }

    private R3d change(Consumer<Settings> change) {
        Settings copy = settings.clone();
        change.accept(copy);
        return new R3d(copy);
    }

    /**
     * @param cutoff c, in units of the running variable; units at the cutoff are above it
     * @return a copy with that cutoff
     * @throws IllegalArgumentException if it is not finite
     */
    public R3d withCutoff(double cutoff) {
        Arguments.finite("cutoff", cutoff);
        return change(s -> s.cutoff = cutoff);
    }

    /**
     * @param method how curves are estimated and made monotone
     * @return a copy with that method
     */
    public R3d with(Method method) {
        return change(s -> s.method = method);
    }

    /**
     * @param kernel weights of units by their distance from the cutoff
     * @return a copy with that kernel
     */
    public R3d with(SmoothingKernel kernel) {
        return change(s -> s.kernel = kernel);
    }

    /**
     * @param order degree p of the local polynomial, 0 to 8; above 3 it is unstable
     * @return a copy with that order
     * @throws IllegalArgumentException if it is not in 0..8
     */
    public R3d withOrder(int order) {
        Arguments.require(
                order >= 0 && order <= HIGHEST_ORDER,
                "order must lie between 0 and %d, but is %d",
                HIGHEST_ORDER,
                order);
        return change(s -> s.order = order);
    }

    /**
     * @param order degree s for which the bandwidth is chosen; with {@link BiasCorrection#CONVENTIONAL} and
     *     {@link BiasCorrection#CCT} also that of the polynomial
     * @return a copy with that pilot order
     * @throws IllegalArgumentException if it is not in 1..8
     */
    public R3d withPilotOrder(int order) {
        Arguments.require(
                order >= 1 && order <= HIGHEST_ORDER,
                "pilot order must lie between 1 and %d, but is %d",
                HIGHEST_ORDER,
                order);
        return change(s -> s.pilotOrder = order);
    }

    /**
     * @param grid probabilities, strictly increasing inside (0, 1)
     * @return a copy with that quantile grid; not used when quantiles are given, which bring their own
     * @throws IllegalArgumentException if the grid is not one
     */
    public R3d withGrid(double... grid) {
        QuantileMatrix.checkGrid(grid);
        double[] copy = grid.clone();
        return change(s -> s.grid = copy);
    }

    /**
     * @param type definition of the units' sample quantiles; weighted samples have one of their own
     * @return a copy with that definition
     */
    public R3d with(QuantileType type) {
        return change(s -> s.quantileType = type);
    }

    /**
     * @param bandwidths where bandwidths come from
     * @return a copy with that choice
     */
    public R3d with(Bandwidths bandwidths) {
        return change(s -> s.bandwidths = bandwidths);
    }

    /**
     * @param corrected whether selected bandwidths shrink by \( n^{-s/((2s+3)(s+3))} \), the rule of thumb that minimises the
     *     coverage error (Calonico, Cattaneo and Farrell 2018)
     * @return a copy with that choice
     */
    public R3d withCoverageCorrection(boolean corrected) {
        return change(s -> s.coverageCorrection = corrected);
    }

    /**
     * @param scaling how residuals make up for the fit's own noise
     * @return a copy with that scaling
     */
    public R3d with(ResidualScaling scaling) {
        return change(s -> s.residuals = scaling);
    }

    /**
     * @param correction how smoothing bias is dealt with
     * @return a copy with that correction
     */
    public R3d with(BiasCorrection correction) {
        return change(s -> s.biasCorrection = correction);
    }

    /**
     * @param type how {@link Method#SIMPLE} makes curves monotone
     * @return a copy with that rearrangement
     */
    public R3d with(RearrangementType type) {
        return change(s -> s.rearrangement = type);
    }

    /**
     * @param weights of grid points in the projection of {@link Method#FRECHET}
     * @return a copy with these weights
     */
    public R3d with(ProjectionWeights weights) {
        return change(s -> s.projectionWeights = weights);
    }

    /**
     * @param bands shape of the uniform band
     * @return a copy with that shape
     */
    public R3d with(BandType bands) {
        return change(s -> s.bands = bands);
    }

    /**
     * @param level of the band, such as 0.95
     * @return a copy with that level
     * @throws IllegalArgumentException if it is not strictly between 0 and 1
     */
    public R3d withLevel(double level) {
        Arguments.fraction("level", level);
        return change(s -> s.level = level);
    }

    /**
     * @param count number B of bootstrap draws
     * @return a copy with that number
     * @throws IllegalArgumentException if it is below 1
     */
    public R3d withDraws(int count) {
        Arguments.atLeast("draws", count, 1);
        return change(s -> s.draws = count);
    }

    /**
     * @param seed of the draws
     * @return a copy with that seed
     */
    public R3d withSeed(long seed) {
        return change(s -> s.seed = seed);
    }

    /**
     * @param engine how draws are made
     * @return a copy with that engine
     */
    public R3d with(BootstrapEngine engine) {
        return change(s -> s.engine = engine);
    }

    /**
     * @param multipliers one row per unit in the order of the data, one column per draw
     * @return a copy that uses these instead of random ones; their columns set the number of draws
     * @throws IllegalArgumentException if rows differ in length, there are none, or a number is not finite
     */
    public R3d withMultipliers(double[][] multipliers) {
        Arguments.finiteMatrix("multipliers", multipliers);
        double[][] copy = Arrays.stream(multipliers).map(double[]::clone).toArray(double[][]::new);
        return change(s -> {
            s.multipliers = copy;
            s.engine = BootstrapEngine.MULTIPLIER;
            s.draws = copy[0].length;
        });
    }

    /**
     * @param kinds hypotheses to test, perhaps none
     * @return a copy with these tests
     */
    public R3d withTests(TestKind... kinds) {
        EnumSet<TestKind> set = EnumSet.noneOf(TestKind.class);
        set.addAll(Arrays.asList(kinds));
        return change(s -> s.tests = set);
    }

    /**
     * @param ranges pairs {low, high} of quantiles; a longer increasing list a, b, c means [a, b] and [b, c]
     * @return a copy that tests nullity and homogeneity on each range instead of the whole grid
     * @throws IllegalArgumentException if a list has fewer than two numbers or does not increase
     */
    public R3d withTestRanges(double[]... ranges) {
        List<double[]> pairs = new ArrayList<>();
        for (double[] range : ranges) {
            Arguments.require(range.length >= 2, "a test range needs two ends, but %s has not", Arrays.toString(range));
            for (int k = 1; k < range.length; k++) {
                Arguments.require(
                        range[k] > range[k - 1], "the test range %s does not increase", Arrays.toString(range));
                pairs.add(new double[] {range[k - 1], range[k]});
            }
        }
        double[][] all = pairs.toArray(double[][]::new);
        return change(s -> s.testRanges = all.length == 0 ? null : all);
    }

    /**
     * @param plusOne whether p-values are \( (1 + \#)/(B + 1) \) instead of the plain share of draws
     * @return a copy with that choice
     */
    public R3d withPlusOnePValues(boolean plusOne) {
        return change(s -> s.plusOne = plusOne);
    }

    /**
     * @param radius units closer to the cutoff than this are left out, in units of the running variable; 0 for none
     * @return a copy with that hole
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public R3d withDonut(double radius) {
        Arguments.nonNegative("donut radius", radius);
        return change(s -> s.donut = radius);
    }

    /**
     * @param compatibility whose rules to follow; overrides selector, rearrangement, residual scaling and Gini test
     * @return a copy with these rules
     */
    public R3d with(Compatibility compatibility) {
        return change(s -> s.compatibility = compatibility);
    }

    /**
     * @param backend does the dense products of the bootstrap; it stays open
     * @return a copy with that backend instead of the shared one
     */
    public R3d with(DenseBackend backend) {
        return change(s -> s.chosenBackend = backend);
    }

    /**
     * @param drawn told the number of draws done, now and then, from several threads
     * @return a copy that reports
     */
    public R3d withProgress(IntConsumer drawn) {
        return change(s -> s.progress = drawn);
    }

    /** @return the quantile grid asked for, a copy */
    public double[] grid() {
        return settings.grid.clone();
    }

    /** @return the definition of sample quantiles asked for */
    public QuantileType quantileType() {
        return settings.quantileType;
    }

    /** @return the cutoff */
    public double cutoff() {
        return settings.cutoff;
    }

    /**
     * @param units one entry per unit: running variable and the sample of outcomes inside the unit
     * @return effects on the grid with their uniform band
     * @throws IllegalArgumentException if options or data do not fit together
     * @throws io.verity.stats.InsufficientDataException if a side has too few distinct running values within its bandwidth
     */
    public R3dFit fit(UnitSamples units) {
        return fit(units.quantiles(settings.quantileType, settings.grid));
    }

    /**
     * @param quantiles of the units, on a grid of their own
     * @return effects on that grid with their uniform band
     * @throws IllegalArgumentException if options or data do not fit together
     * @throws io.verity.stats.InsufficientDataException if a side has too few distinct running values within its bandwidth
     */
    public R3dFit fit(QuantileMatrix quantiles) {
        Requirements requirements = new Requirements(settings);
        requirements.check(quantiles);
        double[] x = quantiles.x();
        double[] weights = quantiles.weightsOfUnits();
        int[] kept = IntStream.range(0, x.length)
                .filter(i -> Math.abs(x[i] - settings.cutoff) >= settings.donut)
                .filter(i -> weights == null || weights[i] > 0)
                .toArray();
        if (kept.length == x.length) {
            return new Fitting(settings, new Units(quantiles, settings.cutoff)).run();
        }
        requirements.checkKept(Arrays.stream(kept).mapToDouble(i -> x[i]).toArray(), x.length);
        Settings inner = settings.clone();
        double[][] xi = settings.multipliers;
        inner.multipliers =
                xi == null ? null : Arrays.stream(kept).mapToObj(i -> xi[i]).toArray(double[][]::new);
        return new Fitting(inner, new Units(quantiles.select(kept), settings.cutoff)).run();
    }

    /**
     * The fit at each of several bandwidths, everything else as configured.
     *
     * @param quantiles of the units
     * @param bandwidths of the outcome; in a fuzzy design that of the treatment keeps its ratio to the first fit's
     * @return one fit per bandwidth
     * @throws IllegalArgumentException if a bandwidth is not positive, or as {@link #fit(QuantileMatrix)}
     * @throws io.verity.stats.InsufficientDataException if a bandwidth is too small
     */
    public List<R3dFit> sensitivity(QuantileMatrix quantiles, double... bandwidths) {
        double ratio = 1;
        if (quantiles.treatments() != null) {
            R3dFit first = withTests().withDraws(1).fit(quantiles);
            ratio = first.bandwidthTreatment()
                    / Arrays.stream(first.bandwidths()).average().orElseThrow();
        }
        List<R3dFit> fits = new ArrayList<>();
        for (double h : bandwidths) {
            Bandwidths fixed = Bandwidths.fixed(h);
            double b = settings.bandwidths.bias();
            fixed = Double.isNaN(b) ? fixed : fixed.withBias(b);
            fits.add(with(quantiles.treatments() == null ? fixed : fixed.withTreatment(ratio * h))
                    .fit(quantiles));
        }
        return fits;
    }

    /**
     * The fit at cutoffs where nothing should happen. Each uses the units on its own side of the true cutoff alone, so that the
     * true jump cannot leak in; the true treatment plays no part.
     *
     * @param quantiles of the units
     * @param cutoffs none of them the true one
     * @return one fit per cutoff
     * @throws IllegalArgumentException if a cutoff is the true one, or has too few units on a side
     * @throws io.verity.stats.InsufficientDataException if its window is too sparse
     */
    public List<R3dFit> placeboCutoffs(QuantileMatrix quantiles, double... cutoffs) {
        double[] x = quantiles.x();
        List<R3dFit> fits = new ArrayList<>();
        for (double c : cutoffs) {
            Arguments.require(c != settings.cutoff, "%s is the true cutoff, not a placebo", c);
            int[] kept = IntStream.range(0, x.length)
                    .filter(i -> x[i] >= settings.cutoff == c > settings.cutoff)
                    .toArray();
            R3d placebo = withCutoff(c).change(s -> {
                s.multipliers = null;
                s.bandwidths = s.bandwidths.withoutTreatment();
            });
            fits.add(placebo.fit(quantiles.select(kept).sharp()));
        }
        return fits;
    }
}

package io.verity.estimators.r3d;

import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.quantiles.QuantileType;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The options of {@link R3d}; changed only on a fresh copy, before anybody else sees it. */
final class Settings {
    private static final int DRAWS = 1000;

    double cutoff;
    Method method = Method.FRECHET;
    SmoothingKernel kernel = SmoothingKernel.TRIANGULAR;
    int order = 2;
    int pilotOrder = 1;
    double[] grid = percentiles();
    QuantileType quantileType = QuantileType.TYPE7;
    Bandwidths bandwidths = Bandwidths.paper();
    boolean coverageCorrection;
    ResidualScaling residuals = ResidualScaling.HC2;
    BiasCorrection biasCorrection = BiasCorrection.HIGHER_ORDER;
    RearrangementType rearrangement = RearrangementType.SORT;
    ProjectionWeights projectionWeights = ProjectionWeights.UNIT;
    BandType bands = BandType.CONSTANT;
    double level = 0.95;
    int draws = DRAWS;
    long seed;
    BootstrapEngine engine = BootstrapEngine.FACTOR;
    double @Nullable [][] multipliers;
    Set<TestKind> tests = EnumSet.of(TestKind.NULLITY, TestKind.HOMOGENEITY);
    double @Nullable [][] testRanges;
    boolean plusOne;
    double donut;
    Compatibility compatibility = Compatibility.NONE;
    IntConsumer progress = done -> {};

    @Nullable DenseBackend backend;

    private static double[] percentiles() {
        double[] grid = new double[99];
        for (int j = 0; j < grid.length; j++) {
            grid[j] = (j + 1) / 100.0;
        }
        return grid;
    }

    Settings copy() {
        Settings s = new Settings();
        s.cutoff = cutoff;
        s.method = method;
        s.kernel = kernel;
        s.order = order;
        s.pilotOrder = pilotOrder;
        s.grid = grid;
        s.quantileType = quantileType;
        s.bandwidths = bandwidths;
        s.coverageCorrection = coverageCorrection;
        s.residuals = residuals;
        s.biasCorrection = biasCorrection;
        s.rearrangement = rearrangement;
        s.projectionWeights = projectionWeights;
        s.bands = bands;
        s.level = level;
        s.draws = draws;
        s.seed = seed;
        s.engine = engine;
        s.multipliers = multipliers;
        s.tests = tests;
        s.testRanges = testRanges;
        s.plusOne = plusOne;
        s.donut = donut;
        s.compatibility = compatibility;
        s.progress = progress;
        s.backend = backend;
        return s;
    }

    DenseBackend backend() {
        DenseBackend chosen = backend;
        return chosen == null ? Backends.shared() : chosen;
    }

    boolean compatible() {
        return compatibility == Compatibility.R_PACKAGE;
    }

    RearrangementType rearrangement() {
        return compatible() ? RearrangementType.R_PACKAGE : rearrangement;
    }

    ResidualScaling residuals() {
        return compatible() ? ResidualScaling.HC0 : residuals;
    }

    /** The ranges of quantiles to test on. */
    double[][] ranges(double[] points) {
        double[][] given = testRanges;
        return given != null ? given : new double[][] {{points[0], points[points.length - 1]}};
    }

    /** Order of the polynomial whose intercepts are the estimate, before any explicit correction. */
    int fitOrder() {
        return biasCorrection == BiasCorrection.HIGHER_ORDER ? order : pilotOrder;
    }

    Bandwidths.Rule rule() {
        Bandwidths.Rule rule = bandwidths.rule();
        return compatible() && rule != Bandwidths.Rule.FIXED ? Bandwidths.Rule.R_PACKAGE : rule;
    }
}

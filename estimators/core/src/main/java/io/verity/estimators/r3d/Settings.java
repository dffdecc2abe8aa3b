package io.verity.estimators.r3d;

import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.quantiles.QuantileType;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** What an {@link R3d} is set to. Copied before it is changed. */
final class Settings implements Cloneable {
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

    @Nullable DenseBackend chosenBackend;

    private static double[] percentiles() {
        double[] grid = new double[99];
        for (int j = 0; j < grid.length; j++) {
            grid[j] = (j + 1) / 100.0;
        }
        return grid;
    }

    DenseBackend backend() {
        return chosenBackend == null ? Backends.shared() : chosenBackend;
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

    @Override
    public Settings clone() {
        try {
            return (Settings) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}

package io.verity.papers.r3d;

import io.verity.estimators.r3d.QuantileMatrix;
import io.verity.estimators.r3d.R3d;
import io.verity.estimators.r3d.R3dFit;
import io.verity.estimators.r3d.TestKind;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Replicate;
import io.verity.stats.random.RandomStream;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/**
 * The usual experiment: draw units and samples, fit, look. Data come from the replicate's stream, the seed of the bands' draws
 * from the stream of the same replicate for resampling.
 */
final class Experiments {
    private static final double LEVEL = .05;
    private static final double NORMAL_QUANTILE = 1.959963984540054;

    private Experiments() {}

    /**
     * How large one experiment is.
     *
     * @param units number n of units
     * @param perUnit size of every unit's sample
     * @param draws draws B of the band
     */
    record Size(int units, int perUnit, int draws) {
        /** n = 500, 50 outcomes each and 499 draws; at full budget n = 1000, 200 outcomes each and 999 draws. */
        static Size of(ClaimContext context) {
            return context.full() ? new Size(1000, 200, 999) : new Size(500, 50, 499);
        }

        Size withUnits(int n) {
            return new Size(n, perUnit, draws);
        }

        Size withPerUnit(int m) {
            return new Size(units, m, draws);
        }
    }

    /** The estimator at its defaults, without tests, with that many draws and a seed from the stream. */
    static R3d estimator(int draws, RandomStream stream) {
        return R3d.withDefaults()
                .withDraws(draws)
                .withTests()
                .withSeed(stream.forPurpose(RandomStream.BOOTSTRAP).nextLong());
    }

    /** Fits data of the usual size from a design; the operator changes the estimator's options. */
    static R3dFit fit(
            ClaimContext context, RandomStream stream, Design design, double effect, UnaryOperator<R3d> options) {
        return fit(Size.of(context), stream, design, effect, options);
    }

    static R3dFit fit(Size size, RandomStream stream, Design design, double effect, UnaryOperator<R3d> options) {
        QuantileMatrix data = design.quantiles(stream, size.units(), size.perUnit(), effect, Targets.deciles());
        return options.apply(estimator(size.draws(), stream)).fit(data);
    }

    /** 1 when the fit at the usual size shows the property. */
    static Replicate event(
            Design design, double effect, UnaryOperator<R3d> options, BiPredicate<R3dFit, double[]> property) {
        double[] truth = Targets.average(design, effect, Targets.deciles());
        return (context, stream) -> property.test(fit(context, stream, design, effect, options), truth) ? 1 : 0;
    }

    /** 1 when the uniform band covers the true effects at all deciles. */
    static Replicate coverage(Design design, double effect, UnaryOperator<R3d> options) {
        return event(design, effect, options, R3dFit::covers);
    }

    /** 1 when the test rejects at level 0.05. */
    static Replicate rejection(Design design, double effect, TestKind kind) {
        return event(
                design,
                effect,
                r3d -> r3d.withTests(kind),
                (fit, truth) -> fit.test(kind).pValue() <= LEVEL);
    }

    /** Whether a band of half width (share times the uniform one) covers. */
    static boolean coversWithShare(R3dFit fit, double[] truth, double share) {
        for (int j = 0; j < truth.length; j++) {
            if (Math.abs(fit.tau()[j] - truth[j]) > share * (fit.upper()[j] - fit.tau()[j])) {
                return false;
            }
        }
        return true;
    }

    /** Whether all pointwise 95 % intervals cover at once. */
    static boolean pointwiseCovers(R3dFit fit, double... truth) {
        for (int j = 0; j < truth.length; j++) {
            if (Math.abs(fit.tau()[j] - truth[j]) > NORMAL_QUANTILE * fit.standardErrors()[j]) {
                return false;
            }
        }
        return true;
    }
}

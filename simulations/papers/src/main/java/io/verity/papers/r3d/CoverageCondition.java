package io.verity.papers.r3d;

import io.verity.estimators.r3d.BandType;
import io.verity.estimators.r3d.Bandwidths;
import io.verity.estimators.r3d.Method;
import io.verity.estimators.r3d.QuantileMatrix;
import io.verity.estimators.r3d.R3d;
import io.verity.estimators.r3d.R3dFit;
import io.verity.estimators.r3d.ResidualScaling;
import io.verity.estimators.r3d.TestKind;
import io.verity.stats.Arguments;
import io.verity.stats.random.RandomStream;
import io.verity.stats.smoothing.SmoothingKernel;

/**
 * A condition of {@code r3d/coverage}: which data, and which options of the estimator.
 *
 * @param design of the data
 * @param units number n of units
 * @param perUnit outcomes per unit
 * @param effect \( \Delta \)
 * @param method of the estimator
 * @param kernel of the estimator
 * @param order of the local polynomial
 * @param bandwidth {@code paper}, {@code imserd}, {@code r-package} or a number
 * @param residuals scaling of the residuals
 * @param bands shape of the band
 * @param draws of the band
 */
record CoverageCondition(
        Design design,
        int units,
        int perUnit,
        double effect,
        Method method,
        SmoothingKernel kernel,
        int order,
        String bandwidth,
        ResidualScaling residuals,
        BandType bands,
        int draws) {
    CoverageCondition {
        Arguments.atLeast("units", units, 20);
        Arguments.atLeast("perUnit", perUnit, 1);
        Arguments.atLeast("order", order, 1);
        Arguments.atLeast("draws", draws, 1);
        bandwidths(bandwidth, design == Design.FUZZY);
    }

    /**
     * @param text {@code paper}, {@code imserd}, {@code r-package} or a number, also used for the treatment
     * @param fuzzy whether there is a treatment
     * @return the choice
     * @throws IllegalArgumentException if the text is none of these
     */
    static Bandwidths bandwidths(String text, boolean fuzzy) {
        return switch (text) {
            case "paper" -> Bandwidths.paper();
            case "imserd" -> Bandwidths.imserd();
            case "r-package" -> Bandwidths.rPackage();
            default -> {
                double h = number(text);
                yield fuzzy ? Bandwidths.fuzzy(h, h) : Bandwidths.fixed(h);
            }
        };
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "bandwidth must be paper, imserd, r-package or a number, but is '" + text + "'", e);
        }
    }

    R3dFit fit(RandomStream stream) {
        QuantileMatrix data = design.quantiles(stream, units, perUnit, effect, Targets.deciles());
        R3d r3d = Experiments.estimator(draws, stream)
                .with(method)
                .with(kernel)
                .withPilotOrder(Math.min(order, 1))
                .withOrder(order)
                .with(bandwidths(bandwidth, design == Design.FUZZY))
                .with(residuals)
                .with(bands)
                .withTests(TestKind.NULLITY, TestKind.HOMOGENEITY);
        return r3d.fit(data);
    }

    /** Everything but the number of units, for the legend. */
    String series() {
        return String.join(
                ", ",
                design.toString(),
                Words.of(method),
                Words.of(kernel),
                "order " + order,
                bandwidth,
                residuals.toString(),
                Words.of(bands));
    }
}

package io.verity.estimators.r3d;

import io.verity.estimators.rd.ConstantResponseException;
import io.verity.estimators.rd.MseBandwidth;
import io.verity.estimators.rd.RdBandwidths;
import io.verity.estimators.rd.ScalarRd;
import io.verity.stats.result.Rounded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The bandwidths of one fit.
 *
 * @param outcome one, or one per quantile
 * @param treatment NaN in a sharp design
 * @param bias of the bias estimate, NaN where none is estimated
 * @param clamped which selected bandwidths were pulled back to what the data can support, one sentence for each response
 */
@SuppressWarnings("ArrayRecordComponent") // internal columns, never compared
record ChosenBandwidths(double[] outcome, double treatment, double bias, List<String> clamped) {
    private static final double NUDGE = 1e-8;
    private static final int SHOWN = 3;

    static ChosenBandwidths of(Units units, Settings settings) {
        return new Chooser(units, settings).choose();
    }

    private static final class Chooser {
        private final Units units;
        private final Settings settings;
        private final int m;
        /** A power of two near the largest distance: dividing by it changes no bit, and no threshold depends on the unit. */
        private final double unit;

        private final double[] distance;
        private final List<String> clamped = new ArrayList<>();

        Chooser(Units units, Settings settings) {
            this.units = units;
            this.settings = settings;
            m = units.matrix.points();
            unit = Math.scalb(1.0, Math.getExponent(units.farthest()) + 1);
            distance = Arrays.stream(units.x).map(v -> v / unit).toArray();
        }

        ChosenBandwidths choose() {
            Bandwidths wanted = settings.bandwidths;
            boolean fixed = settings.rule() == Bandwidths.Rule.FIXED;
            double[] responses = settings.compatible() ? units.matrix.unweightedFlat() : units.matrix.flat();
            double[] h = fixed ? wanted.outcome() : select("outcome", responses, m, settings.method == Method.FRECHET);
            double[] t = units.matrix.treatments();
            double hTreatment = Double.NaN;
            if (t != null) {
                hTreatment = Double.isNaN(wanted.treatment()) ? select("treatment", t, 1, true)[0] : wanted.treatment();
            }
            double bias = Double.NaN;
            if (settings.biasCorrection == BiasCorrection.CCT) {
                bias = Double.isNaN(wanted.bias()) ? pilot(responses) : wanted.bias();
            }
            return new ChosenBandwidths(h, hTreatment, bias, clamped);
        }

        private double[] select(String what, double[] responses, int width, boolean integrated) {
            double[] h = switch (settings.rule()) {
                case IMSERD -> meanSquaredError(responses, width, integrated);
                case R_PACKAGE ->
                    PlugInBandwidth.asPackage(
                            units, settings.kernel, settings.pilotOrder, responses, width, integrated);
                default ->
                    PlugInBandwidth.paper(units, settings.kernel, settings.pilotOrder, responses, width, integrated);
            };
            boolean bounded = settings.rule() != Bandwidths.Rule.R_PACKAGE;
            double farthest = bounded ? units.farthest() : Double.POSITIVE_INFINITY;
            double nearest = bounded ? nearest() : 0;
            double factor = settings.coverageCorrection ? coverageFactor() : 1;
            List<String> places = new ArrayList<>();
            for (int j = 0; j < h.length; j++) {
                double upper = Math.min(h[j], farthest);
                double shrunk = upper * factor;
                double lower = Math.max(shrunk, nearest);
                if (upper < h[j] || lower > shrunk) {
                    String at = h.length == 1
                            ? ""
                            : " at q = " + Rounded.to(units.matrix.probabilities()[j], 4);
                    places.add(String.format(
                            Locale.ROOT, "%.4g instead of %.4g%s", lower, upper < h[j] ? h[j] : shrunk, at));
                }
                h[j] = lower;
            }
            if (!places.isEmpty()) {
                clamped.add("the selected bandwidth of the " + what + " was pulled back to what the data support: "
                        + String.join(", ", places.subList(0, Math.min(SHOWN, places.size())))
                        + (places.size() > SHOWN ? " and so on, at " + places.size() + " quantiles" : ""));
            }
            return h;
        }

        private ScalarRd design() {
            return ScalarRd.withDefaults()
                    .withOrder(settings.pilotOrder)
                    .withPilotOrder(settings.pilotOrder + 1)
                    .with(settings.kernel);
        }

        private double[] meanSquaredError(double[] responses, int width, boolean integrated) {
            MseBandwidth selector = MseBandwidth.of(design());
            double[] h = integrated
                    ? new double[] {joint(selector, responses, width)}
                    : selector.perColumn(distance, responses, width, units.unitWeights()).stream()
                            .mapToDouble(RdBandwidths::left)
                            .toArray();
            for (int j = 0; j < h.length; j++) {
                // a treatment that the cutoff decides, a quantile that is top-coded: any bandwidth will do
                h[j] = Double.isNaN(h[j]) ? PlugInBandwidth.ruleOfThumb(units, settings.pilotOrder) : unit * h[j];
            }
            return h;
        }

        private double joint(MseBandwidth selector, double[] responses, int width) {
            try {
                return selector.integrated(distance, responses, width, units.unitWeights())
                        .left();
            } catch (ConstantResponseException e) {
                return Double.NaN;
            }
        }

        private double pilot(double[] responses) {
            return unit
                    * MseBandwidth.of(design())
                            .integrated(distance, responses, m, units.unitWeights())
                            .pilotLeft();
        }

        /** \( n^{-s/((2s+3)(s+3))} \), the rule of thumb of Calonico, Cattaneo and Farrell (2018, 2020) for coverage. */
        private double coverageFactor() {
            double s = settings.pilotOrder;
            return StrictMath.pow(units.count(), -s / ((2 * s + 3) * (s + 3)));
        }

        /**
         * The smallest bandwidth that leaves twice as many distinct running values of positive weight on each side as the
         * polynomial has coefficients: with one more than coefficients, standard errors are far too small.
         */
        private double nearest() {
            int needed = 2 * (settings.order + 1) + 1;
            double nearest = Math.max(units.distinctDistance(false, needed), units.distinctDistance(true, needed));
            return Double.isFinite(nearest) ? nearest + NUDGE * Math.min(1, nearest) : units.farthest();
        }
    }

    /** Whether every quantile has the same bandwidth. */
    boolean common() {
        return Arrays.stream(outcome).distinct().count() == 1;
    }
}

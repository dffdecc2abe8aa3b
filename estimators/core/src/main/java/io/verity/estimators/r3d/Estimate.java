package io.verity.estimators.r3d;

import io.verity.stats.smoothing.SmoothingKernel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The point estimate and the influence of every unit on it: what inference needs, and nothing else does.
 *
 * @param rawLeft one-sided limits below the cutoff, before they are made monotone
 * @param rawRight the same above
 * @param left monotone average quantile curve below the cutoff
 * @param right the same above
 * @param firstStage jump of the treatment, NaN in a sharp design
 * @param firstStageInfluence of every active unit on it, empty in a sharp design
 * @param tau effects
 * @param active units with any influence, ascending
 * @param influence psi, active units x m, row-major
 * @param reducedForm influence on the jump of the curves alone; the same array in a sharp design
 * @param weakFirstStage whether the jump of the treatment is zero up to rounding
 * @param saturated whether some polynomial goes through all its units, so that there is no noise to measure
 * @param unitsLeft smallest number of units below the cutoff that any quantile's fit uses
 * @param unitsRight the same above
 */
@SuppressWarnings("ArrayRecordComponent") // internal columns, never compared
record Estimate(
        double[] rawLeft,
        double[] rawRight,
        double[] left,
        double[] right,
        double firstStage,
        double[] firstStageInfluence,
        double[] tau,
        int[] active,
        double[] influence,
        double[] reducedForm,
        boolean weakFirstStage,
        boolean saturated,
        int unitsLeft,
        int unitsRight) {

    /** A jump of the treatment that rounding explains, relative to the largest treatment. */
    private static final double WEAK = 1e-12;

    /**
     * @param h one bandwidth, or one per quantile
     * @param hTreatment bandwidth of the treatment, NaN in a sharp design
     * @param b bandwidth of the bias, NaN where none is estimated
     */
    static Estimate of(Units units, Settings settings, double[] h, double hTreatment, double b) {
        return new Builder(units, settings, h, hTreatment, b).build();
    }

    private static final class Builder {
        private final Units units;
        private final Settings settings;
        private final SmoothingKernel kernel;
        private final double[] h;
        private final double hTreatment;
        private final double b;
        private final int m;
        private final int[] active;
        /** Position of a unit among the active ones, or -1. */
        private final int[] place;

        private final double[] psi;
        private final double[] rawLeft;
        private final double[] rawRight;
        private boolean saturated;
        private int unitsLeft = Integer.MAX_VALUE;
        private int unitsRight = Integer.MAX_VALUE;

        Builder(Units units, Settings settings, double[] h, double hTreatment, double b) {
            this.units = units;
            this.settings = settings;
            this.h = h;
            this.hTreatment = hTreatment;
            this.b = b;
            kernel = settings.kernel;
            m = units.matrix.points();
            double widest = Arrays.stream(h).max().orElse(0);
            double reach = Math.max(widest, Math.max(nanToZero(hTreatment), nanToZero(b)));
            int n = units.count();
            place = new int[n];
            int[] inside = new int[n];
            int count = 0;
            for (int i = 0; i < n; i++) {
                boolean counts = kernel.weight(units.x[i] / reach) > 0 && units.weight(i) > 0;
                place[i] = counts ? count : -1;
                if (counts) {
                    inside[count++] = i;
                }
            }
            active = Arrays.copyOf(inside, count);
            psi = new double[count * m];
            rawLeft = new double[m];
            rawRight = new double[m];
        }

        private static double nanToZero(double value) {
            return Double.isNaN(value) ? 0 : value;
        }

        Estimate build() {
            Curves curves = new Curves(units.matrix.probabilities(), settings);
            for (int from = 0; from < m; ) {
                int to = h.length == 1 ? m : from + 1;
                while (to < m && h[to] == h[from]) {
                    to++;
                }
                columns(from, to, curves);
                from = to;
            }
            double[] left = curves.monotone(rawLeft);
            double[] right = curves.monotone(rawRight);
            double[] tau = new double[m];
            for (int j = 0; j < m; j++) {
                tau[j] = right[j] - left[j];
            }
            double[] t = units.matrix.treatments();
            if (t == null) {
                return new Estimate(
                        rawLeft,
                        rawRight,
                        left,
                        right,
                        Double.NaN,
                        new double[0],
                        tau,
                        active,
                        psi,
                        psi,
                        false,
                        saturated,
                        unitsLeft,
                        unitsRight);
            }
            double[] psiT = new double[active.length];
            double jump = treatment(t, psiT);
            double largest =
                    Arrays.stream(active).mapToDouble(i -> Math.abs(t[i])).max().orElse(0);
            boolean weak = Math.abs(jump) <= WEAK * largest;
            double[] fuzzy = ratio(tau, jump, psiT, weak);
            return new Estimate(
                    rawLeft,
                    rawRight,
                    left,
                    right,
                    jump,
                    psiT,
                    tau,
                    active,
                    fuzzy,
                    psi,
                    weak,
                    saturated,
                    unitsLeft,
                    unitsRight);
        }

        /** Quantiles from..to-1, which share a bandwidth. */
        private void columns(int from, int to, Curves curves) {
            int width = to - from;
            double[] responses = width == m ? units.matrix.flat() : slice(units.matrix.flat(), from, to);
            SideWeights left = side(false, h[h.length == 1 ? 0 : from]);
            SideWeights right = side(true, h[h.length == 1 ? 0 : from]);
            unitsLeft = Math.min(unitsLeft, left.units());
            unitsRight = Math.min(unitsRight, right.units());
            saturated |= left.saturated() || right.saturated();
            System.arraycopy(left.limits(responses, width), 0, rawLeft, from, width);
            System.arraycopy(right.limits(responses, width), 0, rawRight, from, width);
            influence(left, responses, from, width, -1, curves);
            influence(right, responses, from, width, 1, curves);
        }

        private double[] slice(double[] flat, int from, int to) {
            int width = to - from;
            double[] part = new double[units.count() * width];
            for (int i = 0; i < units.count(); i++) {
                System.arraycopy(flat, i * m + from, part, i * width, width);
            }
            return part;
        }

        private SideWeights side(boolean right, double bandwidth) {
            return settings.biasCorrection == BiasCorrection.CCT
                    ? SideWeights.corrected(units, right, bandwidth, b, settings.fitOrder(), kernel)
                    : SideWeights.of(units, right, bandwidth, settings.fitOrder(), kernel);
        }

        private void influence(SideWeights side, double[] responses, int from, int width, double sign, Curves curves) {
            int order = side.residualFit().order();
            double[] alpha = side.residualFit().coefficients(responses, width, side.residualRows());
            double[] fitted = new double[width];
            for (int k = 0; k < side.rows().length; k++) {
                double s = side.intercept()[k];
                if (settings.compatible() && s <= 0) {
                    continue; // the package's rule, which drops the units where the weight is negative
                }
                Window.evaluate(alpha, width, order, side.position()[k], fitted);
                curves.projectFitted(fitted);
                double scale = sign * s * settings.residuals().factor(side.leverage()[k]);
                int unit = side.rows()[k];
                int to = place[unit] * m + from;
                int at = unit * width;
                for (int j = 0; j < width; j++) {
                    psi[to + j] = scale * (responses[at + j] - fitted[j]);
                }
            }
        }

        /** Jump of the treatment; fills the influences on it. */
        private double treatment(double[] t, double[] psiT) {
            double jump = 0;
            for (boolean right : new boolean[] {false, true}) {
                SideWeights side = side(right, hTreatment);
                saturated |= side.saturated();
                double sign = right ? 1 : -1;
                jump += sign * side.limits(t, 1)[0];
                double[] alpha = side.residualFit().coefficients(t, 1, side.residualRows());
                if (settings.compatible()) {
                    packageInfluence(side(right, h[0]), side, alpha, t, sign, psiT);
                    continue;
                }
                double[] fitted = new double[1];
                for (int k = 0; k < side.rows().length; k++) {
                    int unit = side.rows()[k];
                    Window.evaluate(alpha, 1, side.residualFit().order(), side.position()[k], fitted);
                    double scale =
                            sign * side.intercept()[k] * settings.residuals().factor(side.leverage()[k]);
                    psiT[place[unit]] = scale * (t[unit] - fitted[0]);
                }
            }
            return jump;
        }

        /** The package weights the treatment's residuals with the positive weights of the outcome at its first quantile. */
        private void packageInfluence(
                SideWeights outcome, SideWeights treated, double[] alpha, double[] t, double sign, double[] psiT) {
            int order = treated.residualFit().order();
            double[] fitted = new double[1];
            for (int k = 0; k < outcome.rows().length; k++) {
                int unit = outcome.rows()[k];
                Window.evaluate(alpha, 1, order, units.x[unit] / treated.scale(), fitted);
                psiT[place[unit]] = sign * Math.max(0, outcome.intercept()[k]) * (t[unit] - fitted[0]);
            }
        }

        /** Divides tau by the jump of the treatment; returns the influences on the ratio (delta method, Theorem 3). */
        private double[] ratio(double[] tau, double jump, double[] psiT, boolean weak) {
            double[] fuzzy = new double[psi.length];
            for (int i = 0; i < active.length; i++) {
                for (int j = 0; j < m; j++) {
                    fuzzy[i * m + j] = (jump * psi[i * m + j] - tau[j] * psiT[i]) / (jump * jump);
                }
            }
            for (int j = 0; j < m; j++) {
                tau[j] = weak ? Double.NaN : tau[j] / jump;
            }
            return fuzzy;
        }
    }

    /** Clusters of the active units as consecutive numbers, or null. */
    static int @Nullable [] activeClusters(Units units, int[] active) {
        int[] ids = units.matrix.clusterIds();
        if (ids == null) {
            return null;
        }
        int[] sorted =
                Arrays.stream(active).map(i -> ids[i]).sorted().distinct().toArray();
        return Arrays.stream(active)
                .map(i -> Arrays.binarySearch(sorted, ids[i]))
                .toArray();
    }
}

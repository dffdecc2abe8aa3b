package io.verity.estimators.r3d;

import io.verity.stats.InsufficientDataException;
import io.verity.stats.smoothing.LocalPolynomial;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.Arrays;
import java.util.Locale;

/**
 * One side of the cutoff at one bandwidth: which units count, the linear weights of the intercept, and the polynomial from which
 * residuals are taken. It depends on the running variable alone, so all responses share it.
 *
 * @param rows indices of the units that count
 * @param intercept weights s_i: the one-sided limit is \( \sum_i s_i y_i \)
 * @param leverage of every unit in the residual fit, zero outside its window
 * @param position of every unit in units of that fit's scale
 * @param scale of that fit's positions
 * @param residualFit polynomial of the residuals
 * @param residualRows units inside that fit's window
 * @param units number of units inside the window of the estimate
 */
@SuppressWarnings("ArrayRecordComponent") // internal columns, never compared
record SideWeights(
        int[] rows,
        double[] intercept,
        double[] leverage,
        double[] position,
        double scale,
        LocalPolynomial residualFit,
        int[] residualRows,
        int units) {

    static SideWeights of(Units units, boolean right, double h, int order, SmoothingKernel kernel) {
        Window window = Window.of(units, right, h, order, kernel, true);
        LocalPolynomial fit = determined(units, right, h, order, window);
        return new SideWeights(
                window.rows(),
                fit.weights(0),
                fit.leverages(),
                window.u(),
                window.scale(),
                fit,
                window.rows(),
                window.rows().length);
    }

    /**
     * The bias-corrected weights of Calonico, Cattaneo and Titiunik (2014): order p at h, less the bias of order p + 1 estimated
     * with a polynomial of that order at b. Residuals are those of the polynomial of order p + 1.
     */
    static SideWeights corrected(Units units, boolean right, double h, double b, int order, SmoothingKernel kernel) {
        Window main = Window.of(units, right, h, order, kernel, true);
        Window pilot = Window.of(units, right, b, order + 1, kernel, true);
        LocalPolynomial fit = determined(units, right, b, order + 1, pilot);
        double[] s = determined(units, right, h, order, main).weights(0);
        double moment = 0;
        for (int i = 0; i < s.length; i++) {
            moment += s[i] * StrictMath.pow(main.u()[i] * main.scale() / pilot.scale(), order + 1);
        }
        double[] top = fit.weights(order + 1);
        double[] pilotLeverage = fit.leverages();
        int[] rows = union(main.rows(), pilot.rows());
        double[] intercept = new double[rows.length];
        double[] leverage = new double[rows.length];
        double[] position = new double[rows.length];
        int a = 0;
        int c = 0;
        for (int i = 0; i < rows.length; i++) {
            position[i] = units.x[rows[i]] / pilot.scale();
            if (a < s.length && main.rows()[a] == rows[i]) {
                intercept[i] += s[a++];
            }
            if (c < top.length && pilot.rows()[c] == rows[i]) {
                intercept[i] -= moment * top[c];
                leverage[i] = pilotLeverage[c++];
            }
        }
        return new SideWeights(
                rows, intercept, leverage, position, pilot.scale(), fit, pilot.rows(), main.rows().length);
    }

    private static int[] union(int[] a, int[] b) {
        int[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return Arrays.stream(all).sorted().distinct().toArray();
    }

    private static LocalPolynomial determined(Units units, boolean right, double h, int order, Window window) {
        LocalPolynomial fit = window.fit();
        if (fit != null) {
            return fit;
        }
        long distinct = Arrays.stream(window.u()).distinct().count();
        throw tooFew(right, h, order, distinct, units.x);
    }

    /**
     * What to say when a side has too few running values.
     *
     * @param distinct running values of positive weight
     * @param x distances of all units from the cutoff
     */
    static InsufficientDataException tooFew(boolean right, double h, int order, long distinct, double[] x) {
        double smallest = Units.distinctDistance(x, right, order + 1); // a bandwidth that just fails
        if (Double.isInfinite(smallest)) {
            long all = Arrays.stream(x).filter(v -> v >= 0 == right).distinct().count();
            return new InsufficientDataException(
                    String.format(
                            Locale.ROOT,
                            "a polynomial of order %d %s the cutoff needs at least %d distinct running values, but that side has %d"
                                    + " at any bandwidth",
                            order,
                            right ? "above" : "below",
                            order + 1,
                            all),
                    all > 1 ? "use a lower order" : "the design needs more running values there");
        }
        return new InsufficientDataException(
                String.format(
                        Locale.ROOT,
                        "a polynomial of order %d %s the cutoff needs at least %d distinct running values of positive weight,"
                                + " but the bandwidth %.6g reaches %d%s",
                        order,
                        right ? "above" : "below",
                        order + 1,
                        h,
                        distinct,
                        distinct > order ? ", too close together" : ""),
                h <= smallest
                        ? String.format(Locale.ROOT, "use a bandwidth above %.6g", smallest)
                        : "use a lower order");
    }

    /** Whether the polynomial goes through all units, so that no residual is left to tell the noise. */
    boolean saturated() {
        return residualRows.length <= residualFit.order() + 1;
    }

    /** \( \sum_i s_i y_i \) for m responses. */
    double[] limits(double[] responses, int m) {
        double[] limit = new double[m];
        for (int i = 0; i < rows.length; i++) {
            int at = rows[i] * m;
            double s = intercept[i];
            for (int j = 0; j < m; j++) {
                limit[j] = Math.fma(s, responses[at + j], limit[j]);
            }
        }
        return limit;
    }
}

package io.verity.estimators.rd;

import static io.verity.estimators.rd.SelectorStages.dot;
import static io.verity.estimators.rd.SelectorStages.factorial;
import static io.verity.estimators.rd.SelectorStages.power;

/** One side's contribution to the jump, at given bandwidths: linear weights of the estimate and of its bias correction. */
final class JumpFit {
    private final Residuals residuals;
    private final WindowFit main;
    private final WindowFit pilot;
    private final double[] omega;
    /** Weights of the bias-corrected estimate, over the larger of the two windows. */
    private final double[] corrected;

    private final double factor;
    private final double square;
    /** Jumps are in units of the response over this. */
    private final double scale;

    private JumpFit(
            Residuals residuals,
            WindowFit main,
            WindowFit pilot,
            double[] omega,
            double[] corrected,
            int derivative,
            double scale) {
        this.residuals = residuals;
        this.main = main;
        this.pilot = pilot;
        this.omega = omega;
        this.corrected = corrected;
        factor = residuals.side.sign(derivative) * factorial(derivative);
        square = factor * factor;
        this.scale = scale;
    }

    static JumpFit of(Residuals residuals, RdOptions options, double h, double b) {
        Side side = residuals.side;
        int p = options.p();
        WindowFit main = WindowFit.of(side, options.kernel, h, p);
        WindowFit pilot = WindowFit.of(side, options.kernel, b, options.q());
        double[] omega = main.weights(options.derivative);
        double[] next = pilot.weights(p + 1);
        double bias = 0; // of the coefficient, per unit of the coefficient p + 1
        for (int i = 0; i < omega.length; i++) {
            bias += omega[i] * power(side.distance[i] / h, p + 1);
        }
        bias *= power(h, p + 1);
        double[] corrected = new double[Math.max(omega.length, next.length)];
        System.arraycopy(omega, 0, corrected, 0, omega.length);
        for (int i = 0; i < next.length; i++) {
            corrected[i] -= bias * next[i];
        }
        double scale = power(Math.min(h, b), options.derivative);
        return new JumpFit(residuals, main, pilot, omega, corrected, options.derivative, scale);
    }

    /** Another response on the same windows. */
    JumpFit of(Residuals other, int derivative) {
        return new JumpFit(other, main, pilot, omega, corrected, derivative, scale);
    }

    JumpFit combined(double s0, double s1, int derivative) {
        return of(residuals.combined(s0, s1), derivative);
    }

    Residuals residuals() {
        return residuals;
    }

    double estimate(int column) {
        return factor * dot(omega, residuals.side, column);
    }

    double corrected(int column) {
        return factor * dot(corrected, residuals.side, column);
    }

    double variance(int column) {
        return square * residuals.variance(column, omega, main, residuals.slack(main), corrected.length);
    }

    double robustVariance(int column) {
        return square * residuals.variance(column, corrected, pilot, residuals.slack(pilot), corrected.length);
    }

    /** The largest response of a column within the windows, in units of the estimate. */
    double size(int column) {
        Side side = residuals.side;
        int at = column * side.rows();
        double largest = 0;
        for (int i = 0; i < corrected.length; i++) {
            largest = Math.max(largest, Math.abs(side.values[at + i]));
        }
        return largest * Math.abs(factor) / scale;
    }

    int effective() {
        return main.count;
    }

    int pilotEffective() {
        return pilot.count;
    }
}

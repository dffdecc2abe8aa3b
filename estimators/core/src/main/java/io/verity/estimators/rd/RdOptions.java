package io.verity.estimators.rd;

import io.verity.stats.smoothing.SmoothingKernel;

/** The options of {@link ScalarRd}; each holder keeps its own copy and never changes it. */
final class RdOptions {
    double cutoff;
    /** Order of the polynomial; negative stands for one above the derivative. */
    int order = -1;

    /** Order of the bias correction; 0 stands for one above the order. */
    int pilotOrder;

    int derivative;
    SmoothingKernel kernel = SmoothingKernel.TRIANGULAR;
    BandwidthSelector selector = BandwidthSelector.MSERD;
    RdVariance variance = RdVariance.NN;
    int matches = 3;
    double regularization = 1;
    MassPoints massPoints = MassPoints.ADJUST;
    boolean restricted = true;
    double level = 0.95;
    /** Given bandwidths; NaN where they are to be chosen. */
    double left = Double.NaN;

    double right = Double.NaN;
    double pilotLeft = Double.NaN;
    double pilotRight = Double.NaN;
    double rho = Double.NaN;

    RdOptions copy() {
        RdOptions o = new RdOptions();
        o.cutoff = cutoff;
        o.order = order;
        o.pilotOrder = pilotOrder;
        o.derivative = derivative;
        o.kernel = kernel;
        o.selector = selector;
        o.variance = variance;
        o.matches = matches;
        o.regularization = regularization;
        o.massPoints = massPoints;
        o.restricted = restricted;
        o.level = level;
        o.left = left;
        o.right = right;
        o.pilotLeft = pilotLeft;
        o.pilotRight = pilotRight;
        o.rho = rho;
        return o;
    }

    int p() {
        return order >= 0 ? order : derivative + 1;
    }

    int q() {
        return pilotOrder > 0 ? pilotOrder : p() + 1;
    }
}

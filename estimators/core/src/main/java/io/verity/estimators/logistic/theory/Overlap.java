package io.verity.estimators.logistic.theory;

import io.verity.estimators.logistic.theory.NormalQuadrature.Feature;
import io.verity.stats.Arguments;
import io.verity.stats.losses.LogisticLoss;

/**
 * The correlation rho between the noise of two probes whose samples overlap.
 *
 * <p>With \( Z_a = \sqrt\rho A + \sqrt{1-\rho} B_a \) the two residuals are independent given \( T = \mu G + \sigma\sqrt\rho A
 * \), so \( E_w[r(q_1) r(q_2)] = E_w[R(T)^2] \) with \( R(T) = E_B\,r(T + \sigma\sqrt{1-\rho}B) \): two nested means over one
 * variable, good for every rho up to 1. The derivative in rho is the same with r' for r (times sigma^2), and the right-hand
 * side is convex and increasing in rho, so that Newton from 0 climbs to the root without passing it.
 */
final class Overlap {
    private static final int MOST_STEPS = 60;
    private static final double TOLERANCE = 1e-9; // the step after this one would be its square

    private final FixedPoint probe;
    private final double omega;
    private final Proximal proximal;

    Overlap(FixedPoint probe, double omega) {
        Arguments.require(omega >= 0 && omega <= 1, "omega, the shared fraction, must be in [0, 1], but is %s", omega);
        this.probe = probe;
        this.omega = omega;
        this.proximal = new Proximal(probe.gamma());
    }

    double correlation() {
        if (omega == 0 || omega == 1) {
            return omega;
        }
        double rho = 0;
        for (int k = 0; k < MOST_STEPS; k++) {
            double[] image = image(rho);
            double step = (image[0] - rho) / (1 - image[1]);
            double next = Math.min(1, rho + step);
            if (Math.abs(next - rho) <= TOLERANCE || !(image[1] < 1)) {
                return next;
            }
            rho = next;
        }
        return rho;
    }

    /** @return \( \omega\delta\gamma^2 E_w[r_1 r_2]/\sigma^2 \) and its derivative in rho */
    double[] image(double rho) {
        double kappa = probe.kappa();
        double common = probe.sigma() * Math.sqrt(rho);
        double own = probe.sigma() * Math.sqrt(1 - rho);
        double scale = StrictMath.hypot(probe.mu(), common);
        if (scale == 0) { // no signal and no common noise: T = 0
            double[] means = residuals(0, own);
            return image(means[0] * means[0], means[1] * means[1]);
        }
        double cosine = probe.mu() / scale;
        double sine = common / scale;
        LogisticNormal weight = new LogisticNormal(kappa * sine);
        Feature[] margins = proximal.features(0, scale);
        NormalQuadrature quadrature =
                NormalQuadrature.near(margins[0], margins[1], ScalarSystem.weightFeature(kappa, cosine, sine));
        double product = 0;
        double slopes = 0;
        for (int i = 0; i < quadrature.nodes().length; i++) {
            double v = quadrature.nodes()[i];
            double share = quadrature.weights()[i] * 2 * weight.meanSigmoid(kappa * cosine * v);
            double[] means = residuals(scale * v, own);
            product += share * means[0] * means[0];
            slopes += share * means[1] * means[1];
        }
        return image(product, slopes);
    }

    private double[] image(double product, double slopes) {
        double factor = omega * probe.delta() * probe.gamma() * probe.gamma();
        return new double[] {factor * product / (probe.sigma() * probe.sigma()), factor * slopes};
    }

    /** @return means over B of r and of -r' = h / (1 + gamma h) at T + own B */
    private double[] residuals(double t, double own) {
        if (own == 0) {
            double[] at = {residual(t), 0};
            at[1] = slope(at[0]);
            return at;
        }
        Feature[] margins = proximal.features(t, own);
        NormalQuadrature quadrature = NormalQuadrature.near(margins);
        double mean = 0;
        double slope = 0;
        for (int i = 0; i < quadrature.nodes().length; i++) {
            double r = residual(t + own * quadrature.nodes()[i]);
            mean += quadrature.weights()[i] * r;
            slope += quadrature.weights()[i] * slope(r);
        }
        return new double[] {mean, slope};
    }

    private double residual(double q) {
        return LogisticLoss.sigmoidNegative(proximal.at(q));
    }

    private double slope(double r) {
        double h = r * (1 - r);
        return h / (1 + probe.gamma() * h);
    }
}

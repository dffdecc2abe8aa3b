package io.verity.estimators.logistic.theory;

import io.verity.estimators.logistic.theory.NormalQuadrature.Feature;
import io.verity.stats.losses.LogisticLoss;

/**
 * The three equations for (mu, sigma, gamma) of ridge-logistic regression in the proportional limit (Salehi, Abbasi and
 * Hassibi, "The impact of regularization on high-dimensional logistic regression", arXiv 1906.03761), with rows N(0, I),
 * penalty lambdaMean |w|^2 / 2 beside the mean loss, and \( E_w[\cdot] = E[2 s(\kappa G)\,\cdot\,] \):
 *
 * \[ (1)\ \sigma^2 = \delta\gamma^2 E_w[r^2], \quad
 *    (2)\ 1/\delta = E_w\!\left[\frac{\gamma h}{1+\gamma h}\right] + \bar\lambda\gamma, \quad
 *    (3)\ \bar\lambda\mu = E_w[G r] \]
 *
 * with q = mu G + sigma Z, P its proximal point, r = s(-P), h = r(1-r). Equation (3) says nothing when the penalty is small;
 * integration by parts in G gives the form that is iterated here,
 * \( (3')\ \mu = \delta\gamma\kappa\,E[2 s(\kappa G) s(-\kappa G)\,r] \).
 *
 * <p>All means are one-dimensional: q = |w| V with V standard normal, and the weight of a given V is the mean of s(kappa G)
 * over G | V ~ N(cV, 1 - c^2), c the cosine.
 */
record ScalarSystem(double kappa, double delta, double lambdaMean) {

    /**
     * An unknown of the system. The signal is held as slope = mu / kappa, which stays positive when kappa is zero.
     */
    record Point(double slope, double sigma, double gamma) {
        double[] logarithms() {
            return new double[] {StrictMath.log(slope), StrictMath.log(sigma), StrictMath.log(gamma)};
        }

        static Point ofLogarithms(double... x) {
            return new Point(StrictMath.exp(x[0]), StrictMath.exp(x[1]), StrictMath.exp(x[2]));
        }

        boolean valid() {
            return slope > 0
                    && sigma > 0
                    && gamma > 0
                    && Double.isFinite(slope)
                    && Double.isFinite(sigma)
                    && Double.isFinite(gamma);
        }
    }

    /**
     * The means at a point.
     *
     * @param squaredResidual \( E_w[r^2] \)
     * @param curvature \( E_w[h/(1+\gamma h)] \)
     * @param stein \( E[2 s(\kappa G) s(-\kappa G) r] \)
     * @param correlation \( E_w[G r] \)
     * @param magnitude \( E_w[|E(G|V)|\,r] \), the size against which the former cancels
     */
    record Means(double squaredResidual, double curvature, double stein, double correlation, double magnitude) {}

    ScalarSystem withLambdaMean(double value) {
        return new ScalarSystem(kappa, delta, value);
    }

    Means means(Point point) {
        double mu = kappa * point.slope;
        double norm = StrictMath.hypot(mu, point.sigma);
        double cosine = mu / norm;
        double sine = point.sigma / norm;
        Proximal proximal = new Proximal(point.gamma);
        LogisticNormal weight = new LogisticNormal(kappa * sine);
        Feature[] margins = proximal.features(0, norm);
        NormalQuadrature quadrature = NormalQuadrature.near(margins[0], margins[1], weightFeature(kappa, cosine, sine));
        double squared = 0;
        double curvature = 0;
        double stein = 0;
        double correlation = 0;
        double magnitude = 0;
        for (int i = 0; i < quadrature.nodes().length; i++) {
            double v = quadrature.nodes()[i];
            double share = quadrature.weights()[i];
            double r = LogisticLoss.sigmoidNegative(proximal.at(norm * v));
            double h = r * (1 - r);
            double w = 2 * weight.meanSigmoid(kappa * cosine * v);
            double w2 = 2 * weight.meanSlope(kappa * cosine * v);
            double teacher = cosine * v * w + sine * sine * kappa * w2; // E[2 s(kappa G) G | V], by Stein's identity
            squared += share * w * r * r;
            curvature += share * w * h / (1 + point.gamma * h);
            stein += share * w2 * r;
            correlation += share * teacher * r;
            magnitude += share * Math.abs(teacher) * r;
        }
        return new Means(squared, curvature, stein, correlation, magnitude);
    }

    /**
     * @param kappa signal strength
     * @param cosine correlation of G and V
     * @param sine its complement
     * @return where E[s(kappa G) | V] varies: over a width that both the sigmoid and the spread of G | V widen
     */
    static Feature weightFeature(double kappa, double cosine, double sine) {
        return new Feature(0, StrictMath.hypot(Math.PI, kappa * sine) / (kappa * cosine));
    }

    /** @return one round of (2), (1), (3'), each right-hand side at the old point */
    Point next(Point point) {
        Means means = means(point);
        return new Point(
                delta * point.gamma * means.stein,
                point.gamma * Math.sqrt(delta * means.squaredResidual),
                1 / (delta * (lambdaMean + means.curvature)));
    }

    /** @return the largest of the three relative residuals of the original equations (1) to (3) */
    double residual(Point point) {
        Means means = means(point);
        double gamma = point.gamma;
        double first = delta * (gamma / point.sigma) * (gamma / point.sigma) * means.squaredResidual - 1;
        double second = delta * gamma * (means.curvature + lambdaMean) - 1;
        double left = lambdaMean * kappa * point.slope;
        double size = Math.max(left, means.magnitude);
        double third = size == 0 ? 0 : (left - means.correlation) / size;
        return Math.max(Math.abs(first), Math.max(Math.abs(second), Math.abs(third)));
    }
}

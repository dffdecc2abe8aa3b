package io.verity.estimators.logistic.theory;

import io.verity.estimators.logistic.theory.NormalQuadrature.Feature;
import io.verity.estimators.logistic.theory.ScalarSystem.Point;
import io.verity.stats.losses.LogisticLoss;
import java.util.function.DoubleUnaryOperator;

/**
 * The limit of ridge-logistic regression for rows N(0, I_p), labels with \( P(y=1|x) = s(\beta\cdot x) \), \( |\beta| =
 * \kappa \), n/p tending to delta, no intercept, and what it predicts.
 *
 * <p>Predictions are means over two standard normal variables G (the teacher's direction) and Z (all others) with weight
 * \( 2 s(\kappa G) \), written \( E_w \); q = mu G + sigma Z is the margin of a new row, P its proximal point the margin of a
 * training row.
 *
 * @param kappa signal strength
 * @param delta rows per column, n/p
 * @param lambdaMean penalty beside the mean loss: \( \frac1n\sum \ell + \frac{\bar\lambda}{2}|w|^2 \)
 * @param mu component of w along the teacher
 * @param sigma norm of the rest of w
 * @param gamma step of the proximal map
 * @param iterations evaluations of the system that the solver made
 * @param residual largest relative residual of the three original equations
 */
public record FixedPoint(
        double kappa,
        double delta,
        double lambdaMean,
        double mu,
        double sigma,
        double gamma,
        int iterations,
        double residual) {

    static FixedPoint of(ScalarSystem system, FixedPointSolver.Solution solution) {
        Point point = solution.point();
        return new FixedPoint(
                system.kappa(),
                system.delta(),
                system.lambdaMean(),
                system.kappa() * point.slope(),
                point.sigma(),
                point.gamma(),
                solution.evaluations(),
                system.residual(point));
    }

    /** @return \( |w| = \sqrt{\mu^2 + \sigma^2} \) */
    public double norm() {
        return StrictMath.hypot(mu, sigma);
    }

    /** @return cosine between w and the teacher, mu / |w| */
    public double cosine() {
        return mu / norm();
    }

    /** @return accuracy on new rows, \( E[2 s(\kappa G)\Phi(\mu G/\sigma)] \) */
    public double accuracy() {
        return Teacher.accuracy(kappa, mu / sigma);
    }

    /** @return accuracy of the teacher itself, \( E\,s(\kappa|G|) \) */
    public double bayesAccuracy() {
        return Teacher.bayesAccuracy(kappa);
    }

    /** @return mean logistic loss of new rows, \( E_w[\ell(q)] \) */
    public double testLogLoss() {
        double norm = norm();
        return meanOverMargins(new Feature(0, Math.PI / norm), v -> LogisticLoss.loss(norm * v));
    }

    /** @return mean logistic loss of the training rows, \( E_w[\ell(P)] \) */
    public double trainLogLoss() {
        double norm = norm();
        Proximal proximal = new Proximal(gamma);
        return meanOverMargins(new Feature(0, Math.PI / norm), v -> LogisticLoss.loss(proximal.at(norm * v)));
    }

    /** @return share of training rows on their side, \( P_w(P > 0) = E[2 s(\kappa G)\Phi((\gamma/2 + \mu G)/\sigma)] \) */
    public double trainAccuracy() {
        double share = NormalQuadrature.near(Teacher.feature(kappa), new Feature(-0.5 * gamma / mu, sigma / mu))
                .mean(g -> 2
                        * LogisticLoss.sigmoidNegative(-kappa * g)
                        * NormalQuadrature.probability((0.5 * gamma + mu * g) / sigma));
        return Math.min(1, share); // the weights add up to 1 but for rounding
    }

    /**
     * Cosine between two probes trained on samples of n rows each that share the fraction omega of them,
     * \( c^2 + \rho(1 - c^2) \) with rho the correlation of the parts orthogonal to the teacher, the root of
     * \( \rho = \omega\delta\gamma^2 E_w[r(q_1) r(q_2)]/\sigma^2 \), where Z_1 and Z_2 have correlation rho.
     *
     * <p>Two runs that each keep a share k of one pool share omega = k of their rows.
     *
     * @param omega shared fraction, from 0 (disjoint samples) to 1
     * @return the cosine
     * @throws IllegalArgumentException if omega is outside [0, 1]
     */
    public double overlapCosine(double omega) {
        double c = cosine();
        double rho = new Overlap(this, omega).correlation();
        return c * c + rho * (1 - c * c);
    }

    /** @return cosine between two probes trained on disjoint samples of n rows, the squared cosine to the teacher */
    public double disjointCosine() {
        return cosine() * cosine();
    }

    /** @return \( E_w \) of a function of V = q / |w| that has the singularities of P and one more */
    private double meanOverMargins(Feature own, DoubleUnaryOperator f) {
        double norm = norm();
        double cosine = cosine();
        double sine = sigma / norm;
        LogisticNormal weight = new LogisticNormal(kappa * sine);
        Feature[] margins = new Proximal(gamma).features(0, norm);
        return NormalQuadrature.near(own, margins[0], margins[1], ScalarSystem.weightFeature(kappa, cosine, sine))
                .mean(v -> 2 * weight.meanSigmoid(kappa * cosine * v) * f.applyAsDouble(v));
    }
}

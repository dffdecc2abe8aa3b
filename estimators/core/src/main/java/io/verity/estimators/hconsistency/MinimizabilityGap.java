package io.verity.estimators.hconsistency;

import io.verity.stats.Arguments;
import io.verity.stats.losses.CompSumLoss;
import io.verity.stats.losses.MarginLoss;
import io.verity.stats.losses.MulticlassLoss;
import java.util.List;

/**
 * The minimizability gap \( M_\ell(H) = R^*_\ell(H) - E_x C^*_\ell(H, x) \ge 0 \): how much more the best hypothesis of a class
 * loses than a separate best score at every point would. For every h of the class \( R(h) - R^*(H) + M(H) = E_x[\Delta C(h,
 * x)] \), so bounds between mean conditional regrets are bounds between estimation errors plus gaps (Awasthi, Mao, Mohri and
 * Zhong, arXiv 2205.08017).
 */
public final class MinimizabilityGap {
    /** What is known of the best-in-class risk. */
    public enum Quality {
        /** The infimum itself: a formula, an enumeration or a convex programme. */
        OPTIMUM,
        /** The lowest value found by local searches of a problem that is not convex. */
        UPPER_BOUND
    }

    private final BestInClass best;
    private final double optimum;

    private MinimizabilityGap(BestInClass best, double optimum) {
        if (best.risk() < optimum - 1e-8 * (1 + Math.abs(optimum))) {
            throw new IllegalStateException(
                    "the best-in-class risk " + best.risk() + " is below the mean conditional optimum " + optimum);
        }
        this.best = best;
        this.optimum = optimum;
    }

    /**
     * The gap of a loss of class scores.
     *
     * <p>All functions: any loss; the gap is 0. Linear scores without bounds: comp-sum losses, by Newton's method for \( \tau \le
     * 1 \), where the risk is convex, and as an upper bound by 20 local searches above; and the three hinge losses, by linear
     * programming. Bounded linear scores: two classes and the comp-sum losses that are margin losses of \( h_1 - h_0 \),
     * cross-entropy and \( \tau = 0 \).
     *
     * @param distribution points with their class probabilities; with features unless the hypotheses are all functions
     * @param loss the surrogate loss
     * @param hypotheses the class
     * @return the gap and its parts
     * @throws IllegalArgumentException if features are missing, or the loss is not offered for the class (the message says what is)
     * @throws io.verity.stats.EstimationException if a linear hypothesis has more than 2000 free coefficients, or a linear programme
     *     more than 1200 hinges
     */
    public static MinimizabilityGap of(FiniteDistribution distribution, MulticlassLoss loss, Hypotheses hypotheses) {
        Points points = Points.of(distribution, hypotheses.kind() != Hypotheses.Kind.ALL);
        if (hypotheses.kind() == Hypotheses.Kind.BOUNDED_LINEAR) {
            return of(distribution, asMargin(loss), hypotheses);
        }
        Arguments.require(
                hypotheses.kind() == Hypotheses.Kind.ALL || loss instanceof CompSumLoss || HingeProgramme.offers(loss),
                "the best linear hypothesis is offered for comp-sum losses, the constrained, Crammer-Singer and"
                        + " Weston-Watkins hinges and margin losses, not for %s",
                loss.name());
        Surrogate surrogate = Surrogate.of(loss);
        double optimum = 0;
        for (int i = 0; i < points.size(); i++) {
            optimum += points.weights()[i] * surrogate.optimum(points.p()[i]);
        }
        if (hypotheses.kind() == Hypotheses.Kind.ALL) {
            return pointwise(optimum);
        }
        if (loss instanceof CompSumLoss compSum) {
            return new MinimizabilityGap(UnboundedLinear.compSum(points, compSum), optimum);
        }
        return new MinimizabilityGap(HingeProgramme.minimise(points, loss), optimum);
    }

    private static MarginLoss asMargin(MulticlassLoss loss) {
        if (loss instanceof CompSumLoss compSum && compSum.isCrossEntropy()) {
            return MarginLoss.LOGISTIC;
        }
        Arguments.require(
                loss instanceof CompSumLoss compSum && compSum.tau() == 0,
                "bounded linear scores are offered for margin losses, cross-entropy and comp-sum with tau = 0, not for %s",
                loss.name());
        return MarginLoss.EXPONENTIAL;
    }

    /**
     * The gap of a margin loss of two classes, f the score of class 1.
     *
     * <p>Logistic, exponential and squared hinge losses: convex, exact. Hinge loss: a linear programme without bounds, an
     * ellipsoid method with a certificate in the ball. Sigmoid and rho-margin losses are not convex: local searches, an upper
     * bound. The conditional optima of bounded scores respect \( |f(x)| \le W \|x\|_2 + B \) at each point.
     *
     * @param distribution points with the probabilities of two classes; with features unless the hypotheses are all functions
     * @param loss the margin loss
     * @param hypotheses the class
     * @return the gap and its parts
     * @throws IllegalArgumentException if there are not two classes, or features are missing
     */
    public static MinimizabilityGap of(FiniteDistribution distribution, MarginLoss loss, Hypotheses hypotheses) {
        Points points = Points.of(distribution, hypotheses.kind() != Hypotheses.Kind.ALL);
        Arguments.require(
                points.classes() == 2, "a margin loss needs 2 classes, but the distribution has %d", points.classes());
        double optimum = 0;
        for (int i = 0; i < points.size(); i++) {
            double bound = hypotheses.kind() == Hypotheses.Kind.BOUNDED_LINEAR
                    ? hypotheses.normBound() * norm(points.x()[i]) + hypotheses.interceptBound()
                    : Double.POSITIVE_INFINITY;
            double[] p = points.p()[i];
            optimum += points.weights()[i]
                    * (bound > 0 ? Surrogate.margin(loss, bound).optimum(p) : loss.value(0));
        }
        return switch (hypotheses.kind()) {
            case ALL -> pointwise(optimum);
            case LINEAR -> new MinimizabilityGap(linear(points, loss), optimum);
            case BOUNDED_LINEAR -> new MinimizabilityGap(bounded(points, loss, hypotheses), optimum);
        };
    }

    private static BestInClass linear(Points points, MarginLoss loss) {
        return switch (loss.kind()) {
            // With two classes these are comp-sum losses of h_1 - h_0, whose infimum may lie at infinity.
            case LOGISTIC -> UnboundedLinear.compSum(points, CompSumLoss.crossEntropy());
            case EXPONENTIAL -> UnboundedLinear.compSum(points, CompSumLoss.tau(0));
            case SQUARED_HINGE -> UnboundedLinear.margin(points, new MarginRows(loss, points.p(), 0), true);
            case SIGMOID -> UnboundedLinear.margin(points, new MarginRows(loss, points.p(), 0), false);
            case HINGE -> HingeProgramme.minimise(points, loss);
            case RHO_MARGIN -> HingeProgramme.descend(points, loss);
        };
    }

    private static BestInClass bounded(Points points, MarginLoss loss, Hypotheses hypotheses) {
        return switch (loss.kind()) {
            case LOGISTIC, EXPONENTIAL, SQUARED_HINGE -> BoundedLinear.minimise(points, loss, hypotheses);
            case HINGE, RHO_MARGIN -> Ellipsoid.minimise(points, loss, hypotheses);
            case SIGMOID -> ProjectedGradient.minimise(points, new MarginRows(loss, points.p(), 0), hypotheses);
        };
    }

    /**
     * The gap of the zero-one loss over linear scores, by enumeration of the labelings that a linear classifier can realise;
     * bounds on the weights change nothing, because labels do not depend on their scale.
     *
     * @param distribution at most 12 points with one or two features
     * @param hypotheses all functions or a linear class with positive bounds
     * @return the gap and its parts; ties of scores do not count as realised labels
     * @throws IllegalArgumentException if features are missing, or the problem is larger than that
     */
    public static MinimizabilityGap zeroOne(FiniteDistribution distribution, Hypotheses hypotheses) {
        Points points = Points.of(distribution, hypotheses.kind() != Hypotheses.Kind.ALL);
        double optimum = 0;
        for (int i = 0; i < points.size(); i++) {
            double top = 0;
            for (double v : points.p()[i]) {
                top = Math.max(top, v);
            }
            optimum += points.weights()[i] * (1 - top);
        }
        if (hypotheses.kind() == Hypotheses.Kind.ALL) {
            return pointwise(optimum);
        }
        Arguments.require(
                hypotheses.normBound() > 0 && hypotheses.interceptBound() > 0,
                "the zero-one gap of linear scores needs positive bounds W and B");
        return new MinimizabilityGap(Labelings.minimise(points), optimum);
    }

    private static MinimizabilityGap pointwise(double optimum) {
        return new MinimizabilityGap(new BestInClass(optimum, Quality.OPTIMUM, true, 0, List.of()), optimum);
    }

    private static double norm(double[] x) {
        double norm = 0;
        for (double v : x) {
            norm = Math.hypot(norm, v);
        }
        return norm;
    }

    /**
     * The infimum of the risk over the class.
     *
     * @return \( R^*(H) \), or an upper bound of it: see {@link #quality}
     */
    public double bestInClassRisk() {
        return best.risk();
    }

    /**
     * The mean of the conditional optima.
     *
     * @return \( E_x C^*(H, x) \)
     */
    public double meanConditionalOptimum() {
        return optimum;
    }

    /**
     * The gap.
     *
     * @return \( R^* - E C^* \), where rounding makes it negative 0
     */
    public double gap() {
        return Math.max(0, best.risk() - optimum);
    }

    /**
     * What is known of the best-in-class risk, and so of the gap.
     *
     * @return infimum or upper bound
     */
    public Quality quality() {
        return best.quality();
    }

    /**
     * Whether a hypothesis of the class has the best-in-class risk.
     *
     * @return false when the infimum lies at infinity
     */
    public boolean attained() {
        return best.attained();
    }

    /**
     * How nearly the optimality conditions hold: the largest entry of the gradient, or of the projected step for bounded
     * classes, or the certified distance from the infimum.
     *
     * @return at least 0; 0 for formulas and enumerations
     */
    public double residual() {
        return best.residual();
    }

    /**
     * Remarks on the search.
     *
     * @return sentences, often none
     */
    public List<String> notes() {
        return best.notes();
    }
}

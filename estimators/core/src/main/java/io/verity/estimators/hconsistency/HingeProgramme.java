package io.verity.estimators.hconsistency;

import io.verity.stats.Arguments;
import io.verity.stats.EstimationException;
import io.verity.stats.losses.ConstrainedHinge;
import io.verity.stats.losses.CrammerSingerHinge;
import io.verity.stats.losses.MarginLoss;
import io.verity.stats.losses.MulticlassLoss;
import io.verity.stats.losses.WestonWatkinsHinge;
import io.verity.stats.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.PivotSelectionRule;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.jspecify.annotations.Nullable;

/**
 * Smallest risks of piecewise linear losses over linear scores without bounds, as linear programmes: every hinge \( (1 + a
 * \cdot \theta)_+ \) becomes a slack variable \( \xi \ge 1 + a \cdot \theta \), \( \xi \ge 0 \).
 */
final class HingeProgramme {
    private static final int DESCENTS = 30;
    private static final int MOST_HINGES = 1200;

    private final double[][] basis;
    private final int classes;
    private final int free;
    private final List<double[]> hinges = new ArrayList<>();
    private final List<Integer> slackOf = new ArrayList<>();
    private final List<Double> costs = new ArrayList<>();
    private final double[] linearCost;
    /** Row and class whose rivals share the last slack variable. */
    private int owner = -1;

    private HingeProgramme(double[][] basis, int classes) {
        this.basis = basis;
        this.classes = classes;
        this.free = basis[0].length * (classes - 1);
        this.linearCost = new double[free];
    }

    /** Whether the loss is one of the three hinges. */
    static boolean offers(MulticlassLoss loss) {
        return loss instanceof ConstrainedHinge
                || loss instanceof CrammerSingerHinge
                || loss instanceof WestonWatkinsHinge;
    }

    static BestInClass minimise(Points points, MulticlassLoss loss) {
        HingeProgramme programme = new HingeProgramme(AffineBasis.of(points.x()), points.classes());
        for (int i = 0; i < points.size(); i++) {
            for (int y = 0; y < points.classes(); y++) {
                double weight = points.weights()[i];
                double share = weight * points.p()[i][y];
                if (loss instanceof ConstrainedHinge) {
                    programme.centredHinge(i, y, weight - share);
                } else {
                    programme.rivals(i, y, share, loss);
                }
            }
        }
        return new BestInClass(programme.solve().value, MinimizabilityGap.Quality.OPTIMUM, true, 0, List.of());
    }

    /** The hinge loss of \( f = h_1 - h_0 \). */
    static BestInClass minimise(Points points, MarginLoss loss) {
        Arguments.require(loss.kind() == MarginLoss.Kind.HINGE, "no linear programme for %s", loss);
        HingeProgramme programme = binary(points);
        return new BestInClass(programme.solve().value, MinimizabilityGap.Quality.OPTIMUM, true, 0, List.of());
    }

    private static HingeProgramme binary(Points points) {
        HingeProgramme programme = new HingeProgramme(AffineBasis.of(points.x()), 2);
        for (int i = 0; i < points.size(); i++) {
            for (int y = 0; y < 2; y++) {
                programme.rivals(i, y, points.weights()[i] * points.p()[i][y], new WestonWatkinsHinge());
            }
        }
        return programme;
    }

    /**
     * The rho-margin loss is a difference of hinges, \( (1 - u/\rho)_+ - (-u/\rho)_+ \): from each of 20 starts the second is
     * replaced by its tangent, and the linear programme solved, until nothing falls. Without bounds rho is a matter of units.
     */
    static BestInClass descend(Points points, MarginLoss loss) {
        Arguments.require(loss.kind() == MarginLoss.Kind.RHO_MARGIN, "no descent for %s", loss);
        MarginLoss unit = MarginLoss.rhoMargin(1);
        HingeProgramme programme = binary(points);
        RandomStream random = RandomStream.of(0, "minimizability-gap", 1, 0);
        double best = Double.POSITIVE_INFINITY;
        for (int start = 0; start < UnboundedLinear.STARTS; start++) {
            double[] theta = new double[programme.free];
            for (int j = 0; j < theta.length; j++) {
                theta[j] = start == 0 ? 0 : random.nextGaussian();
            }
            double value = Double.POSITIVE_INFINITY;
            for (int step = 0; step < DESCENTS; step++) {
                double now = programme.risk(points, unit, theta);
                if (!(now < value - 1e-13)) {
                    break;
                }
                value = now;
                programme.tangent(points, theta);
                theta = programme.solve().theta;
            }
            best = Math.min(best, value);
        }
        return BestInClass.lowest(best, Double.NaN);
    }

    private double risk(Points points, MarginLoss loss, double[] theta) {
        double sum = 0;
        for (int i = 0; i < points.size(); i++) {
            double f = score(i, theta);
            double[] p = points.p()[i];
            sum += points.weights()[i] * (p[1] * loss.value(f) + p[0] * loss.value(-f));
        }
        return sum;
    }

    private double score(int i, double[] theta) {
        double f = 0;
        for (int j = 0; j < theta.length; j++) {
            f += basis[i][j] * theta[j];
        }
        return f;
    }

    private void tangent(Points points, double[] theta) {
        Arrays.fill(linearCost, 0);
        for (int i = 0; i < points.size(); i++) {
            double f = score(i, theta);
            double[] p = points.p()[i];
            double slope = points.weights()[i] * (f < 0 ? p[1] : f > 0 ? -p[0] : 0);
            for (int j = 0; j < free; j++) {
                linearCost[j] += slope * basis[i][j];
            }
        }
    }

    private void rivals(int i, int y, double cost, MulticlassLoss loss) {
        boolean shared = loss instanceof CrammerSingerHinge;
        if (!(cost > 0)) {
            return;
        }
        for (int k = 0; k < classes; k++) {
            if (k != y) {
                double[] row = new double[free];
                add(row, i, k, 1);
                add(row, i, y, -1);
                if (!shared || costs.isEmpty() || !ownsLast(i, y)) {
                    costs.add(cost);
                    owner = i * classes + y;
                }
                hinges.add(row);
                slackOf.add(costs.size() - 1);
            }
        }
    }

    private boolean ownsLast(int i, int y) {
        return owner == i * classes + y;
    }

    private void centredHinge(int i, int k, double cost) {
        if (cost > 0) {
            double[] row = new double[free];
            add(row, i, k, 1);
            for (int l = 0; l < classes; l++) {
                add(row, i, l, -1.0 / classes);
            }
            costs.add(cost);
            hinges.add(row);
            slackOf.add(costs.size() - 1);
        }
    }

    /** Adds a multiple of class k's score at point i; class 0 has score 0. */
    private void add(double[] row, int i, int k, double factor) {
        for (int j = 0; j < basis[i].length && k > 0; j++) {
            row[j * (classes - 1) + k - 1] += factor * basis[i][j];
        }
    }

    private static final class Solution {
        private final double value;
        private final double[] theta;

        Solution(double value, double[] theta) {
            this.value = value;
            this.theta = theta;
        }
    }

    private Solution solve() {
        int slacks = costs.size();
        if (hinges.size() > MOST_HINGES) {
            throw new EstimationException(
                    "the linear programme of the best linear scores has " + hinges.size() + " hinges, more than "
                            + MOST_HINGES,
                    "use fewer points or classes, or a smooth loss");
        }
        int variables = 2 * free + slacks;
        double[] objective = new double[variables];
        for (int j = 0; j < free; j++) {
            objective[j] = linearCost[j];
            objective[free + j] = -linearCost[j];
        }
        for (int s = 0; s < slacks; s++) {
            objective[2 * free + s] = costs.get(s);
        }
        List<LinearConstraint> constraints = new ArrayList<>();
        for (int r = 0; r < hinges.size(); r++) {
            double[] row = new double[variables];
            double[] hinge = hinges.get(r);
            for (int j = 0; j < free; j++) {
                row[j] = -hinge[j];
                row[free + j] = hinge[j];
            }
            row[2 * free + slackOf.get(r)] = 1;
            constraints.add(new LinearConstraint(row, Relationship.GEQ, 1));
        }
        double[] point = simplex(objective, constraints);
        double[] theta = new double[free];
        for (int j = 0; j < free; j++) {
            theta[j] = point[j] - point[free + j];
        }
        return new Solution(value(theta), theta);
    }

    /**
     * The costs are sums of hinges, so a solution exists; where rounding makes the tableau claim otherwise, another tolerance or
     * pivoting rule takes another path.
     */
    private static double[] simplex(double[] objective, List<LinearConstraint> constraints) {
        @Nullable MathIllegalStateException last = null;
        for (double tolerance : new double[] {1e-10, 1e-8, 1e-12, 1e-6}) {
            for (PivotSelectionRule rule : PivotSelectionRule.values()) {
                try {
                    return new SimplexSolver(tolerance, 10, 1e-12)
                            .optimize(
                                    new MaxIter(100_000),
                                    new LinearObjectiveFunction(objective, 0),
                                    new LinearConstraintSet(constraints),
                                    GoalType.MINIMIZE,
                                    new NonNegativeConstraint(true),
                                    rule)
                            .getPoint();
                } catch (MathIllegalStateException failure) {
                    last = failure;
                }
            }
        }
        throw new EstimationException(
                "the linear programme could not be solved: " + last, "use fewer points or features");
    }

    /** The programme's objective at the coefficients themselves, free of the simplex tableau's rounding. */
    private double value(double[] theta) {
        double[] slack = new double[costs.size()];
        for (int r = 0; r < hinges.size(); r++) {
            double at = 1;
            for (int j = 0; j < free; j++) {
                at += hinges.get(r)[j] * theta[j];
            }
            slack[slackOf.get(r)] = Math.max(slack[slackOf.get(r)], at);
        }
        double value = 0;
        for (int j = 0; j < free; j++) {
            value += linearCost[j] * theta[j];
        }
        for (int s = 0; s < slack.length; s++) {
            value += costs.get(s) * slack[s];
        }
        return value;
    }
}

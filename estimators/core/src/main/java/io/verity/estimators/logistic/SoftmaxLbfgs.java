package io.verity.estimators.logistic;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Limited-memory BFGS (Liu and Nocedal, "On the limited memory BFGS method for large scale optimization", Mathematical Programming
 * 45, 1989, doi:10.1007/BF01589116) for softmax regressions with so many coefficients that Newton's systems would cost more
 * products than they save. The matrix to start from is the {@link SoftmaxPreconditioner}'s. Scores are linear in the step, so a trial
 * of the line search costs one pass over the scores.
 */
final class SoftmaxLbfgs {
    private static final int MEMORY = 10;
    private static final double SUFFICIENT = 1e-4;
    private static final double CURVATURE = 0.9;
    private static final double ROUNDING = 1e-13;
    private static final int TRIALS = 30;

    /** Share of the objective that the last step may still have gained, in units of the tolerance. */
    private static final double SETTLED = 0.01;

    private final SoftmaxSample sample;
    private final double lambda;
    private final double tolerance;
    private final Deque<Pair> pairs = new ArrayDeque<>();

    /** A step, the change of the gradient along it, and one over their inner product. */
    private static final class Pair {
        private final double[] step;
        private final double[] change;
        private final double inverse;
        private double factor;

        Pair(double[] step, double[] change, double product) {
            this.step = step;
            this.change = change;
            this.inverse = 1 / product;
        }
    }

    /** @param tolerance of the gradient, relative to the total weight */
    SoftmaxLbfgs(SoftmaxSample sample, double lambda, double tolerance) {
        this.sample = sample;
        this.lambda = lambda;
        this.tolerance = tolerance;
    }

    /**
     * Goes on from an iterate until the gradient is small and the objective settled.
     *
     * @return the number of steps, negative when they did not suffice or the line search failed
     */
    int run(SoftmaxIterate at, int maxSteps) {
        SoftmaxPreconditioner preconditioner = new SoftmaxPreconditioner(sample, lambda);
        preconditioner.update(at.probabilities, 0);
        int renewAt = preconditioner.manySteps();
        double small = tolerance * Math.max(1, sample.totalWeight);
        double gain = Double.POSITIVE_INFINITY;
        for (int steps = 0; steps < maxSteps; steps++) {
            if (at.norm() <= small && gain <= SETTLED * tolerance * Math.abs(at.objective)) {
                return steps;
            }
            if (steps == renewAt) {
                preconditioner.renew(at.probabilities);
                renewAt = 2 * steps + preconditioner.manySteps();
            }
            double before = at.objective;
            double[] gradient = at.gradient;
            double[] step = direction(gradient, preconditioner);
            double fraction = lineSearch(at, step);
            if (fraction == 0) {
                return -steps - 1;
            }
            gain = before - at.objective;
            remember(step, fraction, gradient, at.gradient);
        }
        return -maxSteps - 1;
    }

    private double[] direction(double[] gradient, SoftmaxPreconditioner preconditioner) {
        double[] q = new double[gradient.length];
        for (int i = 0; i < q.length; i++) {
            q[i] = -gradient[i];
        }
        Iterator<Pair> newestFirst = pairs.descendingIterator();
        while (newestFirst.hasNext()) {
            Pair pair = newestFirst.next();
            pair.factor = pair.inverse * PathProblem.dot(pair.step, q);
            add(-pair.factor, pair.change, q);
        }
        double scale = 1;
        if (!pairs.isEmpty()) {
            Pair newest = pairs.getLast();
            double[] solved = preconditioner.solve(newest.change);
            scale = 1 / (newest.inverse * PathProblem.dot(newest.change, solved));
        }
        double[] direction = preconditioner.solve(q);
        for (int i = 0; i < direction.length; i++) {
            direction[i] *= scale;
        }
        for (Pair pair : pairs) {
            double b = pair.inverse * PathProblem.dot(pair.change, direction);
            add(pair.factor - b, pair.step, direction);
        }
        return direction;
    }

    private static void add(double factor, double[] a, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = Math.fma(factor, a[i], to[i]);
        }
    }

    private void remember(double[] step, double fraction, double[] before, double[] after) {
        double[] moved = new double[step.length];
        double[] change = new double[step.length];
        double product = 0;
        double squares = 0;
        for (int i = 0; i < step.length; i++) {
            moved[i] = fraction * step[i];
            change[i] = after[i] - before[i];
            product = Math.fma(moved[i], change[i], product);
            squares = Math.fma(change[i], change[i], squares);
        }
        if (product > 1e-16 * squares) {
            pairs.addLast(new Pair(moved, change, product));
            if (pairs.size() > MEMORY) {
                pairs.removeFirst();
            }
        }
    }

    /** Moves to a point that satisfies the strong Wolfe conditions; returns the fraction of the step, 0 if there was none. */
    private double lineSearch(SoftmaxIterate at, double[] step) {
        sample.scores(step, at.change);
        double slope = PathProblem.dot(at.gradient, step);
        double squares = at.penalty(at.theta, at.theta);
        double cross = at.penalty(at.theta, step);
        double stepSquares = at.penalty(step, step);
        double value = at.objective;
        double low = 0;
        double lowValue = value;
        double lowSlope = slope;
        double high = Double.POSITIVE_INFINITY;
        double t = 1;
        for (int trial = 0; trial < TRIALS && slope < 0; trial++) {
            double[] found = sample.evaluate(at.scores, at.change, t, at.probabilities);
            double there = found[0] + 0.5 * lambda * (squares + 2 * t * cross + t * t * stepSquares);
            double slopeThere = found[1] + lambda * (cross + t * stepSquares);
            // where differences of the objective are rounding, the slope alone decides
            boolean lower = there <= value + SUFFICIENT * t * slope
                    || (there - value <= ROUNDING * Math.abs(value) && slopeThere <= 0);
            if (lower && Math.abs(slopeThere) <= -CURVATURE * slope) {
                at.move(step, t);
                at.evaluated(found[0]);
                return t;
            }
            if (!lower || (there >= lowValue && trial > 0) || slopeThere > 0) {
                high = t;
                t = between(low, lowValue, lowSlope, t, there);
            } else {
                low = t;
                lowValue = there;
                lowSlope = slopeThere;
                t = high < Double.POSITIVE_INFINITY ? 0.5 * (low + high) : 4 * t;
            }
        }
        at.evaluate();
        return 0;
    }

    /** Minimum of the parabola through a value and slope and a second value, kept off the ends. */
    private static double between(double low, double value, double slope, double high, double highValue) {
        double width = high - low;
        double curvature = (highValue - value - slope * width) / (width * width);
        double step = curvature > 0 ? -slope / (2 * curvature) : 0.5 * width;
        return low + Math.max(0.1 * width, Math.min(0.9 * width, step));
    }
}

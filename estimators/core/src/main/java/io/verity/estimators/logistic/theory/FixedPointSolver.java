package io.verity.estimators.logistic.theory;

import io.verity.estimators.logistic.theory.ScalarSystem.Point;
import io.verity.stats.EstimationException;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.jspecify.annotations.Nullable;

/**
 * Solves a {@link ScalarSystem}: a few damped rounds of its fixed-point map, then Newton on the logarithms of the unknowns
 * (the map alone creeps near the separability line), and a walk down from a strong penalty when that fails.
 */
final class FixedPointSolver {
    private static final int ROUNDS = 30;
    private static final double DAMPING = 0.7;
    private static final int NEWTON_STEPS = 40;
    private static final double DIFFERENCE = 1e-6; // step of the numerical Jacobian, which has noise of about 1e-8
    private static final double LONGEST_STEP = 3; // of a logarithm in one Newton step
    private static final double GOOD = 1e-10; // a Newton run that stops improving here has met rounding
    private static final double PERFECT = 2e-14;
    private static final double STRONG = 10; // a penalty whose solution is near its closed form
    private static final double FIRST_STRIDE = 1; // of log lambda
    private static final double LONGEST_STRIDE = 4;
    private static final double SHORTEST_STRIDE = 0.02;
    private static final int MOST_EVALUATIONS = 1000;
    private static final double SMALL = 1e-2; // from here on the limit of no penalty is tried
    private static final double SMALLEST = 1e-14;

    private int evaluations;

    /** Where a solve ended. */
    record Solution(Point point, int evaluations) {}

    /**
     * @param system what to solve
     * @param start a neighbouring solution, or null
     * @return the solution
     * @throws EstimationException if none was found
     */
    static Solution solve(ScalarSystem system, @Nullable Point start) {
        FixedPointSolver solver = new FixedPointSolver();
        Point found = start == null ? null : solver.newton(system, start);
        if (found == null) {
            found = solver.newton(system, solver.rounds(system, firstGuess(system)));
        }
        if (found == null) {
            found = solver.walk(system);
        }
        if (found == null) {
            throw new EstimationException(
                    String.format(
                            Locale.ROOT,
                            "the fixed point for kappa=%s, n/p=%s, lambdaMean=%s was not found in double precision",
                            system.kappa(),
                            system.delta(),
                            system.lambdaMean()),
                    "move the penalty or n/p away from the extreme");
        }
        return new Solution(found, solver.evaluations);
    }

    private static Point firstGuess(ScalarSystem system) {
        return new Point(0.5 / (1 + 4 * system.lambdaMean()), 0.7, 1 / (system.delta() * (system.lambdaMean() + 0.2)));
    }

    private Point rounds(ScalarSystem system, Point start) {
        Point point = start;
        for (int k = 0; k < ROUNDS; k++) {
            Point next = system.next(point);
            evaluations++;
            Point damped = new Point(
                    mix(point.slope(), next.slope()),
                    mix(point.sigma(), next.sigma()),
                    mix(point.gamma(), next.gamma()));
            if (!damped.valid()) {
                return point;
            }
            point = damped;
        }
        return point;
    }

    private static double mix(double old, double next) {
        return old + DAMPING * (next - old);
    }

    /** @return the solution, or null when Newton does not reach it from here */
    private @Nullable Point newton(ScalarSystem system, Point start) {
        double[] x = start.logarithms();
        double[] f = defect(system, x);
        for (int k = 0; k < NEWTON_STEPS && size(f) > PERFECT; k++) {
            double[] step = newtonStep(system, x, f);
            double longest = Math.max(1, size(step) / LONGEST_STEP);
            double[] best = x;
            double[] bestDefect = f;
            for (double t = 1 / longest; t > 1e-3; t *= 0.5) {
                double[] y = {x[0] - t * step[0], x[1] - t * step[1], x[2] - t * step[2]};
                double[] g = defect(system, y);
                if (size(g) < size(bestDefect)) {
                    best = y;
                    bestDefect = g;
                    break;
                }
            }
            if (best == x) {
                break;
            }
            x = best;
            f = bestDefect;
        }
        return size(f) <= GOOD ? Point.ofLogarithms(x) : null;
    }

    /** Logarithms of (new / old) under the fixed-point map; not a number where the map is not defined. */
    private double[] defect(ScalarSystem system, double... x) {
        evaluations++;
        Point point = Point.ofLogarithms(x);
        if (!point.valid()) {
            return new double[] {Double.NaN, Double.NaN, Double.NaN};
        }
        double[] next = system.next(point).logarithms();
        return new double[] {next[0] - x[0], next[1] - x[1], next[2] - x[2]};
    }

    /** @return J^-1 f with J by differences; not a number when J is singular */
    private double[] newtonStep(ScalarSystem system, double[] x, double[] f) {
        DMatrixRMaj jacobian = new DMatrixRMaj(3, 3);
        for (int j = 0; j < 3; j++) {
            double[] y = x.clone();
            y[j] += DIFFERENCE;
            double[] g = defect(system, y);
            for (int i = 0; i < 3; i++) {
                jacobian.set(i, j, (g[i] - f[i]) / DIFFERENCE);
            }
        }
        DMatrixRMaj step = new DMatrixRMaj(3, 1);
        boolean solved = CommonOps_DDRM.solve(jacobian, new DMatrixRMaj(3, 1, true, f), step);
        return solved ? step.data : new double[] {Double.NaN, Double.NaN, Double.NaN};
    }

    /** NaN counts as infinitely large. */
    private static double size(double... f) {
        double size = Math.max(Math.abs(f[0]), Math.max(Math.abs(f[1]), Math.abs(f[2])));
        return Double.isNaN(size) ? Double.POSITIVE_INFINITY : size;
    }

    /**
     * Follows the solution from a strong penalty down to the wanted one along its tangent, with shorter strides where that
     * fails. A penalty of zero is tried from every small one.
     */
    private @Nullable Point walk(ScalarSystem goal) {
        double lambda = Math.max(STRONG, goal.lambdaMean());
        Point point = newton(goal.withLambdaMean(lambda), closedForm(goal.withLambdaMean(lambda)));
        double[] tangent = new double[3]; // change of the logarithms per unit of log lambda
        double stride = FIRST_STRIDE;
        while (point != null && lambda > goal.lambdaMean()) {
            if (goal.lambdaMean() == 0 && lambda < SMALL) {
                Point limit = newton(goal, point);
                if (limit != null || lambda < SMALLEST) {
                    return limit;
                }
            }
            double next = Math.max(goal.lambdaMean(), lambda * StrictMath.exp(-stride));
            double change = StrictMath.log(next / lambda);
            double[] x = point.logarithms();
            Point found = newton(
                    goal.withLambdaMean(next),
                    Point.ofLogarithms(
                            x[0] + change * tangent[0], x[1] + change * tangent[1], x[2] + change * tangent[2]));
            if (found == null) {
                stride *= 0.5;
                if (stride < SHORTEST_STRIDE || evaluations > MOST_EVALUATIONS) {
                    return null;
                }
                continue;
            }
            double[] y = found.logarithms();
            for (int j = 0; j < 3; j++) {
                tangent[j] = (y[j] - x[j]) / change;
            }
            point = found;
            lambda = next;
            stride = Math.min(LONGEST_STRIDE, 1.5 * stride);
        }
        return point;
    }

    /** The solution for a penalty so strong that every margin is nearly zero. */
    private static Point closedForm(ScalarSystem system) {
        double gamma = 1 / (system.delta() * (system.lambdaMean() + 0.25));
        double slope = system.delta() * gamma * new LogisticNormal(system.kappa()).meanSlope(0);
        return new Point(slope, 0.5 * gamma * Math.sqrt(system.delta()), gamma);
    }
}

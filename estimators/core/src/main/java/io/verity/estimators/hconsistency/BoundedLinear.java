package io.verity.estimators.hconsistency;

import io.verity.stats.losses.MarginLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.analysis.solvers.BrentSolver;

/**
 * The smallest risk of a convex, differentiable margin loss over \( f(x) = w \cdot x + b \), \( \|w\|_2 \le W \), \( |b| \le B
 * \). The ball enters by its multiplier: \( w(\lambda) \) minimises the risk plus \( \frac{\lambda}{2} \|w\|^2 \), its norm
 * falls in \( \lambda \), and a root finder makes it W. For a given multiplier the intercept is free, or, when it then leaves
 * its interval, at the end it left through.
 */
final class BoundedLinear {
    private static final double KKT = 1e-8;

    private final Points points;
    private final MarginRows risk;
    private final double normBound;
    private final double interceptBound;
    private final double[] scale;
    private double[] start;

    private BoundedLinear(Points points, MarginRows risk, double normBound, double interceptBound) {
        this.points = points;
        this.risk = risk;
        this.normBound = normBound;
        this.interceptBound = interceptBound;
        int d = points.features();
        this.scale = new double[d];
        for (int j = 0; j < d; j++) {
            double square = 0;
            for (double[] row : points.x()) {
                square = Math.max(square, Math.abs(row[j]));
            }
            scale[j] = square > 0 ? square : 1;
        }
        this.start = new double[d + 1];
    }

    static BestInClass minimise(Points points, MarginLoss loss, Hypotheses hypotheses) {
        BoundedLinear problem = new BoundedLinear(
                points, new MarginRows(loss, points.p(), 0), hypotheses.normBound(), hypotheses.interceptBound());
        return problem.solve();
    }

    private BestInClass solve() {
        double[] best = new double[points.features() + 1];
        best[points.features()] = intercept();
        double[] slope = gradient(best);
        double steepest = norm(slope);
        if (normBound > 0 && steepest > 0) {
            start = best.clone();
            best = onTheBall(steepest / normBound);
        }
        return result(best);
    }

    private double[] onTheBall(double highest) {
        double high = highest;
        double low = highest;
        double[] w = at(high);
        double[] last = w;
        while (norm(w) < normBound && low > 1e-17 * highest) {
            high = low;
            low /= 10;
            last = w;
            w = at(low);
        }
        if (norm(w) < normBound) {
            double[] interior = at(0);
            return norm(interior) <= normBound ? interior : w;
        }
        if (norm(w) > normBound && low < high) {
            start = last.clone();
            double log = new BrentSolver(1e-15, 1e-15, 1e-15)
                    .solve(
                            200,
                            v -> StrictMath.log(norm(at(StrictMath.exp(v))) / normBound),
                            StrictMath.log(low),
                            StrictMath.log(high));
            w = at(StrictMath.exp(log));
        }
        double shrink = Math.min(1, normBound / norm(w));
        for (int j = 0; j < points.features(); j++) {
            w[j] *= shrink;
        }
        return w;
    }

    /** Weights and intercept that minimise the penalised risk. */
    private double[] at(double lambda) {
        double[] free = newton(lambda, 0, true);
        int d = points.features();
        double[] solution = free;
        if (!(Math.abs(free[d]) <= interceptBound)) {
            double end = Math.copySign(interceptBound, free[d]);
            solution = newton(lambda, end, false);
            solution[d] = end;
        }
        start = solution.clone();
        return solution;
    }

    private double[] newton(double lambda, double offset, boolean withIntercept) {
        int d = points.features();
        int n = withIntercept ? d + 1 : d;
        double[][] design = new double[points.size()][n];
        for (int i = 0; i < design.length; i++) {
            for (int j = 0; j < d; j++) {
                design[i][j] = points.x()[i][j] / scale[j];
            }
            if (withIntercept) {
                design[i][d] = 1;
            }
        }
        double[] penalty = new double[n];
        double[] theta = new double[n];
        for (int j = 0; j < d; j++) {
            penalty[j] = lambda / scale[j] / scale[j];
            theta[j] = start[j] * scale[j];
        }
        if (withIntercept) {
            theta[d] = start[d];
        }
        double[] found = new DampedNewton(points.weights(), design, risk.at(offset), penalty)
                .from(theta)
                .theta();
        double[] solution = Arrays.copyOf(found, d + 1);
        for (int j = 0; j < d; j++) {
            solution[j] = found[j] / scale[j];
        }
        return solution;
    }

    /** The best intercept in its interval for w = 0. */
    private double intercept() {
        if (interceptBound == 0) {
            return 0;
        }
        double[][] ones = new double[points.size()][1];
        for (double[] row : ones) {
            row[0] = 1;
        }
        double free = new DampedNewton(points.weights(), ones, risk, new double[1])
                .from(new double[1])
                .theta()[0];
        return Math.max(-interceptBound, Math.min(interceptBound, free));
    }

    /** Euclidean norm of the weights, without the intercept. */
    private double norm(double[] w) {
        double square = 0;
        for (int j = 0; j < points.features(); j++) {
            square = Math.hypot(square, w[j]);
        }
        return square;
    }

    private double[] gradient(double[] w) {
        int d = points.features();
        double[] gradient = new double[d + 1];
        double[] g = new double[1];
        for (int i = 0; i < points.size(); i++) {
            risk.evaluate(i, new double[] {score(w, i)}, g, new double[1]);
            double factor = points.weights()[i] * g[0];
            for (int j = 0; j < d; j++) {
                gradient[j] += factor * points.x()[i][j];
            }
            gradient[d] += factor;
        }
        return gradient;
    }

    private double score(double[] w, int i) {
        double f = w[points.features()];
        for (int j = 0; j < points.features(); j++) {
            f += w[j] * points.x()[i][j];
        }
        return f;
    }

    /** The residual is the largest entry of \( \theta - P(\theta - \nabla F) \), P the projection on the set. */
    private BestInClass result(double[] w) {
        int d = points.features();
        double value = 0;
        double[] g = new double[1];
        for (int i = 0; i < points.size(); i++) {
            value += points.weights()[i] * risk.evaluate(i, new double[] {score(w, i)}, g, new double[1]);
        }
        double[] gradient = gradient(w);
        double[] moved = new double[d + 1];
        for (int j = 0; j <= d; j++) {
            moved[j] = w[j] - gradient[j];
        }
        double length = norm(moved);
        double shrink = length > normBound ? normBound / length : 1;
        double residual = Math.abs(w[d] - Math.max(-interceptBound, Math.min(interceptBound, moved[d])));
        for (int j = 0; j < d; j++) {
            residual = Math.max(residual, Math.abs(w[j] - shrink * moved[j]));
        }
        List<String> notes = new ArrayList<>();
        if (!(residual <= KKT)) {
            notes.add("the Karush-Kuhn-Tucker residual is " + residual + ", above 1e-8");
        }
        return new BestInClass(value, MinimizabilityGap.Quality.OPTIMUM, true, residual, notes);
    }
}

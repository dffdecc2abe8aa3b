package io.verity.estimators.logistic;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Newton's method for the softmax with K weight vectors. Its steps come from conjugate gradients with products of the whole
 * block of weights, preconditioned class by class. Many coefficients are left to {@link SoftmaxLbfgs}, and to Newton's method only
 * if it fails.
 */
final class SoftmaxNewton {
    private static final double ROUGHEST = 0.1;
    private static final double FINEST = 1e-10;
    private static final int MOST_CG_STEPS = 500;

    /** Coefficients beyond which a Newton system costs more products than the steps of L-BFGS that it saves. */
    private static final int LARGE = 2000;

    /** Steps of L-BFGS that cost about as much as one of Newton. */
    private static final int LBFGS_STEPS = 20;

    /** Share of the tolerance to which a system is solved at most. */
    private static final double SHARE = 1e-5;

    private final SoftmaxSample sample;
    private final Settings settings;
    private int lastSteps;

    SoftmaxNewton(DMatrixRMaj x, int[] y, int classes, Settings settings) {
        this.settings = settings;
        sample = new SoftmaxSample(x, y, classes, settings);
    }

    /** Fits in the order of the penalties given; each starts where the next stronger one ended. */
    List<SoftmaxFit> path(double[] lambdas) {
        Integer[] strongFirst = new Integer[lambdas.length];
        Arrays.setAll(strongFirst, k -> k);
        Arrays.sort(strongFirst, Comparator.comparingDouble(k -> -lambdas[k]));
        SoftmaxFit[] fits = new SoftmaxFit[lambdas.length];
        double[] theta = start();
        for (int k : strongFirst) {
            fits[k] = fit(lambdas[k], theta);
        }
        return List.of(fits);
    }

    SoftmaxFit fit(double lambda) {
        return fit(lambda, start());
    }

    /** Starts at theta, and leaves the optimum there. */
    private SoftmaxFit fit(double lambda, double[] theta) {
        SoftmaxIterate at = new SoftmaxIterate(sample, lambda, theta);
        if (theta.length > LARGE) {
            int steps =
                    new SoftmaxLbfgs(sample, lambda, settings.tolerance).run(at, LBFGS_STEPS * settings.maxIterations);
            if (steps >= 0) {
                return finished(at.theta, lambda, evaluation(at), steps, Status.CONVERGED);
            }
        }
        return newton(at, lambda);
    }

    private static RidgeFit.Evaluation evaluation(SoftmaxIterate at) {
        return new RidgeFit.Evaluation(at.objective, -at.loss, at.norm());
    }

    private SoftmaxFit newton(SoftmaxIterate at, double lambda) {
        double scale = Math.max(1, sample.totalWeight);
        double tolerance = settings.tolerance * scale;
        Progression progression = new Progression(tolerance, settings.maxIterations);
        SoftmaxPreconditioner preconditioner = new SoftmaxPreconditioner(sample, lambda);
        double[] best = at.theta.clone();
        RidgeFit.Evaluation reached = evaluation(at);
        lastSteps = 0;
        while (true) {
            double norm = at.norm();
            if (norm < reached.gradientNorm()) {
                reached = evaluation(at);
                best = at.theta.clone();
            }
            if (progression.endsAt(norm, at.objective)) {
                System.arraycopy(best, 0, at.theta, 0, best.length);
                return finished(best, lambda, reached, progression.iterations(), progression.status());
            }
            double reduction = Math.max(FINEST, StrictMath.pow(norm / scale, 0.75));
            reduction = Math.min(ROUGHEST, Math.max(reduction, SHARE * tolerance / norm));
            preconditioner.update(at.probabilities, lastSteps);
            double[] step = step(at, reduction, preconditioner);
            sample.scores(step, at.change);
            double squares = at.penalty(at.theta, at.theta);
            double cross = at.penalty(at.theta, step);
            double stepSquares = at.penalty(step, step);
            double fraction = LineSearch.search(
                    at.objective,
                    PathProblem.dot(at.gradient, step),
                    t -> sample.loss(at.scores, at.change, t)
                            + 0.5 * lambda * (squares + 2 * t * cross + t * t * stepSquares));
            at.move(step, fraction);
            at.evaluate();
        }
    }

    /** Zero weights, intercepts at the logarithms of the classes' shares. */
    private double[] start() {
        double[] theta = new double[sample.classes * sample.width];
        if (!sample.intercept) {
            return theta;
        }
        double[] shares = sample.shares();
        double mean = 0;
        for (double share : shares) {
            mean += StrictMath.log(share) / shares.length;
        }
        for (int k = 0; k < shares.length; k++) {
            theta[k * sample.width + sample.columns] = StrictMath.log(shares[k]) - mean;
        }
        return theta;
    }

    private double[] step(SoftmaxIterate at, double reduction, SoftmaxPreconditioner preconditioner) {
        int size = at.gradient.length;
        double[] step = new double[size];
        double[] residual = new double[size];
        for (int i = 0; i < size; i++) {
            residual[i] = -at.gradient[i];
        }
        double[] direction = preconditioner.solve(residual);
        double norm = PathProblem.dot(residual, direction);
        double target = reduction * reduction * norm;
        int steps = 0;
        for (; steps < MOST_CG_STEPS && norm > target && norm > 0; steps++) {
            double[] image = sample.hessian(direction, at.probabilities, at.change);
            at.addPenalty(direction, image);
            double curvature = PathProblem.dot(direction, image);
            if (!(curvature > 0)) {
                break;
            }
            double length = norm / curvature;
            for (int i = 0; i < size; i++) {
                step[i] = Math.fma(length, direction[i], step[i]);
                residual[i] = Math.fma(-length, image[i], residual[i]);
            }
            double[] solution = preconditioner.solve(residual);
            double next = PathProblem.dot(residual, solution);
            double ratio = next / norm;
            for (int i = 0; i < size; i++) {
                direction[i] = Math.fma(ratio, direction[i], solution[i]);
            }
            norm = next;
        }
        lastSteps = steps;
        return step;
    }

    /** Whether every row's own class has the largest score. */
    boolean separates(SoftmaxFit fit, DMatrixRMaj x, int[] y) {
        DMatrixRMaj f = fit.scores(x);
        for (int i = 0; i < y.length; i++) {
            double own = f.get(i, y[i]);
            for (int k = 0; k < sample.classes; k++) {
                if (k != y[i] && !(own > f.get(i, k))) {
                    return false;
                }
            }
        }
        return true;
    }

    SoftmaxSample sample() {
        return sample;
    }

    private SoftmaxFit finished(
            double[] theta, double lambda, RidgeFit.Evaluation evaluation, int iterations, Status status) {
        int classes = sample.classes;
        int width = sample.width;
        double[][] w = new double[classes][];
        double[] b = new double[classes];
        double mean = 0;
        for (int k = 0; k < classes; k++) {
            w[k] = Arrays.copyOfRange(theta, k * width, k * width + sample.columns);
            b[k] = sample.intercept ? theta[k * width + sample.columns] - PathProblem.dot(w[k], sample.centres) : 0;
            mean += b[k] / classes;
        }
        for (int k = 0; k < classes; k++) {
            b[k] -= mean;
        }
        return new SoftmaxFit(w, b, lambda, evaluation, iterations, status, List.of());
    }
}

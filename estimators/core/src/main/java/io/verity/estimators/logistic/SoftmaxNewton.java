package io.verity.estimators.logistic;

import io.verity.stats.Arguments;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.linalg.Matrix;
import io.verity.stats.losses.Exponentials;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Newton's method for the softmax with K weight vectors. Its steps come from conjugate gradients with products of the whole
 * block of weights, preconditioned class by class by a Cholesky factor of \( \kappa Z^\top C Z + \lambda I \), \( \kappa \) being
 * the mean curvature of the classes. Columns are centred; the intercepts are the weights of a column of ones.
 */
final class SoftmaxNewton {
    private static final double ROUGHEST = 0.1;
    private static final double FINEST = 1e-10;
    private static final int MOST_CG_STEPS = 500;

    private final int rows;
    private final int columns;
    private final int width;
    private final int classes;
    private final int[] labels;
    private final double[] weights;
    private final double totalWeight;
    private final double[] centres;
    private final boolean intercept;
    private final Settings settings;
    private final DenseBackend backend;
    private final Matrix design;
    private final double[] gram;

    SoftmaxNewton(DMatrixRMaj x, int[] y, int classes, Settings settings) {
        Arguments.atLeast("classes", classes, 2);
        Sample.checkShape(x, y.length);
        double[] caseWeights = Sample.caseWeights(settings.caseWeights, y.length);
        int[] kept = Sample.positive(caseWeights);
        this.settings = settings;
        this.classes = classes;
        this.backend = settings.backend();
        this.intercept = settings.intercept;
        rows = kept.length;
        columns = x.numCols;
        width = columns + (intercept ? 1 : 0);
        labels = new int[rows];
        weights = new double[rows];
        int[] counts = new int[classes];
        for (int r = 0; r < rows; r++) {
            int label = y[kept[r]];
            Arguments.require(
                    label >= 0 && label < classes,
                    "labels must be 0 to %d, but the label of row %d is %d",
                    classes - 1,
                    kept[r] + 1,
                    label);
            labels[r] = label;
            counts[label]++;
        }
        for (int k = 0; k < classes; k++) {
            Arguments.require(counts[k] > 0, "no row belongs to class %d of %d", k, classes);
        }
        double total = 0;
        for (int r = 0; r < rows; r++) {
            double balance = (double) rows / (classes * counts[labels[r]]);
            weights[r] = caseWeights[kept[r]] * (settings.classWeight == ClassWeight.BALANCED ? balance : 1);
            total += weights[r];
        }
        totalWeight = total;
        double[] values = Sample.rows(x, kept);
        centres = intercept ? Sample.centre(values, weights, columns) : new double[columns];
        design = backend.upload(intercept ? withOnes(values) : values, rows, width);
        gram = new double[Math.multiplyExact(width, width)];
        backend.gram(design, weights, backend.upload(gram, width, width));
    }

    private double[] withOnes(double[] values) {
        double[] augmented = new double[Math.multiplyExact(rows, width)];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(values, i * columns, augmented, i * width, columns);
            augmented[i * width + columns] = 1;
        }
        return augmented;
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
        int size = classes * width;
        double[] scores = forward(theta);
        double[] probabilities = new double[rows * classes];
        double[] slope = new double[rows * classes];
        double[] best = theta.clone();
        double bestNorm = Double.POSITIVE_INFINITY;
        Progression progression =
                new Progression(settings.tolerance * Math.max(1, totalWeight), settings.maxIterations);
        while (true) {
            double loss = evaluate(scores, probabilities, slope);
            double penalty = penalty(theta, theta);
            double[] gradient = backward(slope);
            addPenalty(lambda, theta, gradient);
            double norm = PrimalNewton.largest(gradient);
            if (norm < bestNorm) {
                bestNorm = norm;
                best = theta.clone();
            }
            double objective = loss + 0.5 * lambda * penalty;
            if (progression.endsAt(norm, objective)) {
                System.arraycopy(best, 0, theta, 0, size);
                return finished(best, lambda, progression);
            }
            double relative = norm / Math.max(1, totalWeight);
            double reduction = Math.max(FINEST, Math.min(ROUGHEST, StrictMath.pow(relative, 0.75)));
            double[] step = step(lambda, gradient, probabilities, reduction);
            double[] change = forward(step);
            double cross = penalty(theta, step);
            double squares = penalty(step, step);
            double[] trial = new double[scores.length];
            double[] base = scores;
            double fraction = LineSearch.search(objective, PathProblem.dot(gradient, step), t -> {
                for (int i = 0; i < trial.length; i++) {
                    trial[i] = Math.fma(t, change[i], base[i]);
                }
                return loss(trial) + 0.5 * lambda * (penalty + 2 * t * cross + t * t * squares);
            });
            for (int i = 0; i < size; i++) {
                theta[i] = Math.fma(fraction, step[i], theta[i]);
            }
            for (int i = 0; i < scores.length; i++) {
                scores[i] = Math.fma(fraction, change[i], scores[i]);
            }
        }
    }

    /** Zero weights, intercepts at the logarithms of the classes' shares. */
    private double[] start() {
        double[] theta = new double[classes * width];
        if (!intercept) {
            return theta;
        }
        double[] shares = new double[classes];
        for (int i = 0; i < rows; i++) {
            shares[labels[i]] += weights[i] / totalWeight;
        }
        double mean = 0;
        for (double share : shares) {
            mean += StrictMath.log(share) / classes;
        }
        for (int k = 0; k < classes; k++) {
            theta[k * width + columns] = StrictMath.log(shares[k]) - mean;
        }
        return theta;
    }

    private double[] step(double lambda, double[] gradient, double[] probabilities, double reduction) {
        int size = gradient.length;
        double[] factor = preconditioner(lambda, probabilities);
        double[] step = new double[size];
        double[] residual = new double[size];
        for (int i = 0; i < size; i++) {
            residual[i] = -gradient[i];
        }
        double[] solution = solve(factor, residual);
        double[] direction = solution.clone();
        double norm = PathProblem.dot(residual, solution);
        double target = reduction * reduction * norm;
        for (int steps = 0; steps < MOST_CG_STEPS && norm > target && norm > 0; steps++) {
            double[] image = hessian(lambda, direction, probabilities);
            double curvature = PathProblem.dot(direction, image);
            if (!(curvature > 0)) {
                break;
            }
            double length = norm / curvature;
            for (int i = 0; i < size; i++) {
                step[i] = Math.fma(length, direction[i], step[i]);
                residual[i] = Math.fma(-length, image[i], residual[i]);
            }
            solution = solve(factor, residual);
            double next = PathProblem.dot(residual, solution);
            double ratio = next / norm;
            for (int i = 0; i < size; i++) {
                direction[i] = Math.fma(ratio, direction[i], solution[i]);
            }
            norm = next;
        }
        return step;
    }

    private double[] preconditioner(double lambda, double[] probabilities) {
        double curvature = 0;
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < classes; k++) {
                double p = probabilities[i * classes + k];
                curvature += weights[i] * p * (1 - p);
            }
        }
        double mean = Math.max(curvature / (classes * totalWeight), 1e-12);
        double[] factor = new double[gram.length];
        double trace = 0;
        for (int j = 0; j < width; j++) {
            trace += mean * gram[j * width + j];
        }
        for (int i = 0; i < factor.length; i++) {
            factor[i] = mean * gram[i];
        }
        for (int j = 0; j < width; j++) {
            factor[j * width + j] += (j < columns ? lambda : 0) + 1e-13 * trace + Double.MIN_NORMAL;
        }
        if (backend.cholesky(backend.upload(factor, width, width)) >= 0) {
            throw new IllegalStateException("a Gram matrix with a ridge is not positive definite");
        }
        return factor;
    }

    private double[] solve(double[] factor, double[] vector) {
        double[] block = transposed(vector, classes, width);
        backend.choleskySolve(backend.upload(factor, width, width), backend.upload(block, width, classes));
        return transposed(block, width, classes);
    }

    private double[] hessian(double lambda, double[] direction, double[] probabilities) {
        double[] u = forward(direction);
        for (int i = 0; i < rows; i++) {
            int row = i * classes;
            double mean = 0;
            for (int k = row; k < row + classes; k++) {
                mean = Math.fma(probabilities[k], u[k], mean);
            }
            for (int k = row; k < row + classes; k++) {
                u[k] = weights[i] * probabilities[k] * (u[k] - mean);
            }
        }
        double[] image = backward(u);
        addPenalty(lambda, direction, image);
        return image;
    }

    private void addPenalty(double lambda, double[] theta, double[] gradient) {
        for (int k = 0; k < classes; k++) {
            for (int j = k * width; j < k * width + columns; j++) {
                gradient[j] = Math.fma(lambda, theta[j], gradient[j]);
            }
        }
    }

    private double penalty(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            for (int j = k * width; j < k * width + columns; j++) {
                sum = Math.fma(a[j], b[j], sum);
            }
        }
        return sum;
    }

    /** Scores, rows x classes. */
    private double[] forward(double[] theta) {
        double[] scores = new double[Math.multiplyExact(rows, classes)];
        backend.gemm(
                design,
                backend.upload(transposed(theta, classes, width), width, classes),
                backend.upload(scores, rows, classes));
        return scores;
    }

    private double[] backward(double[] rowsByClasses) {
        double[] sums = new double[classes * width];
        backend.gemm(
                backend.upload(transposed(rowsByClasses, rows, classes), classes, rows),
                design,
                backend.upload(sums, classes, width));
        return sums;
    }

    private static double[] transposed(double[] a, int rows, int columns) {
        double[] t = new double[a.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                t[j * rows + i] = a[i * columns + j];
            }
        }
        return t;
    }

    /** Fills the probabilities and the slopes c (P - Y); returns the loss. */
    private double evaluate(double[] scores, double[] probabilities, double[] slope) {
        double loss = 0;
        for (int i = 0; i < rows; i++) {
            int row = i * classes;
            double largest = largest(scores, row);
            double sum = 0;
            double rest = 0;
            for (int k = row; k < row + classes; k++) {
                probabilities[k] = Exponentials.expNonPositive(scores[k] - largest);
                sum += probabilities[k];
                rest += k == row + labels[i] ? 0 : probabilities[k];
            }
            double others = 0;
            for (int k = 0; k < classes; k++) {
                probabilities[row + k] /= sum;
                slope[row + k] = weights[i] * probabilities[row + k];
                others += k == labels[i] ? 0 : probabilities[row + k];
            }
            slope[row + labels[i]] = -weights[i] * others;
            loss += weights[i] * lossOf(scores, row, labels[i], largest, rest);
        }
        return loss;
    }

    private double loss(double[] scores) {
        double loss = 0;
        for (int i = 0; i < rows; i++) {
            int row = i * classes;
            double largest = largest(scores, row);
            double rest = 0;
            for (int k = row; k < row + classes; k++) {
                rest += k == row + labels[i] ? 0 : Exponentials.expNonPositive(scores[k] - largest);
            }
            loss += weights[i] * lossOf(scores, row, labels[i], largest, rest);
        }
        return loss;
    }

    /** Minus the log-probability of the row's class, without cancellation where it is nearly certain. */
    private static double lossOf(double[] scores, int row, int label, double largest, double rest) {
        double gap = scores[row + label] - largest;
        return gap == 0 ? StrictMath.log1p(rest) : StrictMath.log(rest + Exponentials.expNonPositive(gap)) - gap;
    }

    private double largest(double[] scores, int row) {
        double largest = scores[row];
        for (int k = row + 1; k < row + classes; k++) {
            largest = Math.max(largest, scores[k]);
        }
        return largest;
    }

    /** Whether every row's own class has the largest score. */
    boolean separates(SoftmaxFit fit, DMatrixRMaj x, int[] y) {
        DMatrixRMaj scores = fit.scores(x);
        for (int i = 0; i < y.length; i++) {
            double own = scores.get(i, y[i]);
            for (int k = 0; k < classes; k++) {
                if (k != y[i] && !(own > scores.get(i, k))) {
                    return false;
                }
            }
        }
        return true;
    }

    double totalWeight() {
        return totalWeight;
    }

    private SoftmaxFit finished(double[] theta, double lambda, Progression progression) {
        double[] scores = forward(theta);
        double[] probabilities = new double[scores.length];
        double[] slope = new double[scores.length];
        double loss = evaluate(scores, probabilities, slope);
        double[] gradient = backward(slope);
        addPenalty(lambda, theta, gradient);
        double[][] w = new double[classes][];
        double[] b = new double[classes];
        double mean = 0;
        for (int k = 0; k < classes; k++) {
            w[k] = Arrays.copyOfRange(theta, k * width, k * width + columns);
            b[k] = intercept ? theta[k * width + columns] - PathProblem.dot(w[k], centres) : 0;
            mean += b[k] / classes;
        }
        for (int k = 0; k < classes; k++) {
            b[k] -= mean;
        }
        RidgeFit.Evaluation evaluation = new RidgeFit.Evaluation(
                loss + 0.5 * lambda * penalty(theta, theta), -loss, PrimalNewton.largest(gradient));
        return new SoftmaxFit(w, b, lambda, evaluation, progression.iterations(), progression.status());
    }
}

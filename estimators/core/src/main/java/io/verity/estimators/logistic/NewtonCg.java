package io.verity.estimators.logistic;

import io.verity.stats.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs the problems of a path side by side. In each round those that wait for the same kind of product get it from one matrix
 * product, so that the data are read once for all of them and the work is compute-bound.
 */
final class NewtonCg {
    /** Neighbouring penalties within this factor share a preconditioner. */
    private static final double GROUP_SPAN = 8;

    /** Blocks are padded with zero columns to a multiple of the vector width, which costs less than odd ends. */
    private static final int PAD = 8;

    private final Sample sample;
    private final Settings settings;

    NewtonCg(Sample sample, Settings settings) {
        this.sample = sample;
        this.settings = settings;
    }

    /** Solves in the space of the weights; penalties descending. */
    List<Optimum> primal(double[] lambdas) {
        double[] gram = PreconditionerGroup.gram(sample);
        List<PrimalProblem> problems = new ArrayList<>();
        List<PreconditionerGroup> groups = new ArrayList<>();
        for (double lambda : lambdas) {
            PreconditionerGroup last = groups.isEmpty() ? null : groups.get(groups.size() - 1);
            if (last == null || lambda * GROUP_SPAN < last.strongest()) {
                last = new PreconditionerGroup(sample, lambda, gram);
                groups.add(last);
            }
            problems.add(new PrimalProblem(sample, lambda, last, settings));
        }
        problems.forEach(this::startAtZero);
        while (true) {
            boolean live = deliver(waiting(problems, PathProblem.Want.FORWARD), this::forward, sample.rows);
            live |= deliver(waiting(problems, PathProblem.Want.BACKWARD), this::backward, sample.columns);
            for (PreconditionerGroup group : groups) {
                List<PathProblem> members = new ArrayList<>();
                for (PrimalProblem problem : problems) {
                    if (problem.group() == group && problem.want() == PathProblem.Want.SOLVE) {
                        members.add(problem);
                    }
                }
                live |= deliver(
                        members,
                        (block, columns) -> {
                            group.solve(block, columns);
                            return block;
                        },
                        sample.columns);
            }
            if (!live) {
                break;
            }
        }
        List<Optimum> optima = new ArrayList<>();
        for (PathProblem problem : problems) {
            optima.add(new Optimum(
                    problem.bestCoefficients(), problem.bestIntercept(), problem.iterations(), problem.status()));
        }
        return optima;
    }

    /** Solves in the space of the rows; penalties in any order. */
    List<Optimum> dual(double[] lambdas, double[] kernel) {
        int n = sample.rows;
        double[] diagonal = new double[n];
        for (int i = 0; i < n; i++) {
            diagonal[i] = kernel[i * n + i];
        }
        List<DualProblem> problems = new ArrayList<>();
        for (double lambda : lambdas) {
            problems.add(new DualProblem(sample, lambda, diagonal, settings));
        }
        problems.forEach(this::startAtZero);
        Matrix k = sample.backend.upload(kernel, n, n);
        Product product = (block, columns) -> multiply(k, block, columns);
        while (deliver(waiting(problems, PathProblem.Want.FORWARD), product, n)) {}
        List<double[]> rows = new ArrayList<>();
        for (PathProblem problem : problems) {
            rows.add(problem.bestCoefficients());
        }
        double[] weights = backward(packed(rows, n, rows.size()), padded(rows.size()));
        List<Optimum> optima = new ArrayList<>();
        for (int c = 0; c < problems.size(); c++) {
            PathProblem problem = problems.get(c);
            double[] w = new double[sample.columns];
            for (int j = 0; j < w.length; j++) {
                w[j] = weights[j * padded(problems.size()) + c];
            }
            optima.add(new Optimum(w, problem.bestIntercept(), problem.iterations(), problem.status()));
        }
        return optima;
    }

    private void startAtZero(PathProblem problem) {
        double b = sample.startIntercept();
        double[] scores = new double[sample.rows];
        Arrays.fill(scores, b);
        problem.start(null, scores, b);
    }

    /** Multiplies a row-major block of columns. */
    @FunctionalInterface
    private interface Product {
        double[] of(double[] block, int columns);
    }

    private static List<PathProblem> waiting(List<? extends PathProblem> problems, PathProblem.Want want) {
        List<PathProblem> waiting = new ArrayList<>();
        for (PathProblem problem : problems) {
            if (problem.want() == want) {
                waiting.add(problem);
            }
        }
        return waiting;
    }

    private boolean deliver(List<? extends PathProblem> waiting, Product product, int resultRows) {
        if (waiting.isEmpty()) {
            return false;
        }
        List<double[]> arguments = new ArrayList<>();
        for (PathProblem problem : waiting) {
            arguments.add(problem.argument());
        }
        int columns = padded(waiting.size());
        double[] result = product.of(packed(arguments, arguments.get(0).length, waiting.size()), columns);
        for (int c = 0; c < waiting.size(); c++) {
            double[] target = waiting.get(c).target();
            for (int i = 0; i < resultRows; i++) {
                target[i] = result[i * columns + c];
            }
        }
        waiting.forEach(PathProblem::take);
        return true;
    }

    private static int padded(int columns) {
        return (columns + PAD - 1) / PAD * PAD;
    }

    private static double[] packed(List<double[]> vectors, int length, int count) {
        int columns = padded(count);
        double[] block = new double[Math.multiplyExact(length, columns)];
        for (int c = 0; c < count; c++) {
            double[] vector = vectors.get(c);
            for (int i = 0; i < length; i++) {
                block[i * columns + c] = vector[i];
            }
        }
        return block;
    }

    private double[] multiply(Matrix a, double[] block, int columns) {
        double[] result = new double[Math.multiplyExact(a.rows(), columns)];
        sample.backend.gemm(
                a,
                sample.backend.upload(block, a.columns(), columns),
                sample.backend.upload(result, a.rows(), columns));
        return result;
    }

    private double[] forward(double[] block, int columns) {
        return multiply(sample.design, block, columns);
    }

    /** \( Z^\top B \), as the transpose of \( B^\top Z \). */
    private double[] backward(double[] block, int columns) {
        int n = sample.rows;
        int p = sample.columns;
        double[] left = transposed(block, n, columns);
        double[] product = new double[Math.multiplyExact(columns, p)];
        sample.backend.gemm(
                sample.backend.upload(left, columns, n), sample.design, sample.backend.upload(product, columns, p));
        return transposed(product, columns, p);
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
}

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

    private final Settings settings;

    NewtonCg(Settings settings) {
        this.settings = settings;
    }

    /**
     * Solves in the space of the weights, for several samples with the same columns at once: a sample and parts of it share their
     * preconditioners.
     *
     * @param samples the largest first
     * @param lambdas descending
     * @return for each sample its optima
     */
    List<List<Optimum>> primal(List<Sample> samples, double[] lambdas) {
        double[] gram = PreconditionerGroup.gram(samples.get(0));
        List<List<PrimalProblem>> problems = new ArrayList<>();
        List<PreconditionerGroup> groups = new ArrayList<>();
        for (int s = 0; s < samples.size(); s++) {
            problems.add(new ArrayList<>());
        }
        for (double lambda : lambdas) {
            PreconditionerGroup last = groups.isEmpty() ? null : groups.get(groups.size() - 1);
            if (last == null || lambda * GROUP_SPAN < last.strongest()) {
                last = new PreconditionerGroup(samples.get(0), lambda, gram);
                groups.add(last);
            }
            for (int s = 0; s < samples.size(); s++) {
                problems.get(s).add(new PrimalProblem(samples.get(s), lambda, last, settings));
            }
        }
        problems.forEach(of -> of.forEach(NewtonCg::startAtZero));
        while (round(samples, problems, groups)) {}
        List<List<Optimum>> optima = new ArrayList<>();
        for (List<PrimalProblem> of : problems) {
            List<Optimum> ends = new ArrayList<>();
            for (PathProblem problem : of) {
                ends.add(new Optimum(
                        problem.bestCoefficients(), problem.bestIntercept(), problem.iterations(), problem.status()));
            }
            optima.add(ends);
        }
        return optima;
    }

    private static boolean round(
            List<Sample> samples, List<List<PrimalProblem>> problems, List<PreconditionerGroup> groups) {
        boolean live = false;
        for (int s = 0; s < samples.size(); s++) {
            Sample sample = samples.get(s);
            live |= deliver(
                    waiting(problems.get(s), PathProblem.Want.FORWARD),
                    (block, columns) -> multiply(sample, sample.design, block, columns),
                    sample.rows);
            live |= deliverBackward(sample, waiting(problems.get(s), PathProblem.Want.BACKWARD));
        }
        for (PreconditionerGroup group : groups) {
            List<PathProblem> members = new ArrayList<>();
            for (List<PrimalProblem> of : problems) {
                for (PrimalProblem problem : of) {
                    if (problem.group() == group && problem.want() == PathProblem.Want.SOLVE) {
                        members.add(problem);
                    }
                }
            }
            live |= deliver(
                    members,
                    (block, columns) -> {
                        group.solve(block, columns);
                        return block;
                    },
                    samples.get(0).columns);
        }
        return live;
    }

    /** Solves in the space of the rows; penalties in any order. */
    List<Optimum> dual(Sample sample, double[] lambdas, double[] kernel) {
        int n = sample.rows;
        double[] diagonal = new double[n];
        for (int i = 0; i < n; i++) {
            diagonal[i] = kernel[i * n + i];
        }
        List<DualProblem> problems = new ArrayList<>();
        for (double lambda : lambdas) {
            problems.add(new DualProblem(sample, lambda, diagonal, settings));
        }
        problems.forEach(NewtonCg::startAtZero);
        Matrix k = sample.backend.upload(kernel, n, n);
        Product product = (block, columns) -> multiply(sample, k, block, columns);
        while (deliver(waiting(problems, PathProblem.Want.FORWARD), product, n)) {}
        List<double[]> rows = new ArrayList<>();
        for (PathProblem problem : problems) {
            rows.add(problem.bestCoefficients());
        }
        double[] weights = backward(sample, rows);
        List<Optimum> optima = new ArrayList<>();
        for (int c = 0; c < problems.size(); c++) {
            PathProblem problem = problems.get(c);
            double[] w = Arrays.copyOfRange(weights, c * sample.columns, (c + 1) * sample.columns);
            optima.add(new Optimum(w, problem.bestIntercept(), problem.iterations(), problem.status()));
        }
        return optima;
    }

    private static void startAtZero(PathProblem problem) {
        Sample sample = problem.sample;
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

    private static boolean deliver(List<? extends PathProblem> waiting, Product product, int resultRows) {
        if (waiting.isEmpty()) {
            return false;
        }
        List<double[]> arguments = arguments(waiting);
        int columns = padded(waiting.size());
        double[] result = product.of(packed(arguments), columns);
        for (int c = 0; c < waiting.size(); c++) {
            double[] target = waiting.get(c).target();
            for (int i = 0; i < resultRows; i++) {
                target[i] = result[i * columns + c];
            }
        }
        waiting.forEach(PathProblem::take);
        return true;
    }

    /** \( Z^\top B \) as rows of \( B^\top Z \): vectors go in and come out as they are. */
    private static boolean deliverBackward(Sample sample, List<? extends PathProblem> waiting) {
        if (waiting.isEmpty()) {
            return false;
        }
        double[] products = backward(sample, arguments(waiting));
        for (int c = 0; c < waiting.size(); c++) {
            double[] target = waiting.get(c).target();
            System.arraycopy(products, c * target.length, target, 0, target.length);
        }
        waiting.forEach(PathProblem::take);
        return true;
    }

    private static double[] backward(Sample sample, List<double[]> vectors) {
        int n = sample.rows;
        int p = sample.columns;
        int count = vectors.size();
        double[] left = new double[Math.multiplyExact(count, n)];
        for (int c = 0; c < count; c++) {
            System.arraycopy(vectors.get(c), 0, left, c * n, n);
        }
        double[] products = new double[Math.multiplyExact(count, p)];
        sample.backend.gemm(
                sample.backend.upload(left, count, n), sample.design, sample.backend.upload(products, count, p));
        return products;
    }

    private static List<double[]> arguments(List<? extends PathProblem> waiting) {
        List<double[]> arguments = new ArrayList<>();
        for (PathProblem problem : waiting) {
            arguments.add(problem.argument());
        }
        return arguments;
    }

    private static int padded(int columns) {
        return (columns + PAD - 1) / PAD * PAD;
    }

    private static double[] packed(List<double[]> vectors) {
        int length = vectors.get(0).length;
        int columns = padded(vectors.size());
        double[] block = new double[Math.multiplyExact(length, columns)];
        for (int c = 0; c < vectors.size(); c++) {
            double[] vector = vectors.get(c);
            for (int i = 0; i < length; i++) {
                block[i * columns + c] = vector[i];
            }
        }
        return block;
    }

    private static double[] multiply(Sample sample, Matrix a, double[] block, int columns) {
        double[] result = new double[Math.multiplyExact(a.rows(), columns)];
        sample.backend.gemm(
                a,
                sample.backend.upload(block, a.columns(), columns),
                sample.backend.upload(result, a.rows(), columns));
        return result;
    }
}

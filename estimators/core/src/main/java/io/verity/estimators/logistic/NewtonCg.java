package io.verity.estimators.logistic;

import io.verity.stats.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
     * Solves in the space of the weights for a sample, and then for parts of it at once: they start where the whole sample ended,
     * and with the preconditioners made there.
     *
     * @param samples the whole one first
     * @param lambdas descending
     * @return for each sample its optima
     */
    List<List<Optimum>> primal(List<Sample> samples, double[] lambdas) {
        Sample whole = samples.get(0);
        double[] gram = PreconditionerGroup.gram(whole);
        List<PrimalProblem> problems = new ArrayList<>();
        PreconditionerGroup group = null;
        for (double lambda : lambdas) {
            if (group == null || lambda * GROUP_SPAN < group.strongest()) {
                group = new PreconditionerGroup(whole, lambda, gram);
            }
            problems.add(new PrimalProblem(whole, lambda, group, settings));
        }
        problems.forEach(NewtonCg::startAtZero);
        while (round(List.of(problems))) {}
        List<List<PrimalProblem>> parts = new ArrayList<>();
        for (Sample sample : samples.subList(1, samples.size())) {
            List<PrimalProblem> part = new ArrayList<>();
            PreconditionerGroup own = null;
            for (PrimalProblem problem : problems) {
                if (own == null || !own.isCopyOf(problem.group())) {
                    own = problem.group().copyFor(sample);
                }
                part.add(new PrimalProblem(sample, problem.lambda, own, settings));
            }
            startAt(problems, part);
            parts.add(part);
        }
        while (round(parts)) {}
        parts.add(0, problems);
        List<List<Optimum>> optima = new ArrayList<>();
        for (List<PrimalProblem> of : parts) {
            List<Optimum> ends = new ArrayList<>();
            for (PathProblem problem : of) {
                ends.add(new Optimum(
                        problem.bestCoefficients(), problem.bestIntercept(), problem.iterations(), problem.status()));
            }
            optima.add(ends);
        }
        return optima;
    }

    private static boolean round(List<List<PrimalProblem>> problems) {
        boolean live = false;
        for (List<PrimalProblem> of : problems) {
            Sample sample = of.get(0).sample;
            live |= deliver(
                    waiting(of, PathProblem.Want.FORWARD),
                    (block, columns) -> multiply(sample, sample.design, block, columns));
            live |= deliverBackward(sample, waiting(of, PathProblem.Want.BACKWARD));
        }
        Map<PreconditionerGroup, List<PathProblem>> members = new LinkedHashMap<>();
        for (List<PrimalProblem> of : problems) {
            for (PrimalProblem problem : of) {
                if (problem.want() == PathProblem.Want.SOLVE) {
                    members.computeIfAbsent(problem.group(), g -> new ArrayList<>())
                            .add(problem);
                }
            }
        }
        members.forEach(NewtonCg::deliverSolutions);
        return live || !members.isEmpty();
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
        while (deliver(waiting(problems, PathProblem.Want.FORWARD), product)) {}
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

    /** Starts the problems of a part of the rows where those of all rows ended. */
    private static void startAt(List<PrimalProblem> ended, List<PrimalProblem> part) {
        Sample whole = ended.get(0).sample;
        Sample sample = part.get(0).sample;
        List<double[]> weights = new ArrayList<>();
        for (PathProblem problem : ended) {
            weights.add(problem.bestCoefficients());
        }
        int columns = padded(weights.size());
        double[] block = multiply(sample, sample.design, packed(weights, columns), columns);
        for (int c = 0; c < part.size(); c++) {
            double[] w = weights.get(c);
            double b = whole.uncentred(w, ended.get(c).bestIntercept()) + sample.atCentre(w);
            double[] scores = new double[sample.rows];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = block[i * columns + c] + b;
            }
            part.get(c).start(w, scores, b);
        }
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

    private static boolean deliver(List<? extends PathProblem> waiting, Product product) {
        if (waiting.isEmpty()) {
            return false;
        }
        int columns = padded(waiting.size());
        unpack(product.of(packed(arguments(waiting), columns), columns), columns, waiting);
        waiting.forEach(PathProblem::take);
        return true;
    }

    private static void unpack(double[] block, int columns, List<? extends PathProblem> waiting) {
        for (int c = 0; c < waiting.size(); c++) {
            double[] target = waiting.get(c).target();
            for (int i = 0; i < target.length; i++) {
                target[i] = block[i * columns + c];
            }
        }
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

    private static void deliverSolutions(PreconditionerGroup group, List<PathProblem> waiting) {
        int columns = waiting.size();
        double[] block = packed(arguments(waiting), columns);
        group.solve(block, columns);
        unpack(block, columns, waiting);
        waiting.forEach(PathProblem::take);
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

    private static double[] packed(List<double[]> vectors, int columns) {
        int length = vectors.get(0).length;
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

package io.verity.estimators.logistic;

import io.verity.stats.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Runs the problems of a path side by side. In each round those that wait for the same kind of product get it from one matrix
 * product, so that the data are read once for all of them and the work is compute-bound.
 */
final class NewtonCg {
    /** Penalties this far apart are solved first; those between start from interpolated solutions. */
    private static final double PIVOT_SPAN = 30;

    /** Blocks are padded with zero columns to a multiple of the vector width, which costs less than odd ends. */
    private static final int PAD = 8;

    private static final int ROW_PAD = 4;

    private final Sample sample;
    private final Settings settings;

    NewtonCg(Sample sample, Settings settings) {
        this.sample = sample;
        this.settings = settings;
    }

    /** Solves in the space of the weights; penalties descending. */
    List<Optimum> primal(double[] lambdas) {
        double[] gram = PreconditionerGroup.gram(sample);
        int[] pivots = pivots(lambdas);
        List<PrimalProblem> problems = new ArrayList<>();
        List<PreconditionerGroup> groups = new ArrayList<>();
        for (int pivot : pivots) {
            groups.add(new PreconditionerGroup(sample, lambdas[pivot], gram));
        }
        for (int k = 0; k < lambdas.length; k++) {
            problems.add(new PrimalProblem(sample, lambdas[k], groups.get(nearest(pivots, k)), settings));
        }
        start(problems, pivots, () -> {
            boolean live = deliver(waiting(problems, PathProblem.Want.FORWARD), this::forward);
            live |= deliverBackward(waiting(problems, PathProblem.Want.BACKWARD));
            live |= deliverSolutions(problems);
            return live;
        });
        return ends(problems);
    }

    /** Solves in the space of the rows; penalties descending. */
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
        Matrix k = sample.backend.upload(kernel, n, n);
        start(
                problems,
                pivots(lambdas),
                () -> deliver(
                        waiting(problems, PathProblem.Want.FORWARD), (block, columns) -> multiply(k, block, columns)));
        List<double[]> rows = new ArrayList<>();
        for (PathProblem problem : problems) {
            rows.add(problem.bestCoefficients());
        }
        double[] weights = backward(rows);
        List<Optimum> optima = new ArrayList<>();
        for (int c = 0; c < problems.size(); c++) {
            PathProblem problem = problems.get(c);
            double[] w = Arrays.copyOfRange(weights, c * sample.columns, (c + 1) * sample.columns);
            optima.add(new Optimum(w, problem.bestIntercept(), problem.iterations(), problem.status()));
        }
        return optima;
    }

    /** First and last index, and some between whose penalties are a few times {@link #PIVOT_SPAN} apart at most. */
    private static int[] pivots(double[] lambdas) {
        List<Integer> pivots = new ArrayList<>();
        pivots.add(0);
        for (int k = 1; k < lambdas.length; k++) {
            int last = pivots.get(pivots.size() - 1);
            boolean far = k + 1 < lambdas.length && lambdas[k + 1] * PIVOT_SPAN < lambdas[last];
            if (far || k == lambdas.length - 1) {
                pivots.add(k);
            }
        }
        return pivots.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int nearest(int[] pivots, int k) {
        int nearest = 0;
        for (int i = 1; i < pivots.length; i++) {
            if (Math.abs(pivots[i] - k) <= Math.abs(pivots[nearest] - k)) {
                nearest = i;
            }
        }
        return nearest;
    }

    /** Runs the pivots from zero, then the others from between them, in rounds until nothing is asked for any more. */
    private void start(List<? extends PathProblem> problems, int[] pivots, BooleanSupplier round) {
        double b = sample.startIntercept();
        double[] constant = new double[sample.rows];
        Arrays.fill(constant, b);
        for (int pivot : pivots) {
            problems.get(pivot).start(null, constant, b);
        }
        while (round.getAsBoolean()) {}
        for (int i = 0; i + 1 < pivots.length; i++) {
            for (int k = pivots[i] + 1; k < pivots[i + 1]; k++) {
                problems.get(k).startBetween(problems.get(pivots[i]), problems.get(pivots[i + 1]));
            }
        }
        while (round.getAsBoolean()) {}
    }

    private static List<Optimum> ends(List<? extends PathProblem> problems) {
        List<Optimum> optima = new ArrayList<>();
        for (PathProblem problem : problems) {
            optima.add(new Optimum(
                    problem.bestCoefficients(), problem.bestIntercept(), problem.iterations(), problem.status()));
        }
        return optima;
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

    private boolean deliver(List<? extends PathProblem> waiting, Product product) {
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
    private boolean deliverBackward(List<? extends PathProblem> waiting) {
        if (waiting.isEmpty()) {
            return false;
        }
        double[] products = backward(arguments(waiting));
        for (int c = 0; c < waiting.size(); c++) {
            double[] target = waiting.get(c).target();
            System.arraycopy(products, c * target.length, target, 0, target.length);
        }
        waiting.forEach(PathProblem::take);
        return true;
    }

    private static boolean deliverSolutions(List<PrimalProblem> problems) {
        Map<PreconditionerGroup, List<PathProblem>> members = new LinkedHashMap<>();
        for (PrimalProblem problem : problems) {
            if (problem.want() == PathProblem.Want.SOLVE) {
                members.computeIfAbsent(problem.group(), g -> new ArrayList<>()).add(problem);
            }
        }
        members.forEach((group, waiting) -> {
            int columns = waiting.size();
            double[] block = packed(arguments(waiting), columns);
            group.solve(block, columns);
            unpack(block, columns, waiting);
            waiting.forEach(PathProblem::take);
        });
        return !members.isEmpty();
    }

    private double[] forward(double[] block, int columns) {
        return multiply(sample.design, block, columns);
    }

    private double[] backward(List<double[]> vectors) {
        int n = sample.rows;
        int p = sample.columns;
        int count = (vectors.size() + ROW_PAD - 1) / ROW_PAD * ROW_PAD;
        double[] left = new double[Math.multiplyExact(count, n)];
        for (int c = 0; c < vectors.size(); c++) {
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

    private double[] multiply(Matrix a, double[] block, int columns) {
        double[] result = new double[Math.multiplyExact(a.rows(), columns)];
        sample.backend.gemm(
                a,
                sample.backend.upload(block, a.columns(), columns),
                sample.backend.upload(result, a.rows(), columns));
        return result;
    }
}

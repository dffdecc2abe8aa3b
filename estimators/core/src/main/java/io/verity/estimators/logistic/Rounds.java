package io.verity.estimators.logistic;

import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.linalg.Matrix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.jspecify.annotations.Nullable;

/**
 * Runs problems on one data matrix side by side, of whatever penalties and rows. In each round those that wait for the same kind
 * of product get it from one matrix product, so that the data are read once for all of them and the work is compute-bound.
 */
final class Rounds {
    /** Blocks are padded with zero columns to a multiple of the vector width, which costs less than odd ends. */
    private static final int PAD = 8;

    private static final int ROW_PAD = 4;

    /** Vectors from which a product with a transposed copy is faster than one that streams the matrix itself. */
    private static final int MANY = 5;

    /** Entries of the largest matrix that is copied. */
    private static final int LARGEST_COPY = 1 << 25;

    private final DenseBackend backend;
    private final double[] values;
    private final Matrix design;
    private @Nullable Matrix transposed;

    /** @param values the design, row-major */
    Rounds(DenseBackend backend, double[] values, Matrix design) {
        this.backend = backend;
        this.values = values;
        this.design = design;
    }

    /**
     * Goes on until nothing is asked for any more.
     *
     * @param start starts those that can be started now, before every round
     */
    void run(List<? extends PathProblem> problems, Runnable start) {
        boolean live = true;
        while (live) {
            start.run();
            live = forward(waiting(problems, PathProblem.Want.FORWARD));
            live |= backward(waiting(problems, PathProblem.Want.BACKWARD));
            live |= solve(waiting(problems, PathProblem.Want.SOLVE));
        }
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

    private boolean forward(List<PathProblem> waiting) {
        if (waiting.isEmpty()) {
            return false;
        }
        int columns = padded(waiting.size());
        unpack(multiply(design, packed(arguments(waiting), columns), columns), columns, waiting);
        take(waiting);
        return true;
    }

    private double[] multiply(Matrix a, double[] block, int columns) {
        double[] result = new double[Math.multiplyExact(a.rows(), columns)];
        backend.gemm(a, backend.upload(block, a.columns(), columns), backend.upload(result, a.rows(), columns));
        return result;
    }

    private boolean backward(List<PathProblem> waiting) {
        if (waiting.isEmpty()) {
            return false;
        }
        if (waiting.size() >= MANY && (long) design.rows() * design.columns() <= LARGEST_COPY) {
            int columns = padded(waiting.size());
            unpack(multiply(transposed(), packed(arguments(waiting), columns), columns), columns, waiting);
            take(waiting);
            return true;
        }
        double[] products = transposeTimes(arguments(waiting));
        for (int c = 0; c < waiting.size(); c++) {
            double[] target = waiting.get(c).target();
            System.arraycopy(products, c * target.length, target, 0, target.length);
        }
        take(waiting);
        return true;
    }

    private Matrix transposed() {
        if (transposed == null) {
            DMatrixRMaj copy =
                    CommonOps_DDRM.transpose(DMatrixRMaj.wrap(design.rows(), design.columns(), values), null);
            transposed = backend.upload(copy.data, design.columns(), design.rows());
        }
        return transposed;
    }

    /** \( Z^\top B \) as rows of \( B^\top Z \): vectors go in and come out as they are. */
    double[] transposeTimes(List<double[]> vectors) {
        int n = design.rows();
        int p = design.columns();
        int count = (vectors.size() + ROW_PAD - 1) / ROW_PAD * ROW_PAD;
        double[] left = new double[Math.multiplyExact(count, n)];
        for (int c = 0; c < vectors.size(); c++) {
            System.arraycopy(vectors.get(c), 0, left, c * n, n);
        }
        double[] products = new double[Math.multiplyExact(count, p)];
        backend.gemm(backend.upload(left, count, n), design, backend.upload(products, count, p));
        return products;
    }

    private boolean solve(List<PathProblem> waiting) {
        waiting.forEach(PathProblem::prepareSolver);
        groups(waiting, PathProblem::solver).forEach(members -> {
            double[][] targets = members.stream().map(PathProblem::target).toArray(double[][]::new);
            members.get(0).solve(arguments(members).toArray(double[][]::new), targets);
        });
        take(waiting);
        return !waiting.isEmpty();
    }

    /** Problems that share something that changes with them one after the other. */
    private void take(List<PathProblem> waiting) {
        List<List<PathProblem>> groups = List.copyOf(groups(waiting, PathProblem::shared));
        backend.parallel(groups.size(), g -> groups.get(g).forEach(PathProblem::take));
    }

    private static Collection<List<PathProblem>> groups(List<PathProblem> problems, Function<PathProblem, Object> key) {
        Map<Object, List<PathProblem>> groups = new LinkedHashMap<>();
        for (PathProblem problem : problems) {
            groups.computeIfAbsent(key.apply(problem), k -> new ArrayList<>()).add(problem);
        }
        return groups.values();
    }

    private static void unpack(double[] block, int columns, List<? extends PathProblem> waiting) {
        for (int c = 0; c < waiting.size(); c++) {
            double[] target = waiting.get(c).target();
            for (int i = 0; i < target.length; i++) {
                target[i] = block[i * columns + c];
            }
        }
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
}

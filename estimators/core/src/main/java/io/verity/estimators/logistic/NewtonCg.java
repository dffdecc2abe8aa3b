package io.verity.estimators.logistic;

import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Newton's method with conjugate gradients for all penalties of a path at once; see {@link Rounds}. Penalties descend. */
final class NewtonCg {
    /** Bytes of preconditioners that the folds of a cross-validation may hold at a time. */
    private static final long PRECONDITIONER_BYTES = 1L << 29;

    private final Settings settings;

    NewtonCg(Settings settings) {
        this.settings = settings;
    }

    /** Solves in the space of the weights. */
    List<Optimum> primal(Sample sample, double[] lambdas) {
        return solved(sample, lambdas).ends();
    }

    private PrimalPath solved(Sample sample, double[] lambdas) {
        PrimalPath path = PrimalPath.of(sample, lambdas, settings);
        new Rounds(sample.backend, sample.values, sample.design).run(path.problems(), path::start);
        return path;
    }

    /**
     * Solves in the space of the weights for a sample, then for others of its rows, each starting from the first one's
     * solutions.
     *
     * @return the optima of the sample, then those of each of the others
     */
    List<List<Optimum>> primal(Sample sample, List<Sample> others, double[] lambdas) {
        PrimalPath whole = solved(sample, lambdas);
        List<List<Optimum>> optima = new ArrayList<>();
        optima.add(whole.ends());
        Rounds rounds = new Rounds(sample.backend, sample.values, sample.design);
        int batch = (int) Math.max(
                1, Math.min(others.size(), PRECONDITIONER_BYTES / Math.max(1, whole.preconditionerBytes())));
        for (int first = 0; first < others.size(); first += batch) {
            List<PrimalPath> paths = others.subList(first, Math.min(first + batch, others.size())).stream()
                    .map(whole::with)
                    .toList();
            List<PrimalProblem> problems =
                    paths.stream().flatMap(path -> path.problems().stream()).toList();
            rounds.run(problems, () -> paths.forEach(path -> path.start(whole)));
            paths.forEach(path -> optima.add(path.ends()));
        }
        return optima;
    }

    /** Solves in the space of the rows. */
    List<Optimum> dual(Sample sample, double[] lambdas, double[] kernel) {
        int n = sample.rows;
        DenseBackend backend = sample.backend;
        double[] diagonal = new double[n];
        for (int i = 0; i < n; i++) {
            diagonal[i] = kernel[i * n + i];
        }
        List<DualProblem> problems = new ArrayList<>();
        for (double lambda : lambdas) {
            problems.add(new DualProblem(sample, lambda, diagonal, settings));
        }
        Matrix k = backend.upload(kernel, n, n);
        Rounds rounds = new Rounds(backend, kernel, k);
        Starts starts = new Starts(new Pivots(lambdas), problems);
        rounds.run(problems, () -> starts.start(sample));
        List<double[]> rows = new ArrayList<>();
        for (PathProblem problem : problems) {
            rows.add(problem.bestCoefficients());
        }
        double[] weights = new Rounds(backend, sample.values, sample.design).transposeTimes(rows);
        List<Optimum> optima = new ArrayList<>();
        for (int c = 0; c < problems.size(); c++) {
            PathProblem problem = problems.get(c);
            double[] w = Arrays.copyOfRange(weights, c * sample.columns, (c + 1) * sample.columns);
            optima.add(new Optimum(w, problem.bestIntercept(), problem.iterations(), problem.status()));
        }
        return optima;
    }
}

package io.verity.estimators.logistic;

import io.verity.stats.Arguments;
import io.verity.stats.EstimationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Chooses the solver for a path and turns optima into fits. */
final class PathSolver {
    /** Smaller dimension from which a path's penalties are solved together rather than one after the other. */
    private static final int TOGETHER_FROM = 150;

    /** Smaller dimension from which even a single fit is cheaper by conjugate gradients than by Cholesky factors. */
    private static final int ITERATIVE_FROM = 2500;

    private final Settings settings;
    private final double[] lambdas;
    private final Integer[] strongFirst;
    private final double[] descending;

    PathSolver(Settings settings, double[] lambdas) {
        this.settings = settings;
        this.lambdas = lambdas;
        strongFirst = new Integer[lambdas.length];
        Arrays.setAll(strongFirst, k -> k);
        Arrays.sort(strongFirst, Comparator.comparingDouble(k -> -lambdas[k]));
        descending = new double[lambdas.length];
        Arrays.setAll(descending, i -> lambdas[strongFirst[i]]);
    }

    /** Fits in the order of the penalties given. */
    List<RidgeFit> solve(Sample sample) {
        return finished(sample, optima(sample));
    }

    private boolean together(Sample sample) {
        int smaller = Math.min(sample.rows, sample.columns);
        return penalised() && smaller >= (lambdas.length >= 3 ? TOGETHER_FROM : ITERATIVE_FROM);
    }

    private boolean penalised() {
        return descending[descending.length - 1] > 0;
    }

    private static boolean converged(List<Optimum> optima) {
        return optima.stream().allMatch(o -> o.status() == Status.CONVERGED);
    }

    private List<Optimum> optima(Sample sample) {
        boolean penalised = penalised();
        boolean wide = sample.columns > sample.rows;
        return switch (settings.solver) {
            case PRIMAL -> primalNewton(sample);
            case DUAL -> {
                Arguments.require(penalised, "the dual solver needs a penalty, but lambda is 0");
                yield dualNewton(sample);
            }
            case ITERATIVE -> {
                Arguments.require(penalised, "the iterative solver needs a penalty, but lambda is 0");
                yield iterative(sample);
            }
            case AUTO -> {
                if (together(sample)) {
                    List<Optimum> found = iterative(sample);
                    if (converged(found)) {
                        yield found;
                    }
                }
                yield wide && penalised ? newton(sample) : primalNewton(sample);
            }
        };
    }

    /** In the space of the rows, unless its systems are singular to rounding: columns of vast scale under a weak penalty. */
    private List<Optimum> newton(Sample sample) {
        try {
            return dualNewton(sample);
        } catch (EstimationException e) {
            return primalNewton(sample);
        }
    }

    private List<Optimum> iterative(Sample sample) {
        NewtonCg solver = new NewtonCg(settings);
        return sample.columns > sample.rows
                ? solver.dual(sample, descending, DualNewton.kernel(sample))
                : solver.primal(sample, descending);
    }

    /** Whether a path and those of its cross-validation's folds are best solved side by side in the space of the weights. */
    boolean foldsTogether(Sample sample) {
        boolean iterative = settings.solver == Solver.ITERATIVE && penalised();
        return sample.columns <= sample.rows && (iterative || (settings.solver == Solver.AUTO && together(sample)));
    }

    /**
     * The fits of a sample and the optima for other rows of the same matrix, in the order of the penalties given.
     *
     * @return none if one of them has not converged
     */
    Optional<Folds> solve(Sample sample, List<Sample> others) {
        List<List<Optimum>> optima = new NewtonCg(settings).primal(sample, others, descending);
        if (!optima.stream().allMatch(PathSolver::converged)) {
            return Optional.empty();
        }
        List<List<Optimum>> inOrder = new ArrayList<>();
        for (List<Optimum> found : optima.subList(1, optima.size())) {
            Optimum[] given = new Optimum[lambdas.length];
            for (int i = 0; i < given.length; i++) {
                given[strongFirst[i]] = found.get(i);
            }
            inOrder.add(List.of(given));
        }
        return Optional.of(new Folds(finished(sample, optima.get(0)), inOrder));
    }

    /**
     * A path and those of its folds.
     *
     * @param whole the fits to all rows
     * @param outside for every fold the optima for the rows outside of it
     */
    record Folds(List<RidgeFit> whole, List<List<Optimum>> outside) {}

    private List<Optimum> primalNewton(Sample sample) {
        PrimalNewton newton = new PrimalNewton(sample);
        List<Optimum> optima = new ArrayList<>();
        Optimum warm = null;
        for (double lambda : descending) {
            warm = newton.fit(lambda, warm, settings.tolerance, settings.maxIterations);
            optima.add(warm);
        }
        return optima;
    }

    private List<Optimum> dualNewton(Sample sample) {
        DualNewton newton = new DualNewton(sample, DualNewton.kernel(sample));
        List<Optimum> optima = new ArrayList<>();
        Optimum warm = null;
        for (double lambda : descending) {
            warm = newton.fit(lambda, warm, settings.tolerance, settings.maxIterations);
            double[] w = new double[sample.columns];
            sample.backend.gemtv(sample.design, warm.weights(), w);
            optima.add(new Optimum(w, warm.intercept(), warm.iterations(), warm.status()));
        }
        return optima;
    }

    private List<RidgeFit> finished(Sample sample, List<Optimum> optima) {
        RidgeFit[] fits = new RidgeFit[lambdas.length];
        for (int i = 0; i < fits.length; i++) {
            fits[strongFirst[i]] = finished(sample, optima.get(i), descending[i]);
        }
        return List.of(fits);
    }

    private static RidgeFit finished(Sample sample, Optimum optimum, double lambda) {
        double[] w = optimum.weights();
        double[] f = new double[sample.rows];
        sample.backend.gemv(sample.design, w, f);
        for (int i = 0; i < f.length; i++) {
            f[i] += optimum.intercept();
        }
        Curvature derivatives = new Curvature(sample.rows);
        double loss = derivatives.at(sample, f);
        double[] gradient = new double[w.length];
        sample.backend.gemtv(sample.design, derivatives.slope, gradient);
        double squares = 0;
        for (int j = 0; j < w.length; j++) {
            gradient[j] = Math.fma(lambda, w[j], gradient[j]);
            squares = Math.fma(w[j], w[j], squares);
        }
        double norm = Math.max(
                PrimalNewton.largest(gradient), sample.intercept ? Math.abs(PrimalNewton.sum(derivatives.slope)) : 0);
        RidgeFit.Evaluation evaluation = new RidgeFit.Evaluation(loss + 0.5 * lambda * squares, -loss, norm);
        return new RidgeFit(
                w,
                sample.uncentred(w, optimum.intercept()),
                lambda,
                evaluation,
                optimum.iterations(),
                optimum.status(),
                List.of());
    }
}

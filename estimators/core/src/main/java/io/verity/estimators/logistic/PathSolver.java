package io.verity.estimators.logistic;

import io.verity.stats.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the solver for a path and turns optima into fits. */
final class PathSolver {
    /** Smaller dimension from which a path's penalties are solved together rather than one after the other. */
    private static final int TOGETHER_FROM = 150;

    /** Smaller dimension from which even a single fit is cheaper by conjugate gradients than by Cholesky factors. */
    private static final int ITERATIVE_FROM = 2500;

    private final Sample sample;
    private final Settings settings;

    PathSolver(Sample sample, Settings settings) {
        this.sample = sample;
        this.settings = settings;
    }

    /** Fits in the order of the penalties given. */
    List<RidgeFit> solve(double[] lambdas) {
        Integer[] strongFirst = new Integer[lambdas.length];
        Arrays.setAll(strongFirst, k -> k);
        Arrays.sort(strongFirst, Comparator.comparingDouble(k -> -lambdas[k]));
        double[] descending = new double[lambdas.length];
        Arrays.setAll(descending, i -> lambdas[strongFirst[i]]);
        List<Optimum> solved = optima(descending);
        Optimum[] optima = new Optimum[lambdas.length];
        for (int i = 0; i < descending.length; i++) {
            optima[strongFirst[i]] = solved.get(i);
        }
        List<RidgeFit> fits = new ArrayList<>();
        for (int k = 0; k < lambdas.length; k++) {
            fits.add(finished(optima[k], lambdas[k]));
        }
        return fits;
    }

    private List<Optimum> optima(double[] lambdas) {
        boolean penalised = lambdas[lambdas.length - 1] > 0;
        boolean wide = sample.columns > sample.rows;
        int smaller = Math.min(sample.rows, sample.columns);
        boolean together = smaller >= (lambdas.length >= 3 ? TOGETHER_FROM : ITERATIVE_FROM);
        return switch (settings.solver) {
            case PRIMAL -> primalNewton(lambdas);
            case DUAL -> {
                Arguments.require(penalised, "the dual solver needs a penalty, but lambda is 0");
                yield dualNewton(lambdas);
            }
            case ITERATIVE -> {
                Arguments.require(penalised, "the iterative solver needs a penalty, but lambda is 0");
                yield iterative(lambdas, wide);
            }
            case AUTO -> {
                if (penalised && together) {
                    List<Optimum> found = iterative(lambdas, wide);
                    if (found.stream().allMatch(o -> o.status() == Status.CONVERGED)) {
                        yield found;
                    }
                }
                yield wide && penalised ? dualNewton(lambdas) : primalNewton(lambdas);
            }
        };
    }

    private List<Optimum> iterative(double[] lambdas, boolean wide) {
        NewtonCg solver = new NewtonCg(sample, settings);
        return wide ? solver.dual(lambdas, DualNewton.kernel(sample)) : solver.primal(lambdas);
    }

    private List<Optimum> primalNewton(double[] lambdas) {
        PrimalNewton newton = new PrimalNewton(sample);
        List<Optimum> optima = new ArrayList<>();
        Optimum warm = null;
        for (double lambda : lambdas) {
            warm = newton.fit(lambda, warm, settings.tolerance, settings.maxIterations);
            optima.add(warm);
        }
        return optima;
    }

    private List<Optimum> dualNewton(double[] lambdas) {
        DualNewton newton = new DualNewton(sample, DualNewton.kernel(sample));
        List<Optimum> optima = new ArrayList<>();
        DualNewton.@Nullable Point warm = null;
        for (double lambda : lambdas) {
            DualNewton.Result result = newton.fit(lambda, warm, settings.tolerance, settings.maxIterations);
            warm = result.point();
            double[] w = new double[sample.columns];
            sample.backend.gemtv(sample.design, warm.rows(), w);
            optima.add(new Optimum(w, warm.intercept(), result.iterations(), result.status()));
        }
        return optima;
    }

    private RidgeFit finished(Optimum optimum, double lambda) {
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

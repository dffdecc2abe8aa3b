package io.verity.estimators.logistic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the solver for a path and turns optima into fits. */
final class PathSolver {
    private final Sample sample;
    private final Settings settings;

    PathSolver(Sample sample, Settings settings) {
        this.sample = sample;
        this.settings = settings;
    }

    List<RidgeFit> solve(double[] lambdas) {
        Optimum[] optima = new Optimum[lambdas.length];
        Integer[] strongFirst = new Integer[lambdas.length];
        Arrays.setAll(strongFirst, k -> k);
        Arrays.sort(strongFirst, Comparator.comparingDouble(k -> -lambdas[k]));
        boolean dual = settings.solver == Solver.DUAL
                || (settings.solver == Solver.AUTO
                        && sample.columns > sample.rows
                        && lambdas[strongFirst[lambdas.length - 1]] > 0);
        if (dual) {
            DualNewton newton = new DualNewton(sample, DualNewton.kernel(sample));
            DualNewton.@Nullable Point warm = null;
            for (int k : strongFirst) {
                DualNewton.Result result = newton.fit(lambdas[k], warm, settings.tolerance, settings.maxIterations);
                warm = result.point();
                double[] w = new double[sample.columns];
                sample.backend.gemtv(sample.design, warm.rows(), w);
                optima[k] = new Optimum(w, warm.intercept(), result.iterations(), result.status());
            }
        } else {
            PrimalNewton newton = new PrimalNewton(sample);
            Optimum warm = null;
            for (int k : strongFirst) {
                warm = newton.fit(lambdas[k], warm, settings.tolerance, settings.maxIterations);
                optima[k] = warm;
            }
        }
        List<RidgeFit> fits = new ArrayList<>();
        for (int k = 0; k < lambdas.length; k++) {
            fits.add(finished(optima[k], lambdas[k]));
        }
        return fits;
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
